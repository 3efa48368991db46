"""The relay: everything committed is sent, nothing else is, in order, whatever happens on the way (P1 to P9)."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import text

from shared.contracts.topics import TOPICS
from shared.kernel.bus import TopicSpec
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.bus_memory_cluster import Faults
from shared.kernel.envelope import Envelope, from_record
from shared.kernel.outbox import UNSENT, Relay, backlog
from shared.kernel.republish import BATCH_ROWS
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM
from tests.kernel.conftest import Bench, ThingTold, thing

WRITERS = 8
THINGS_EACH = 12
FEW = 2
"""Batches so small that they are full: the next one is read while one is on its way."""
TOO_LARGE = text(
    "UPDATE kernel.event SET body = convert_to(repeat('x', 1100000), 'UTF8') RETURNING id"
)


@asynccontextmanager
async def relaying(
    bench: Bench, bus: MemoryBus, batch_rows: int = BATCH_ROWS
) -> AsyncIterator[Relay]:
    """A relay that works in the background of the block."""
    relay = Relay(bench.url, bench.db.pool, bus, "intake", batch_rows)
    task = asyncio.ensure_future(relay.run())
    try:
        yield relay
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def memory_bus(faults: Faults | None = None) -> MemoryBus:
    bus = MemoryBus(seed=7, faults=faults)
    await bus.ensure_topics([TopicSpec(one.name, one.partitions, one.compacted) for one in TOPICS])
    return bus


async def published(bus: MemoryBus) -> list[Envelope]:
    """Everything on the topic, in order of each partition."""
    consumer = bus.consumer(f"reader-{new_id()}", ["intake.cases"])
    found: list[Envelope] = []
    while batch := await consumer.poll(0.05):
        async with consumer.processing():
            for records in batch.values():
                found += [from_record(record.headers, record.value) for record in records]
    await consumer.aclose()
    return found


async def drained(bench: Bench, within_s: float = 15) -> None:
    async with asyncio.timeout(within_s):
        while (await backlog(bench.db.pool))["rows"]:
            await asyncio.sleep(0.02)


async def tell(bench: Bench, rng: random.Random, rollbacks: list[UUID]) -> None:
    """One writer: things come to be and are told about, slowly, and some transactions fail."""
    for _ in range(THINGS_EACH):
        thing_id = new_id()
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.insert(thing, {"id": thing_id, "title": str(thing_id)})
            tx.emit(ThingTold(thing_id=thing_id, n=1))
        for n in (2, 3):
            with suppress(ZeroDivisionError):
                async with bench.db.transaction(actor=SYSTEM) as tx:
                    row = await tx.one(thing.select().where(thing.c.id == thing_id))
                    assert row is not None
                    tx.update(thing, thing_id, {"title": f"{thing_id}-{n}"}, row["version"])
                    tx.emit(ThingTold(thing_id=thing_id, n=n))
                    await tx.flush()
                    await asyncio.sleep(rng.random() * 0.01)
                    if rng.random() < 0.2:
                        rollbacks.append(thing_id)
                        raise ZeroDivisionError


def first_deliveries_in_order(found: list[Envelope]) -> bool:
    """Whether the first delivery of each aggregate's facts came as 1, 2, 3 …"""
    seen: dict[UUID, int] = {}
    for one in found:
        last = seen.get(one.subject, 0)
        if one.aggregate_version > last + 1:
            return False
        seen[one.subject] = max(last, one.aggregate_version)
    return True


@pytest.mark.parametrize("batch_rows", [BATCH_ROWS, FEW], ids=["large", "small"])
@pytest.mark.parametrize(
    "faults",
    [None, Faults(refused=0.05), Faults(lost_ack=0.05, twice=0.2)],
    ids=["calm", "refusing", "forgetful"],
)
async def test_what_is_committed_is_published_and_nothing_else(
    bench: Bench, faults: Faults | None, batch_rows: int
) -> None:
    bus = await memory_bus(faults)
    rollbacks: list[UUID] = []
    async with relaying(bench, bus, batch_rows):
        await asyncio.gather(*(tell(bench, random.Random(n), rollbacks) for n in range(WRITERS)))
        await drained(bench)
    committed = {row["event_id"] for row in await bench.rows("SELECT event_id FROM kernel.event")}
    found = await published(bus)
    assert rollbacks
    assert {one.id for one in found} == committed
    assert first_deliveries_in_order(found)


async def test_an_outage_only_delays(bench: Bench) -> None:
    bus = await memory_bus()
    bus.stop()
    async with relaying(bench, bus):
        await tell(bench, random.Random(1), [])
        assert (await backlog(bench.db.pool))["rows"] > 0
        bus.start()
        await drained(bench)
    assert first_deliveries_in_order(await published(bus))


async def test_two_relays_never_send_at_the_same_time(bench: Bench) -> None:
    bus = await memory_bus()
    async with relaying(bench, bus) as first, relaying(bench, bus) as second:
        await asyncio.gather(*(tell(bench, random.Random(n), []) for n in range(4)))
        await drained(bench)
        assert min(first.sent, second.sent) == 0
    found = await published(bus)
    assert len(found) == len({one.id for one in found})


async def test_a_successor_takes_over_when_the_leader_is_gone(bench: Bench) -> None:
    bus = await memory_bus()
    async with relaying(bench, bus):
        await tell(bench, random.Random(1), [])
        await drained(bench)
    async with relaying(bench, bus):
        await tell(bench, random.Random(2), [])
        await drained(bench)


async def test_a_fact_the_broker_never_takes_parks_its_key_only(bench: Bench) -> None:
    bus = await memory_bus()
    bad, good = new_id(), new_id()
    async with relaying(bench, bus):
        for thing_id, n in ((bad, 1), (good, 1), (bad, 2)):
            async with bench.db.transaction(actor=SYSTEM) as tx:
                if n == 1:
                    tx.insert(thing, {"id": thing_id, "title": str(thing_id)})
                else:
                    tx.update(thing, thing_id, {"title": "later"}, 1)
                tx.emit(ThingTold(thing_id=thing_id, n=n))
                if thing_id == bad and n == 1:
                    await tx.flush()
                    await tx.all(TOO_LARGE)
        async with asyncio.timeout(20):
            while (await backlog(bench.db.pool))["poisoned"] != 1:
                await asyncio.sleep(0.05)
            while len(await published(bus)) < 1:
                await asyncio.sleep(0.05)
    assert [one.subject for one in await published(bus)] == [good]
    assert (await backlog(bench.db.pool))["rows"] == 2


async def test_a_writer_that_stays_open_delays_only_itself(bench: Bench) -> None:
    bus = await memory_bus()
    slow = new_id()
    async with relaying(bench, bus):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.insert(thing, {"id": slow, "title": "slow"})
            tx.emit(ThingTold(thing_id=slow))
            await tx.flush()
            await tell(bench, random.Random(3), [])
            await drained(bench, within_s=5)
        await drained(bench)
    assert slow in {one.subject for one in await published(bus)}


HISTORY = 2_000
_HISTORY = text(
    "INSERT INTO kernel.event (event_id, topic, aggregate_id, aggregate_version, name, version, body,"
    " correlation_id, actor_id, occurred_at)"
    " SELECT uuidv7(), 'intake.cases', uuidv7(), 1, 'told', 1, ''::bytea, uuidv7(), uuidv7(), now()"
    f" FROM generate_series(1, {HISTORY}) RETURNING id"
)
_TO_SEND = "INSERT INTO kernel.outbox (id, aggregate_id) SELECT id, aggregate_id FROM kernel.event ORDER BY id DESC LIMIT 3"


async def test_no_plan_for_a_look_at_the_outbox_reads_the_history(bench: Bench) -> None:
    async with bench.db.transaction(actor=SYSTEM) as tx:
        await tx.all(_HISTORY)
    await bench.rows(_TO_SEND)
    connection = await bench.db.pool.acquire()
    try:
        # What a planner does that believes the outbox to be long: look nothing up, merge or hash both tables.
        await connection.execute("SET enable_nestloop = off")
        row = await connection.fetchrow(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {UNSENT}", BATCH_ROWS, [], [], []
        )
        await connection.execute("RESET enable_nestloop")
    finally:
        await bench.db.pool.release(connection)
    assert rows_read(msgspec.json.decode(row["QUERY PLAN"])[0]["Plan"], "event") == 3


def rows_read(plan: dict[str, Any], table: str) -> float:
    """Rows that a plan took from a table, or passed over there."""
    own = 0.0
    if plan.get("Relation Name") == table:
        passed = plan.get("Rows Removed by Filter", 0)
        own = (plan["Actual Rows"] + passed) * plan["Actual Loops"]
    return own + sum(rows_read(one, table) for one in plan.get("Plans", ()))
