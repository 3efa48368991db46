"""Recorded facts are told again: all, or what a power cut may have taken from the broker (P9)."""

import asyncio
import random
import time
from typing import Any

from shared.kernel.republish import TELLINGS, Mark, republish, republish_unflushed
from tests.kernel.conftest import Bench
from tests.kernel.test_outbox import (
    drained,
    first_deliveries_in_order,
    memory_bus,
    published,
    relaying,
    tell,
)

FLUSHED = "SELECT flushed, acked FROM kernel.relay_mark"
FACTS = "SELECT event_id FROM kernel.event WHERE id >= $1 ORDER BY id"
WAITS = """
INSERT INTO kernel.outbox (id, aggregate_id)
SELECT id, aggregate_id FROM kernel.event ORDER BY id LIMIT 1 OFFSET 3
"""


async def facts_from(bench: Bench, first: int) -> list[Any]:
    return [row["event_id"] for row in await bench.rows(FACTS, first)]


async def told_and_sent(bench: Bench, seed: int) -> None:
    async with relaying(bench, await memory_bus()):
        await tell(bench, random.Random(seed), [])
        await drained(bench)


async def noted(bench: Bench) -> tuple[int, int]:
    """The relay's note, written now: up to where all is flushed, up to where acknowledged."""
    connection = await bench.db.pool.acquire()
    try:
        await Mark(due=0.0).keep(connection)
        row = await connection.fetchrow(FLUSHED)
    finally:
        await bench.db.pool.release(connection)
    return row["flushed"], row["acked"]


async def test_everything_is_told_again_in_order_marked_as_replay(bench: Bench) -> None:
    bus = await memory_bus()
    async with relaying(bench, bus):
        await tell(bench, random.Random(4), [])
        await drained(bench)
    fresh = await memory_bus()
    told = await republish(bench.db.pool, fresh, "intake")
    found = await published(fresh)
    assert told == len(found) == len(await published(bus))
    assert all(one.replay for one in found)
    assert first_deliveries_in_order(found)


async def test_without_a_note_everything_may_be_lost(bench: Bench) -> None:
    await told_and_sent(bench, 5)
    fresh = await memory_bus()
    told = await republish_unflushed(bench.db.pool, fresh, "intake")
    assert told == len(await facts_from(bench, 0)) > 0
    assert len(await published(fresh)) == TELLINGS * told


async def test_what_came_after_the_note_before_the_last_is_told_again(bench: Bench) -> None:
    await told_and_sent(bench, 6)
    _, first = await noted(bench)
    assert await facts_from(bench, first) == []
    await told_and_sent(bench, 7)
    flushed, acked = await noted(bench)
    assert flushed == first < acked
    later = await facts_from(bench, flushed)
    assert 0 < len(later) < len(await facts_from(bench, 0))
    fresh = await memory_bus()
    assert await republish_unflushed(bench.db.pool, fresh, "intake") == len(later)
    found = await published(fresh)
    assert {one.id for one in found} == set(later)
    assert first_deliveries_in_order(found)
    assert await noted(bench) == (acked, acked)


async def test_what_waits_in_the_outbox_is_not_flushed(bench: Bench) -> None:
    await told_and_sent(bench, 8)
    await bench.rows(WAITS)
    ((waiting,),) = await bench.rows("SELECT id FROM kernel.outbox")
    for _ in range(3):
        flushed, acked = await noted(bench)
    assert flushed == acked == waiting


async def test_the_relay_writes_the_note_when_it_is_time(bench: Bench) -> None:
    async with relaying(bench, await memory_bus()) as relay:
        await tell(bench, random.Random(9), [])
        await drained(bench)
        assert await bench.rows(FLUSHED) == []
        relay.mark.due = 0.0
        async with asyncio.timeout(15):
            while not await bench.rows(FLUSHED):
                await asyncio.sleep(0.02)
        assert relay.mark.due > time.monotonic()
