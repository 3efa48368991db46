"""Commands that end together share a statement; each keeps its own fate, whatever happens to the others."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from shared.kernel import audit
from shared.kernel.idempotency import Request, hash_body, recall
from shared.kernel.storage import KeyTaken, Pool
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Refused, Unavailable
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM
from tests.kernel.conftest import Bench, ThingTold, part, thing
from tests.kernel.test_command import Added, TitleTaken

TOGETHER = 20
ROUNDS = 40
KILLS = 3
ROOT = Path(__file__).parents[2]


def add(tx: Tx, title: str, facts: int = 1) -> UUID:
    """A thing with a part, facts, a link of its audit chain and a timer."""
    thing_id = new_id()
    tx.on_duplicate("thing_title_key", TitleTaken())
    tx.insert(thing, {"id": thing_id, "title": title})
    tx.insert(part, {"id": new_id(), "thing_id": thing_id, "data": [title, None, {"n": [1]}]})
    for n in range(facts):
        tx.emit(ThingTold(thing_id=thing_id, n=n))
    tx.audit("thing.add", "thing", thing_id, after={"title": title})
    tx.timer("look", thing_id, tx.now)
    return thing_id


async def command(bench: Bench, title: str, key: str | None = None, facts: int = 1) -> UUID:
    request = Request(key or str(new_id()), hash_body("/things", b""), new_id(), None, 201)
    async with bench.db.transaction(actor=SYSTEM, request=request) as tx:
        thing_id = add(tx, title, facts)
        tx.answer(Added(id=thing_id, title=title))
        return thing_id


async def counts(bench: Bench) -> dict[str, int]:
    tables = ("thing", "part", "kernel.event", "kernel.outbox", "kernel.audit", "kernel.timer")
    found = {}
    for name in (*tables, "kernel.idempotency"):
        [row] = await bench.rows(f"SELECT count(*) AS n FROM {name}")
        found[name] = row["n"]
    return found


@pytest.fixture
def statements(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were sent for commands."""
    sent: list[str] = []
    fetch = bench.db.pool.fetch

    async def listening(text: str, *args: Any) -> list[Any]:
        sent.append(text)
        return await fetch(text, *args)

    monkeypatch.setattr(bench.db.pool.group, "_run", listening)
    return sent


async def test_what_ends_together_is_one_statement_with_every_row_of_everybody(
    bench: Bench, statements: list[str]
) -> None:
    ids = await asyncio.gather(*(command(bench, f"{n}", facts=2) for n in range(TOGETHER)))
    assert len(statements) < TOGETHER / 4
    n = TOGETHER
    assert list((await counts(bench)).values()) == [n, n, 2 * n, 2 * n, n, n, n]
    stored = await bench.db.all(select(part).order_by(part.c.thing_id))
    titles = {row["id"]: row["title"] for row in await bench.db.all(select(thing))}
    assert set(titles) == set(ids)
    assert all(row["data"] == [titles[row["thing_id"]], None, {"n": [1]}] for row in stored)
    assert (await audit.verify(bench.db.pool)).ok
    facts = await bench.rows("SELECT aggregate_id, aggregate_version FROM kernel.event ORDER BY id")
    for thing_id in ids:
        versions = [r["aggregate_version"] for r in facts if r["aggregate_id"] == thing_id]
        assert versions == [1, 2]


async def test_a_lonely_command_waits_for_nobody(bench: Bench, statements: list[str]) -> None:
    async with asyncio.timeout(1):
        await command(bench, "一")
    assert len(statements) == 1
    assert "unnest" not in statements[0]


async def test_only_the_guilty_one_fails(bench: Bench) -> None:
    await command(bench, "5")
    outcomes = await asyncio.gather(
        *(command(bench, f"{n}") for n in range(TOGETHER)), return_exceptions=True
    )
    failed = [n for n, one in enumerate(outcomes) if isinstance(one, BaseException)]
    assert failed == [5]
    assert isinstance(outcomes[5], TitleTaken)
    assert set((await counts(bench)).values()) == {TOGETHER}


async def test_copies_of_one_new_key_in_one_statement_have_one_effect(bench: Bench) -> None:
    for number in range(ROUNDS):
        key = str(new_id())
        copies = [command(bench, f"{number}.{n}", key) for n in range(5)]
        others = [command(bench, f"{number}+{n}") for n in range(3)]
        outcomes = await asyncio.gather(*copies, *others, return_exceptions=True)
        assert sum(isinstance(one, UUID) for one in outcomes[:5]) == 1
        assert sum(isinstance(one, KeyTaken) for one in outcomes[:5]) == 4
        assert all(isinstance(one, UUID) for one in outcomes[5:])
    assert set((await counts(bench)).values()) == {4 * ROUNDS}


async def test_different_kinds_go_separately_and_in_order(bench: Bench) -> None:
    thing_id = await command(bench, "root")

    async def change(n: int) -> None:
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.insert(part, {"id": new_id(), "thing_id": thing_id, "data": n})

    await asyncio.gather(*(command(bench, f"{n}") if n % 3 else change(n) for n in range(TOGETHER)))
    made = await counts(bench)
    assert (made["thing"], made["part"]) == (1 + 13, 1 + TOGETHER)


async def test_who_leaves_does_not_take_the_others_along(bench: Bench) -> None:
    tasks = [asyncio.create_task(command(bench, f"{n}")) for n in range(TOGETHER)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for task in tasks[::4]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(one, UUID) for one in outcomes) >= TOGETHER * 3 // 4
    assert not any(isinstance(one, Refused) for one in outcomes)
    assert len(set((await counts(bench)).values())) == 1


async def test_when_the_connection_breaks_everybody_is_told_and_the_key_settles_it(
    bench: Bench, postgres_server: str
) -> None:
    outside = await Pool.open(postgres_server, name="outside")
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND state = 'active'"
    database = bench.url.rpartition("/")[2]
    keys = {f"{n}": str(new_id()) for n in range(300)}
    tasks = [asyncio.create_task(command(bench, title, key)) for title, key in keys.items()]
    while not all(task.done() for task in tasks):
        await outside.fetch(kill, database)
        await asyncio.sleep(0.005)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(one) for one in outcomes} <= {UUID, Unavailable}
    for (title, key), outcome in zip(keys.items(), outcomes, strict=True):
        request = Request(key, hash_body("/things", b""), new_id(), None, 201)
        stored = await recall(bench.db.pool, SYSTEM, request)
        assert stored is not None or not isinstance(outcome, UUID)
        if stored is None:
            await command(bench, title, key)
    await outside.close()
    assert set((await counts(bench)).values()) == {300}


_CHILD = """
import asyncio, sys
from shared.kernel.crypto import FieldCipher, parse_key, parse_keys
from shared.kernel.database import Database
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from tests.kernel.conftest import Bench
from tests.kernel.test_group import command

async def main(url, run):
    db = await Database.connect(url, FieldCipher(parse_keys(FIELD_KEYS), parse_key(BLIND_KEY)), name="child")
    async def client(c):
        for n in range(100_000):
            print(await command(Bench(db, url), f"{run}.{c}.{n}"), flush=True)
    await asyncio.gather(*(client(c) for c in range(16)))

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_process_killed_between_two_commits_loses_nothing_it_answered(bench: Bench) -> None:
    answered: set[UUID] = set()
    for run in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, bench.url, str(run)],
            stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert child.stdout is not None
        lines = [await asyncio.to_thread(child.stdout.readline) for _ in range(200)]
        child.send_signal(signal.SIGKILL)
        rest, _ = await asyncio.to_thread(child.communicate)
        whole = [line for line in (*lines, *rest.splitlines(keepends=True)) if line.endswith("\n")]
        answered |= {UUID(line.strip()) for line in whole}
    await asyncio.sleep(0.5)  # what was on its way when the process died
    stored = {row["id"] for row in await bench.db.all(select(thing))}
    assert len(answered) >= 200 * KILLS
    assert answered <= stored
    assert set((await counts(bench)).values()) == {len(stored)}
    assert (await audit.verify(bench.db.pool)).ok
