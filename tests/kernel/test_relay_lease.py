"""A relay that stands still gives up the lead: the facts of its service leave through another process (P3, P5, X9)."""

import asyncio
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from shared.kernel.outbox import (
    LEADER_LOCK,
    LEADER_RETRY_S,
    LEADER_SILENCE_S,
    LEADER_STATEMENT_S,
    LEASE,
    Relay,
    backlog,
)
from shared.kernel.storage import Pool
from tests.crash.harness import FileBus, FileProducer, first_deliveries_in_order, lines
from tests.kernel.conftest import Bench
from tests.kernel.test_outbox import relaying, tell

pytestmark = pytest.mark.timeout(240)

TAKE_OVER_S = LEADER_SILENCE_S + LEADER_RETRY_S + 4.0
"""With what a busy machine takes for the rest; still less than `LEADER_STATEMENT_S`, the next limit that would help."""
START_S = 90.0
"""Another process reads its modules first; on a busy machine that alone takes half a minute."""
RECORD_S = 0.05
PREPARED_ONLY = b"P" + (16).to_bytes(4, "big") + b"\0SELECT 1\0\0\0" + b"H" + (4).to_bytes(4, "big")
"""What a client sends to prepare `SELECT 1` (Parse, Flush) when it means to run it in the next round trip."""
LEADING = """
SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


class SlowProducer(FileProducer):
    """A broker that takes its time over each record."""

    async def send_all(self, records: Any) -> Any:
        """One by one."""
        results = []
        for record in records:
            results += await super().send_all([record])
            await asyncio.sleep(RECORD_S)
        return results


class SlowBus(FileBus):
    """A bus with a slow broker."""

    def producer(self) -> Any:
        """Slow."""
        return SlowProducer(self.path)


def lead(url: str, sent: Path, slow: bool) -> None:
    """Another process of the service: its relay, as the supervisor keeps it."""
    asyncio.run(_lead(url, SlowBus(sent) if slow else FileBus(sent)))


async def _lead(url: str, bus: FileBus) -> None:
    pool = await Pool.open(url, name="other")
    while True:
        try:
            await Relay(url, pool, bus, "intake").run()
        except Exception:  # noqa: BLE001 - as the supervisor: whatever it was, begin again
            await asyncio.sleep(0.2)


@contextmanager
def other_process(url: str, sent: Path, *, slow: bool = False) -> Iterator[int]:
    """The process id of another member of the service."""
    process = multiprocessing.get_context("spawn").Process(target=lead, args=(url, sent, slow))
    process.start()
    try:
        assert process.pid is not None
        yield process.pid
    finally:
        process.kill()
        process.join()


async def until(is_so: Callable[[], Awaitable[Any]], within_s: float) -> float:
    """Seconds until it was so."""
    began = time.monotonic()
    async with asyncio.timeout(within_s):
        while not await is_so():
            await asyncio.sleep(0.02)
    return time.monotonic() - began


async def leader(bench: Bench) -> Any:
    """The server process that holds the lock for a relay, None while nobody leads."""
    found = await bench.rows(LEADING, LEADER_LOCK)
    return found[0]["pid"] if found else None


async def nothing_waits(bench: Bench) -> bool:
    return not (await backlog(bench.db.pool))["rows"]


async def committed(bench: Bench) -> set[str]:
    return {str(row["event_id"]) for row in await bench.rows("SELECT event_id FROM kernel.event")}


async def test_a_leader_that_stands_still_is_succeeded_and_steps_down_when_it_wakes(
    bench: Bench, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    with other_process(bench.url, sent) as sleeper:
        await until(lambda: leader(bench), START_S)
        first = await leader(bench)
        await tell(bench, random.Random(0), [])
        await until(lambda: nothing_waits(bench), START_S)
        async with relaying(bench, FileBus(sent)) as successor:
            os.kill(sleeper, signal.SIGSTOP)
            await tell(bench, random.Random(1), [])
            took = await until(lambda: nothing_waits(bench), TAKE_OVER_S)
            second = await leader(bench)
            assert second not in {None, first}
            before = successor.sent
            os.kill(sleeper, signal.SIGCONT)
            await asyncio.sleep(LEADER_RETRY_S)
            await tell(bench, random.Random(2), [])
            await until(lambda: nothing_waits(bench), TAKE_OVER_S)
            assert await leader(bench) == second
            assert successor.sent > before
    told = [event_id for _, _, event_id in lines(sent)]
    assert set(told) == await committed(bench)
    assert len(told) == len(set(told)), "the woken process sent what was no longer its own"
    assert first_deliveries_in_order(sent)
    print(f"taken over {took:.1f} s after the leader fell silent")


@pytest.mark.slow
async def test_a_leader_stopped_between_two_halves_of_a_statement_is_succeeded_too(
    bench: Bench, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    sleeper = await asyncpg.connect(bench.url, server_settings=LEASE)
    try:
        assert await sleeper.fetchval("SELECT pg_try_advisory_lock($1)", LEADER_LOCK)
        sleeper._transport.write(PREPARED_ONLY)
        async with relaying(bench, FileBus(sent)):
            await tell(bench, random.Random(4), [])
            await until(lambda: nothing_waits(bench), LEADER_STATEMENT_S + TAKE_OVER_S)
    finally:
        sleeper.terminate()
    assert {event_id for _, _, event_id in lines(sent)} == await committed(bench)


async def test_a_leader_stopped_while_it_sends_only_repeats_when_it_wakes(
    bench: Bench, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    with other_process(bench.url, sent, slow=True) as sleeper:
        await until(lambda: leader(bench), START_S)
        await asyncio.gather(*(tell(bench, random.Random(n), []) for n in range(2)))

        async def some_are_sent() -> bool:
            return len(lines(sent)) >= 5

        await until(some_are_sent, START_S)
        os.kill(sleeper, signal.SIGSTOP)
        at_stop = len(lines(sent))
        async with relaying(bench, FileBus(sent)):
            await until(lambda: nothing_waits(bench), TAKE_OVER_S)
            os.kill(sleeper, signal.SIGCONT)
            await tell(bench, random.Random(3), [])
            await asyncio.sleep(LEADER_RETRY_S)
            await until(lambda: nothing_waits(bench), TAKE_OVER_S)
    told = [event_id for _, _, event_id in lines(sent)]
    assert at_stop < len(set(told)), "it was stopped after the last"
    assert set(told) == await committed(bench)
    assert first_deliveries_in_order(sent)


@pytest.mark.slow
async def test_a_leader_that_waits_long_for_the_broker_stays_the_leader(
    bench: Bench, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    facts = int(LEADER_SILENCE_S / RECORD_S * 1.4)
    rng = random.Random(5)
    while len(await committed(bench)) < facts:
        await tell(bench, rng, [])
    with other_process(bench.url, sent, slow=True):
        await until(lambda: leader(bench), START_S)
        first = await leader(bench)
        await until(lambda: nothing_waits(bench), 60)
        assert await leader(bench) == first
    told = [event_id for _, _, event_id in lines(sent)]
    assert len(told) == len(set(told)) >= facts
