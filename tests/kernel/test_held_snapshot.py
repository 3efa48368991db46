"""Somebody holds an old snapshot open: nothing that was sent can be vacuumed, and facts still leave at once (P8, X27)."""

import random
import time
from statistics import quantiles

import asyncpg
import pytest

from shared.vocabulary.ids import new_id
from tests.kernel.conftest import Bench
from tests.kernel.test_outbox import drained, memory_bus, relaying, tell

DEAD_ROWS = 20_000
BATCH_ROWS = 2_000
ROUNDS = 8
LATENCY_S = 1.0
SLOWER = 4
"""How many times longer than without dead rows it may take on a machine that is too busy for `LATENCY_S`."""
FLOOD = """
WITH told AS (
  INSERT INTO kernel.event (event_id, topic, aggregate_id, aggregate_version, name, version, body,
                            correlation_id, actor_id, occurred_at)
  SELECT gen_random_uuid(), 'intake.cases', gen_random_uuid(), 1, 'test.thing_told', 1, '{}', $1, $1, now()
  FROM generate_series(1, $2) RETURNING id, aggregate_id)
INSERT INTO kernel.outbox (id, aggregate_id) SELECT id, aggregate_id FROM told
"""


@pytest.mark.timeout(180)
async def test_a_held_snapshot_does_not_hold_up_the_relay(bench: Bench) -> None:
    bus = await memory_bus()
    reader = await asyncpg.connect(bench.url)
    try:
        async with relaying(bench, bus):
            before = [await left_after(bench, n) for n in range(ROUNDS)]
            snapshot = reader.transaction(isolation="repeatable_read")
            await snapshot.start()
            await reader.fetch("SELECT 1 FROM kernel.outbox")
            for _ in range(DEAD_ROWS // BATCH_ROWS):
                await bench.rows(FLOOD, new_id(), BATCH_ROWS)
                await drained(bench, within_s=60)
            waits = [await left_after(bench, n) for n in range(ROUNDS)]
            await snapshot.rollback()
    finally:
        await reader.close()
    p99 = quantiles(waits, n=100)[98]
    assert p99 < max(LATENCY_S, SLOWER * max(before)), (before, waits)


async def left_after(bench: Bench, seed: int) -> float:
    """Seconds until a writer's last fact has left."""
    await tell(bench, random.Random(seed), [])
    began = time.monotonic()
    await drained(bench)
    return time.monotonic() - began
