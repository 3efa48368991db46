"""Killed anywhere on the way to the bank and back, the payment arrives at most once; what is unknown two people decide."""

import asyncio
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from services.welfare.store.invariants import broken_invariants
from shared.testing.postgres import create_database, drop_database, unique_name
from shared.testing.rig import assemble, template_of
from shared.vocabulary.people import Role
from tests.crash.harness import FileBus, Life, State
from tests.crash.matrix import Bed, killed, lived, prepare, undisturbed
from tests.crash.nursery import Nursery
from tests.welfare.inner_bank import memory_in
from tests.welfare.sending import SCENARIOS
from tests.welfare.story import CASHIER, somebody

SEND = SCENARIOS[0]


def lines_at_bank(life: Life) -> int:
    path = memory_in(life.folder) / "bank.sqlite"
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


@pytest.mark.timeout(300)
def test_a_payment_killed_anywhere_arrives_once(
    postgres_server: str, tmp_path: Path, record_property: Any
) -> None:
    template = asyncio.run(template_of("welfare", postgres_server)).name
    bed = Bed(postgres_server, unique_name("sending"), tmp_path)
    url = create_database(postgres_server, bed.prepared, template)
    nursery, unknown = Nursery("welfare", SEND.module), []
    try:
        act = prepare(nursery, bed, SEND, url)
        passed, _ = undisturbed(nursery, bed, act)
        points = passed["points"]
        assert set(SEND.doors) <= set(passed["doors"])
        assert {"pay_due.before_call:1", "pay_due.after_call:1"} <= set(points)
        for point, life in killed(nursery, bed, act, points):
            if check(nursery, point, life):
                unknown.append(point)
    finally:
        nursery.close()
        drop_database(postgres_server, bed.prepared)
    assert "pay_due.before_call:1" in unknown
    record_property("crash_points", len(points))


def check(nursery: Nursery, point: str, life: Life) -> bool:
    """The payment arrived once, or it is unknown and arrives once when two people let it out again; whether it was."""
    outcome, _, broken = asyncio.run(look(life.url, life.sent))
    assert broken == [], point
    was_unknown = outcome == "unknown"
    if was_unknown:
        assert lines_at_bank(life) == 0, point
        asyncio.run(decide(life.url, life.sent, life.state))
        lived(nursery, [life])
    outcome, facts, broken = asyncio.run(look(life.url, life.sent))
    assert (outcome, lines_at_bank(life), broken) == ("settled", 1, []), point
    assert facts["PaymentSent"] == facts["PaymentSettled"] == 1, point
    return was_unknown
