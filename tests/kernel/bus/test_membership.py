"""What every bus promises when members of a group come and go; over the simulated broker and over Kafka."""

import asyncio

from shared.kernel.bus import Bus, InRecord, Partition
from shared.testing.bus import (
    Reader,
    assert_complete_and_in_order,
    eventually,
    numbered,
    partitions_of,
)
from shared.testing.postgres import unique_name
from tests.kernel.bus.conftest import KEYS, PARTITIONS, send

REBALANCE_NOTICED_S = 1.5  # two heartbeats of a session of 6 s


async def test_two_members_share_the_partitions_and_one_inherits_from_the_other(
    bus: Bus, topic: str
) -> None:
    group = unique_name("group")
    one, two = (Reader(bus.consumer(group, [topic], session_s=6)) for _ in range(2))
    await one.step(0.5)
    joining = [asyncio.ensure_future(reader.for_ever()) for reader in (one, two)]

    async def both_have_some() -> bool:
        halves = []
        for reader in (one, two):
            async with reader.consumer.processing() as owned:
                halves.append(owned)
        return all(halves) and len(halves[0] | halves[1]) == PARTITIONS

    await eventually(both_have_some)
    await send(bus, numbered(topic, KEYS, 2))

    async def all_read() -> bool:
        return len(one.seen) + len(two.seen) >= KEYS * 2

    await eventually(all_read)
    assert partitions_of(one.seen).isdisjoint(partitions_of(two.seen))
    assert partitions_of(one.seen)
    assert partitions_of(two.seen)
    joining[1].cancel()
    await two.consumer.aclose()
    await send(bus, numbered(topic, KEYS, 1, start=3))

    async def all_inherited() -> bool:
        return {record.key for record in one.seen if record.value == b"3"} == {
            f"key-{number}".encode() for number in range(KEYS)
        }

    await eventually(all_inherited)
    joining[0].cancel()
    await one.consumer.aclose()
    assert_complete_and_in_order(two.seen + one.seen, KEYS, 3)


async def test_a_revoke_waits_for_the_batch_in_hand(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 1))
    told: list[str] = []

    async def revoked(partitions: frozenset[Partition]) -> None:
        told.append(f"revoked {len(partitions)}")

    group = unique_name("group")
    first = bus.consumer(group, [topic], on_revoked=revoked, session_s=6)
    while not await first.poll(0.2):
        pass
    second = Reader(bus.consumer(group, [topic], session_s=6))
    async with first.processing():
        joining = asyncio.ensure_future(second.for_ever())
        await asyncio.sleep(REBALANCE_NOTICED_S)
        assert told == []
        assert second.seen == []
        told.append("worked")

    async def given_up() -> bool:
        return len(told) > 1

    await eventually(given_up)
    assert told == ["worked", f"revoked {PARTITIONS}"]
    joining.cancel()
    await first.aclose()
    await second.consumer.aclose()


async def test_a_batch_whose_partitions_went_away_is_not_owned(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 1))
    group = unique_name("group")
    first, second = (bus.consumer(group, [topic], session_s=6) for _ in range(2))
    batch: dict[Partition, list[InRecord]] = {}
    while not batch:
        batch = await first.poll(0.2)
    reader = Reader(second)
    joining = asyncio.ensure_future(reader.for_ever())

    async def given_up() -> bool:
        async with first.processing() as owned:
            return not owned

    await eventually(given_up)
    joining.cancel()
    await asyncio.wait([joining])
    await first.aclose()
    await second.aclose()


async def test_a_revoke_does_not_wait_for_ever(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 1))
    group = unique_name("group")
    slow = bus.consumer(group, [topic], session_s=6, drain_s=0.5)
    while not await slow.poll(0.2):
        pass
    quick = Reader(bus.consumer(group, [topic], session_s=6))
    async with slow.processing():
        await quick.until_count(1, patience_s=10)
    await slow.aclose()
    await quick.consumer.aclose()


async def test_closing_drains_and_tells_the_owner(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 1))
    told: list[frozenset[Partition]] = []

    async def revoked(partitions: frozenset[Partition]) -> None:
        told.append(partitions)

    consumer = bus.consumer(unique_name("group"), [topic], on_revoked=revoked)
    while not await consumer.poll(0.2):
        pass
    async with consumer.processing():
        closing = asyncio.ensure_future(consumer.aclose())
        await asyncio.sleep(0.3)
        assert told == []
    await closing
    assert told == [{(topic, number) for number in range(PARTITIONS)}]
