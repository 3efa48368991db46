"""Commands that end together share a statement; each keeps its own fate, whatever happens to the others."""

import asyncio
import os
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
ANSWERS = 300
CLIENTS = 16
COMMANDS_MAX = 100_000
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
    async with asyncio.timeout(10):
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
from tests.kernel.test_group import CLIENTS, COMMANDS_MAX, command

async def main(url, run):
    db = await Database.connect(url, FieldCipher(parse_keys(FIELD_KEYS), parse_key(BLIND_KEY)), name="child")
    async def client(c):
        for n in range(COMMANDS_MAX):
            name = f"{run}.{c}.{n}"
            print(await command(Bench(db, url), name, name), flush=True)
    await asyncio.gather(*(client(c) for c in range(CLIENTS)))

asyncio.run(main(*sys.argv[1:]))
"""


def _start(bench: Bench, run: str, failpoint: str = "") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD, bench.url, run],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "NUANLIU_FAILPOINT": failpoint},
    )  # fmt: skip


async def _settle(bench: Bench, run: str) -> int:
    """Every client of a killed process repeats its last command and does one more; gives how many there are now."""
    done = 0
    for client in range(CLIENTS):
        for n in range(COMMANDS_MAX):
            key = f"{run}.{client}.{n}"
            request = Request(key, hash_body("/things", b""), new_id(), None, 201)
            if await recall(bench.db.pool, SYSTEM, request) is None:
                await command(bench, key, key)
                with pytest.raises(KeyTaken):
                    await command(bench, f"{key}, again", key)
                done += n + 1
                break
    return done


@pytest.mark.parametrize("point", ["group.before_commit", "group.after_commit"])
async def test_a_process_killed_around_a_shared_commit_did_all_of_it_or_nothing(
    bench: Bench, point: str
) -> None:
    child = _start(bench, "run", f"{point}:12")
    said, _ = await asyncio.to_thread(child.communicate)
    assert child.returncode == -signal.SIGKILL
    assert len(said.splitlines()) > CLIENTS  # there was company
    await _idle(bench)
    after_kill = set((await counts(bench)).values())
    assert len(after_kill) == 1
    assert after_kill.pop() >= len(said.splitlines())
    done = await _settle(bench, "run")
    assert set((await counts(bench)).values()) == {done}
    assert (await audit.verify(bench.db.pool)).ok


async def test_a_process_killed_anywhere_loses_nothing_it_answered(bench: Bench) -> None:
    child = _start(bench, "run")
    assert child.stdout is not None
    lines = [await asyncio.to_thread(child.stdout.readline) for _ in range(ANSWERS)]
    child.send_signal(signal.SIGKILL)
    rest, _ = await asyncio.to_thread(child.communicate)
    whole = [line for line in (*lines, *rest.splitlines(keepends=True)) if line.endswith("\n")]
    answered = {UUID(line.strip()) for line in whole}
    await _idle(bench)
    stored = {row["id"] for row in await bench.db.all(select(thing))}
    assert len(answered) >= ANSWERS
    assert answered <= stored
    assert set((await counts(bench)).values()) == {len(stored)}
    assert (await audit.verify(bench.db.pool)).ok


async def _idle(bench: Bench) -> None:
    """Wait until PostgreSQL has ended what a dead process left on its way."""
    query = "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE '%child%'"
    async with asyncio.timeout(10):
        while await bench.rows(query):
            await asyncio.sleep(0.02)
