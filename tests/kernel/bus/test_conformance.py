"""What every bus promises about records and offsets; the same tests over the simulated broker and over Kafka."""

import asyncio
import time

import pytest

from shared.kernel.bus import Bus, InRecord, Outcome, OutRecord, Partition, TopicSpec
from shared.kernel.envelope import Undecodable, from_record
from shared.testing.bus import (
    Reader,
    an_envelope,
    assert_complete_and_in_order,
    committed_all,
    eventually,
    numbered,
    numbers_by_key,
    partitions_of,
    send_until_acked,
)
from shared.testing.postgres import unique_name
from tests.kernel.bus.conftest import KEYS, PARTITIONS, Breakable, a_topic, read, send

TOO_LARGE = b"x" * 1_000_001
UNKNOWN_TOPIC_S = 20.0
"""The bus makes sure for 2 s; the rest is what a busy machine takes."""


async def test_a_record_arrives_as_it_was_sent(bus: Bus, topic: str) -> None:
    headers = [("ce_id", b"1"), ("twice", b"a"), ("twice", b"b")]
    await send(bus, [OutRecord(topic, b"k", headers, b"value"), OutRecord(topic, b"k", [], None)])
    first, tombstone = await read(bus, topic, 2)
    assert (first.topic, first.key, first.headers, first.value) == (
        topic,
        b"k",
        tuple(headers),
        b"value",
    )
    assert first.fault is None
    assert tombstone.value is None
    assert (tombstone.partition, tombstone.offset) == (first.partition, first.offset + 1)


async def test_each_key_keeps_its_order_and_its_partition(bus: Bus, topic: str) -> None:
    producer = bus.producer()
    for start in (1, 11, 21):
        await send_until_acked(producer, numbered(topic, KEYS, 10, start))
    await producer.aclose()
    seen = await read(bus, topic, KEYS * 30)
    assert_complete_and_in_order(seen, KEYS, 30)
    homes = {(record.key, record.partition) for record in seen}
    assert len(homes) == KEYS
    assert len(partitions_of(seen)) > 1


async def test_what_was_not_committed_comes_again(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 2))
    group = unique_name("group")
    careless = Reader(bus.consumer(group, [topic]), commits=False)
    await careless.until_count(KEYS * 2)
    await careless.consumer.aclose()
    assert len(await read(bus, topic, KEYS * 2, group)) == KEYS * 2


async def test_what_was_committed_does_not_come_again(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 2))
    group = unique_name("group")
    await read(bus, topic, KEYS * 2, group)
    await send(bus, numbered(topic, KEYS, 1, start=3))
    seen = await read(bus, topic, KEYS, group)
    assert {record.value for record in seen} == {b"3"}


async def test_offsets_are_committed_in_the_background(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 2))
    group = unique_name("group")
    assert sum((await bus.lag(group, [topic])).values()) == KEYS * 2
    reader = Reader(bus.consumer(group, [topic]))
    await reader.until_count(KEYS * 2)
    reading = asyncio.ensure_future(reader.for_ever())
    await committed_all(bus, group, topic)
    reading.cancel()
    await reader.consumer.aclose()


async def test_reading_starts_where_the_database_says(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, 1, 10))
    (home,) = partitions_of(await read(bus, topic, 10))
    asked: list[frozenset[Partition]] = []

    async def stored(partitions: frozenset[Partition]) -> dict[Partition, int | None]:
        asked.append(partitions)
        return {one: 7 if one == home else None for one in partitions}

    reader = Reader(bus.consumer(unique_name("group"), [topic], on_assigned=stored))
    seen = await reader.until_count(3)
    await reader.consumer.aclose()
    assert [record.offset for record in seen] == [7, 8, 9]
    assert asked[-1] == {(topic, number) for number in range(PARTITIONS)}


async def test_nothing_is_handed_out_before_the_database_has_answered(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 1))
    failures = [ConnectionError("away"), ConnectionError("away")]

    async def stored(partitions: frozenset[Partition]) -> dict[Partition, int | None]:
        if failures:
            raise failures.pop()
        return dict.fromkeys(partitions)

    consumer = bus.consumer(unique_name("group"), [topic], on_assigned=stored)
    refused = 0
    while failures or refused < 2:
        try:
            assert await consumer.poll(0.2) == {}
        except ConnectionError:
            refused += 1
    reader = Reader(consumer)
    assert len(await reader.until_count(KEYS)) == KEYS
    await consumer.aclose()


async def test_a_failed_batch_is_read_again_after_seek(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, 1, 6))
    consumer = bus.consumer(unique_name("group"), [topic])
    first: dict[Partition, list[InRecord]] = {}
    while not first:
        first = await consumer.poll(0.2)
    ((home, records),) = first.items()
    consumer.seek(home, records[2].offset)
    reader = Reader(consumer)
    seen = await reader.until_count(4)
    assert [record.offset for record in seen] == [2, 3, 4, 5]
    await consumer.aclose()


async def test_a_paused_partition_waits_and_loses_nothing(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 1))
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    seen = await reader.until_count(KEYS)
    paused = (topic, seen[0].partition)
    reader.consumer.pause([paused])
    await send(bus, numbered(topic, KEYS, 1, start=2))
    others = 2 * KEYS - sum((record.topic, record.partition) == paused for record in seen)
    await reader.until_count(others)
    for _ in range(5):
        await reader.step()
    assert len(reader.seen) == others
    reader.consumer.resume([paused])
    await reader.until_count(2 * KEYS)
    assert_complete_and_in_order(reader.seen, KEYS, 2)
    await reader.consumer.aclose()


async def test_a_poll_hands_out_no_more_than_asked(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 5))
    consumer = bus.consumer(unique_name("group"), [topic])
    total = 0
    while total < KEYS * 5:
        batch = await consumer.poll(0.5, 7)
        size = sum(len(records) for records in batch.values())
        assert size <= 7
        total += size
    assert total == KEYS * 5
    await consumer.aclose()


async def test_a_record_too_large_stops_only_its_own_key(bus: Bus, topic: str) -> None:
    records = numbered(topic, KEYS, 2)
    records.insert(KEYS // 2, OutRecord(topic, b"key-3", [], TOO_LARGE))
    producer = bus.producer()
    results = await producer.send_all(records)
    await producer.aclose()
    assert results[KEYS // 2].outcome is Outcome.POISON
    assert results[KEYS // 2].reason == "record_too_large"
    behind = [
        result
        for place, (record, result) in enumerate(zip(records, results, strict=True))
        if record.key == b"key-3" and place > KEYS // 2
    ]
    assert [(one.outcome, one.reason) for one in behind] == [(Outcome.TRANSIENT, "behind_poison")]
    assert sum(one.outcome is Outcome.ACKED for one in results) == KEYS * 2 - 1
    seen = numbers_by_key(await read(bus, topic, KEYS * 2 - 1))
    assert seen.pop(b"key-3") == [1]
    assert set(map(tuple, seen.values())) == {(1, 2)}


async def test_a_missing_topic_is_poison_in_the_end_and_holds_up_nobody(
    bus: Bus, topic: str
) -> None:
    lost = OutRecord(unique_name("missing"), b"k", [], b"1")
    producer = bus.producer()
    began = time.monotonic()
    while True:
        missing, fine = await producer.send_all([lost, OutRecord(topic, b"k", [], b"1")])
        assert fine.outcome is Outcome.ACKED
        assert missing.reason == "unknown_topic"
        if missing.outcome is Outcome.POISON:
            break
        await asyncio.sleep(0.2)
    assert time.monotonic() - began < UNKNOWN_TOPIC_S
    await producer.aclose()


async def test_an_undecodable_record_does_not_hold_up_its_neighbours(bus: Bus, topic: str) -> None:
    good = an_envelope(body=b'{"n":1}')
    headers = good.to_headers()
    bad = [("ce_id", b"not-a-uuid"), *[one for one in headers if one[0] != "ce_id"]]
    await send(
        bus,
        [
            OutRecord(topic, b"k", headers, good.body),
            OutRecord(topic, b"k", bad, b"?"),
            OutRecord(topic, b"k", [], b"\xff"),
            OutRecord(topic, b"k", headers, good.body),
        ],
    )
    decoded: list[object] = []
    for record in await read(bus, topic, 4):
        try:
            decoded.append(from_record(record.headers, record.value))
        except Undecodable as error:
            decoded.append(error.reason)
    assert decoded == [good, "bad_attribute", "not_cloudevents", good]


async def test_sending_goes_on_after_an_outage_without_loss(breakable: Breakable) -> None:
    bus = breakable.bus
    topic = await a_topic(bus)
    producer = bus.producer()
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await breakable.break_()
    sending = asyncio.ensure_future(send_until_acked(producer, numbered(topic, KEYS, 2, start=2)))
    await asyncio.sleep(0.5)
    assert not sending.done()
    await breakable.mend()
    await asyncio.wait_for(sending, 30)
    await producer.aclose()
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    await reader.until(lambda: len({(one.key, one.value) for one in reader.seen}) >= KEYS * 3)
    await reader.consumer.aclose()
    assert_complete_and_in_order(reader.seen, KEYS, 3)


async def test_a_lost_commit_harms_nothing(breakable: Breakable) -> None:
    bus = breakable.bus
    topic = await a_topic(bus)
    await send(bus, numbered(topic, KEYS, 1))
    group = unique_name("group")
    reader = Reader(bus.consumer(group, [topic]))
    await reader.until_count(KEYS)
    await breakable.break_()
    reader.consumer.request_commit(dict.fromkeys(partitions_of(reader.seen), 1))
    for _ in range(10):
        await reader.step(0.2)
    await breakable.mend()
    await send(bus, numbered(topic, KEYS, 1, start=2))
    await reader.until(lambda: sum(record.value == b"2" for record in reader.seen) >= KEYS)
    reading = asyncio.ensure_future(reader.for_ever())
    await committed_all(bus, group, topic)
    reading.cancel()
    await reader.consumer.aclose()
    assert_complete_and_in_order(reader.seen, KEYS, 2)


async def test_an_empty_send_and_an_empty_commit_do_nothing(bus: Bus, topic: str) -> None:
    producer = bus.producer()
    assert await producer.send_all([]) == []
    await producer.aclose()
    consumer = bus.consumer(unique_name("group"), [topic])
    await consumer.poll(0.2)
    consumer.request_commit({})
    await consumer.aclose()
    with pytest.raises(RuntimeError):
        await consumer.poll(0.1)


async def test_ready_names_what_is_missing(bus: Bus, topic: str) -> None:
    assert (await bus.ready([topic])).ok
    missing = unique_name("missing")
    assert (await bus.ready([topic, missing])).missing == (f"topic:{missing}",)
    await bus.ensure_topics([TopicSpec(missing, 1)])
    assert (await bus.ready([topic, missing])).ok


async def test_a_topic_keeps_the_number_of_partitions_it_was_made_with(
    bus: Bus, topic: str
) -> None:
    await bus.ensure_topics([TopicSpec(topic, PARTITIONS + 3)])
    assert len(await bus.lag(unique_name("group"), [topic])) == PARTITIONS


async def test_progress_moves_while_reading_and_tells_the_lag(bus: Bus, topic: str) -> None:
    await send(bus, numbered(topic, KEYS, 1))
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    before = reader.consumer.progress().at
    await reader.until_count(KEYS)
    assert reader.consumer.progress().at > before

    async def known() -> bool:
        await reader.step()
        progress = reader.consumer.progress()
        return len(progress.lag) == PARTITIONS and not any(progress.lag.values())

    await eventually(known)
    assert reader.consumer.progress().resets == 0
    await reader.consumer.aclose()
