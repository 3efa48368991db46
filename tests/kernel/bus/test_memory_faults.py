"""Histories under seeded faults: a relay that sends again, consumers that fence, members that come and go.

The two parties are written here in a few lines each, as the guarantees prescribe; what is tested is that the port
gives them what they need: nothing lost, and each key's facts first seen in order, whatever the broker does.
"""

import asyncio
from dataclasses import dataclass, field

import pytest

from shared.kernel.bus import InRecord, Outcome, OutRecord, Partition, TopicSpec
from shared.kernel.bus_memory import MemoryBus, MemoryConsumer
from shared.kernel.bus_memory_cluster import Faults
from shared.testing.bus import (
    Reader,
    assert_complete_and_in_order,
    eventually,
    first_deliveries,
    numbered,
    numbers_by_key,
    send_until_acked,
)

TOPIC = "t"
GROUP = "g"
KEYS = 8
PER_KEY = 25
EVERYTHING = Faults(
    refused=0.05, lost_ack=0.05, twice=0.05, commit_lost=0.3, late_s=0.01, jumble=True
)


@dataclass(slots=True)
class Database:
    """Effects and offsets of one consumer group, changed together or not at all."""

    next_offset: dict[Partition, int] = field(default_factory=dict)
    effects: list[InRecord] = field(default_factory=list)
    fenced: int = 0

    async def load(self, partitions: frozenset[Partition]) -> dict[Partition, int | None]:
        return {one: self.next_offset.get(one) for one in partitions}

    async def holds(self, count: int) -> None:
        """Wait for so many different effects."""

        async def enough() -> bool:
            return len({(one.key, one.value) for one in self.effects}) >= count

        await eventually(enough, patience_s=15)

    def apply(self, partition: Partition, expected: int, records: list[InRecord]) -> None:
        if self.next_offset.get(partition, 0) != expected:
            self.fenced += 1
            return
        self.effects += records
        self.next_offset[partition] = records[-1].offset + 1


async def consume(consumer: MemoryConsumer, database: Database) -> None:
    """Poll for ever."""
    while True:
        batch = await consumer.poll(0.02, 20)
        async with consumer.processing() as owned:
            for partition, records in batch.items():
                await asyncio.sleep(0)  # a chance for a rebalance in the middle of the work
                if partition in owned:
                    database.apply(partition, records[0].offset, records)
                    consumer.request_commit({partition: records[-1].offset + 1})


async def a_bus(seed: int, faults: Faults, partitions: int = 3) -> MemoryBus:
    bus = MemoryBus(seed, faults)
    await bus.ensure_topics([TopicSpec(TOPIC, partitions)])
    return bus


def member(bus: MemoryBus, database: Database) -> MemoryConsumer:
    return bus.consumer(GROUP, [TOPIC], on_assigned=database.load)


@dataclass(slots=True)
class Crew:
    """Members of one group that come and go, over one database."""

    bus: MemoryBus
    database: Database
    members: dict[MemoryConsumer, asyncio.Future[None]] = field(default_factory=dict)

    def hire(self) -> None:
        one = member(self.bus, self.database)
        self.members[one] = asyncio.ensure_future(consume(one, self.database))

    async def dismiss(self, one: MemoryConsumer) -> None:
        self.members.pop(one).cancel()
        await one.aclose()

    async def disturb(self) -> None:
        chance = self.bus.cluster.chance
        while True:
            await asyncio.sleep(0.01)
            match chance.randrange(4):
                case 0:
                    await self.bus.cluster.rebalance(GROUP)
                case 1:
                    self.bus.stop()
                    await asyncio.sleep(0.005)
                    self.bus.start()
                case 2 if len(self.members) > 1:
                    await self.dismiss(chance.choice(list(self.members)))
                case _ if len(self.members) < 4:
                    self.hire()


@pytest.mark.parametrize("seed", range(30))
async def test_nothing_is_lost_and_nothing_overtakes(seed: int) -> None:
    bus = await a_bus(seed, EVERYTHING)
    database = Database()
    crew = Crew(bus, database)
    for _ in range(3):
        crew.hire()
    await asyncio.sleep(0.02)
    disturbing = asyncio.ensure_future(crew.disturb())
    producer = bus.producer()
    for start in range(1, PER_KEY + 1, 5):
        await send_until_acked(producer, numbered(TOPIC, KEYS, 5, start))
    await database.holds(KEYS * PER_KEY)
    disturbing.cancel()
    await asyncio.wait([disturbing])
    for one in list(crew.members):
        await crew.dismiss(one)
    assert_complete_and_in_order(database.effects, KEYS, PER_KEY)
    places = [(one.partition, one.offset) for one in database.effects]
    assert len(places) == len(set(places)), "a record took effect twice"


async def test_the_same_seed_gives_the_same_history() -> None:
    async def history(seed: int) -> list[tuple[int, int, bytes | None]]:
        bus = await a_bus(seed, Faults(refused=0.1, lost_ack=0.1, twice=0.1, jumble=True))
        await send_until_acked(bus.producer(), numbered(TOPIC, KEYS, 10))
        reader = Reader(bus.consumer(GROUP, [TOPIC]))
        await reader.until_count(KEYS * 10)
        return [(one.partition, one.offset, one.value) for one in reader.seen]

    assert await history(1) == await history(1)
    assert await history(1) != await history(2)


async def test_a_lost_ack_makes_duplicates_that_follow() -> None:
    bus = await a_bus(7, Faults(lost_ack=0.3), partitions=1)
    await send_until_acked(bus.producer(), numbered(TOPIC, 1, 30))
    _, end = bus.cluster.ends((TOPIC, 0))
    reader = Reader(bus.consumer(GROUP, [TOPIC]))
    await reader.until_count(end)
    numbers = numbers_by_key(reader.seen)[b"key-0"]
    assert len(numbers) > 30
    assert first_deliveries(numbers) == list(range(1, 31))


async def test_after_a_failure_nothing_in_the_partition_counts_as_acked() -> None:
    bus = await a_bus(3, Faults(refused=0.2), partitions=2)
    records = numbered(TOPIC, 6, 10)
    results = await bus.producer().send_all(records)
    failed: set[Partition] = set()
    for record, result in zip(records, results, strict=True):
        home = bus.cluster.partition_of(record)
        if home in failed:
            assert result.outcome is Outcome.TRANSIENT
        elif result.outcome is not Outcome.ACKED:
            failed.add(home)
    assert failed


async def test_the_fence_stops_a_member_that_was_put_out_and_does_not_know() -> None:
    bus = await a_bus(0, Faults(), partitions=1)
    database = Database()
    zombie, heir = member(bus, database), member(bus, database)
    await send_until_acked(bus.producer(), numbered(TOPIC, 1, 10))
    batch = await zombie.poll(0.1)
    await bus.cluster.expel(GROUP, zombie)
    inheriting = asyncio.ensure_future(consume(heir, database))
    await database.holds(10)
    async with zombie.processing() as owned:
        assert owned == {(TOPIC, 0)}, "it still believes"
        for partition, records in batch.items():
            database.apply(partition, records[0].offset, records)
    assert database.fenced == 1
    assert len(database.effects) == 10
    back = asyncio.ensure_future(consume(zombie, database))
    await send_until_acked(bus.producer(), numbered(TOPIC, 1, 10, start=11))
    await database.holds(20)
    for task in (inheriting, back):
        task.cancel()
    await asyncio.wait([inheriting, back])
    await zombie.aclose()
    await heir.aclose()


async def test_a_member_that_was_put_out_cannot_commit() -> None:
    bus = await a_bus(0, Faults(), partitions=1)
    zombie = Reader(consumer := bus.consumer(GROUP, [TOPIC]))
    await send_until_acked(bus.producer(), numbered(TOPIC, 1, 10))
    await zombie.step(max_records=4)
    await bus.cluster.expel(GROUP, consumer)
    await consumer.aclose()
    assert await bus.lag(GROUP, [TOPIC]) == {(TOPIC, 0): 10}


async def test_deleted_records_are_an_alarm_and_reading_goes_on() -> None:
    bus = await a_bus(0, Faults(), partitions=1)
    await send_until_acked(bus.producer(), numbered(TOPIC, 1, 10))
    reader = Reader(bus.consumer(GROUP, [TOPIC]))
    await reader.step(max_records=2)
    bus.cluster.truncate((TOPIC, 0), 6)
    await reader.until_count(6)
    assert [one.offset for one in reader.seen] == [0, 1, 6, 7, 8, 9]
    assert reader.consumer.progress().resets == 1


async def test_a_wiped_cluster_is_read_from_the_start_again() -> None:
    bus = await a_bus(0, Faults(), partitions=1)
    producer = bus.producer()
    await send_until_acked(producer, numbered(TOPIC, 1, 10))
    reader = Reader(bus.consumer(GROUP, [TOPIC]))
    await reader.until_count(10)
    bus.cluster.wipe()
    await send_until_acked(producer, numbered(TOPIC, 1, 3))
    await reader.until_count(13)
    assert [one.offset for one in reader.seen[10:]] == [0, 1, 2]
    assert reader.consumer.progress().resets == 1


async def test_a_record_that_cannot_be_read_is_known_by_its_place() -> None:
    bus = await a_bus(0, Faults(), partitions=1)
    bus.cluster.append((TOPIC, 0), OutRecord(TOPIC, b"", [], None), fault="record_too_large")
    (record,) = await Reader(bus.consumer(GROUP, [TOPIC])).until_count(1)
    assert (record.fault, record.partition, record.offset) == ("record_too_large", 0, 0)
