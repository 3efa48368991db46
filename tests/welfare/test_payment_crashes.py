"""Killed anywhere on the way to the bank and back, the payment arrives at most once; what is unknown two people decide."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from services.welfare.store.invariants import broken_invariants
from shared.testing.postgres import create_database, drop_database, unique_name
from shared.testing.rig import assemble, template_of
from shared.vocabulary.people import Role
from tests.crash.harness import SIGKILLED, FileBus, State, live, points_of
from tests.welfare.sending import SCENARIOS
from tests.welfare.story import CASHIER, somebody

SEND = SCENARIOS[0]


def lines_at_bank(database: str) -> int:
    path = Path(tempfile.gettempdir()) / f"bank-{database}" / "bank.sqlite"
    with sqlite3.connect(path) as memory:
        count = int(memory.execute("SELECT count(*) FROM payment").fetchone()[0])
    memory.close()
    return count


async def look(url: str, sent: Path) -> tuple[str, Counter[str], list[str]]:
    rig = await assemble("welfare", url, FileBus(sent))
    try:
        rows = await rig.context.db.pool.fetch("SELECT state FROM payment")
        facts = Counter(type(fact).__name__ for fact in await rig.facts())
        return rows[0]["state"], facts, await broken_invariants(rig.context.db.pool)
    finally:
        await rig.close()


async def decide(url: str, sent: Path, state: State) -> None:
    rig = await assemble("welfare", url, FileBus(sent))
    try:
        for person in (CASHIER, somebody(Role.SUPERVISOR)):
            body = {"outcome": "send_again", "evidence": "银行流水无此笔"}
            answer = await rig.post(f"/payments/{state['payment']}/decisions", body, actor=person)
            assert answer.status_code == 200, answer.text
    finally:
        await rig.close()


async def prepared(url: str, sent: Path) -> State:
    rig = await assemble("welfare", url, FileBus(sent))
    try:
        state = await SEND.prepare(rig)
        for table in ("outbox", "event"):
            await rig.context.db.pool.fetch(f"DELETE FROM kernel.{table}")
        return state
    finally:
        await rig.close()


@pytest.mark.timeout(300)
def test_a_payment_killed_anywhere_arrives_once(
    postgres_server: str, tmp_path: Path, record_property: Any
) -> None:
    template = asyncio.run(template_of("welfare", postgres_server))
    first = unique_name("sending")
    state = asyncio.run(prepared(create_database(postgres_server, first, template), tmp_path / "0"))
    names = [unique_name("sending")]
    url = create_database(postgres_server, names[0], first)
    points = asyncio.run(points_of(SEND, url, state, tmp_path / "1"))
    assert {"pay_due.before_call:1", "pay_due.after_call:1"} <= set(points)
    unknown = []
    for point in points:
        name, sent = unique_name("sending"), tmp_path / point.replace(":", "-")
        names.append(name)
        url = create_database(postgres_server, name, first)
        assert live(SEND.place, url, state, sent, point) == SIGKILLED, point
        assert live(SEND.place, url, state, sent, None) == 0, point
        outcome, _, broken = asyncio.run(look(url, sent))
        assert broken == [], point
        if outcome == "unknown":
            unknown.append(point)
            assert lines_at_bank(name) == 0, point
            asyncio.run(decide(url, sent, state))
            assert live(SEND.place, url, state, sent, None) == 0, point
        outcome, facts, broken = asyncio.run(look(url, sent))
        assert (outcome, lines_at_bank(name), broken) == ("settled", 1, []), point
        assert facts["PaymentSent"] == facts["PaymentSettled"] == 1, point
    assert "pay_due.before_call:1" in unknown
    record_property("crash_points", len(points))
    for name in (first, *names):
        drop_database(postgres_server, name)
        shutil.rmtree(Path(tempfile.gettempdir()) / f"bank-{name}", ignore_errors=True)
