"""What only Kafka's client can show: records it refuses, clients that die inside, topics and their settings."""

import asyncio
import time

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import RecordTooLargeError

from shared.kernel.bus import InRecord, Outcome, OutRecord, Partition, TopicSpec
from shared.kernel.bus_kafka import KafkaBus
from shared.kernel.bus_kafka_client import KafkaAccess
from shared.kernel.topics import create_topics
from shared.testing.bus import (
    Reader,
    assert_complete_and_in_order,
    numbered,
    partitions_of,
    send_until_acked,
)
from shared.testing.postgres import unique_name
from tests.kernel.bus.conftest import KEYS, a_topic

pytestmark = pytest.mark.kafka


async def described(bootstrap: str, topic: str) -> dict[str, str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    await admin.close()
    ((_, _, _, _, entries),) = answer.resources
    return {entry[0]: entry[1] for entry in entries}


async def test_only_the_record_the_broker_refuses_is_poison(kafka_bootstrap: str) -> None:
    bus = KafkaBus(kafka_bootstrap)
    topic = await a_topic(bus, partitions=1)
    await alter(kafka_bootstrap, topic, {"max.message.bytes": "2000"})
    records = numbered(topic, 5, 4)
    records.insert(7, OutRecord(topic, b"key-1", [], b"x" * 3000))
    producer = bus.producer()
    results = await producer.send_all(records)
    assert (results[7].outcome, results[7].reason) == (Outcome.POISON, "record_too_large")
    behind = {
        result.reason
        for record, result in zip(records[8:], results[8:], strict=True)
        if record.key == b"key-1"
    }
    assert behind == {"behind_poison"}
    assert sum(one.outcome is Outcome.ACKED for one in results) == len(records) - 1 - 2
    assert producer.rebuilds >= 1
    assert await send_until_acked(producer, numbered(topic, 5, 1, start=5)) == 1
    await producer.aclose()


async def alter(bootstrap: str, topic: str, settings: dict[str, str]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, settings)])
    await admin.close()


async def test_a_position_that_is_no_longer_in_the_log_is_an_alarm(kafka_bootstrap: str) -> None:
    bus = KafkaBus(kafka_bootstrap)
    topic = await a_topic(bus, partitions=1)
    producer = bus.producer()
    await send_until_acked(producer, numbered(topic, 1, 5))
    await producer.aclose()

    async def beyond_the_end(partitions: frozenset[Partition]) -> dict[Partition, int | None]:
        return dict.fromkeys(partitions, 1000)

    reader = Reader(bus.consumer(unique_name("group"), [topic], on_assigned=beyond_the_end))
    seen = await reader.until_count(5)
    assert [one.offset for one in seen] == [0, 1, 2, 3, 4]
    assert reader.consumer.progress().resets == 1
    await reader.consumer.aclose()


async def test_a_new_group_begins_at_the_start_without_alarm(kafka_bootstrap: str) -> None:
    bus = KafkaBus(kafka_bootstrap)
    topic = await a_topic(bus)
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    await reader.step(0.5)
    assert reader.consumer.progress().resets == 0
    await reader.consumer.aclose()


async def test_a_client_that_has_died_inside_is_replaced(kafka_bootstrap: str) -> None:
    bus = KafkaBus(kafka_bootstrap)
    topic = await a_topic(bus)
    producer = bus.producer()
    reader = Reader(consumer := bus.consumer(unique_name("group"), [topic]))
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await reader.until_count(KEYS)
    assert consumer._raw is not None
    consumer._raw._fetcher._fetch_task.cancel()  # as an unexpected error inside aiokafka ends it
    await send_until_acked(producer, numbered(topic, KEYS, 1, start=2))
    await reader.until(lambda: sum(one.value == b"2" for one in reader.seen) >= KEYS)
    assert consumer.progress().rebuilds == 1
    assert_complete_and_in_order(reader.seen, KEYS, 2)
    await producer.aclose()
    await consumer.aclose()


async def test_a_client_that_stands_still_before_a_backlog_is_replaced(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kernel.bus_kafka_watch.STUCK_S", 1.5)
    monkeypatch.setattr("shared.kernel.bus_kafka_watch.LAG_EVERY_TICKS", 1)
    bus = KafkaBus(kafka_bootstrap)
    topic = await a_topic(bus)
    producer = bus.producer()
    reader = Reader(consumer := bus.consumer(unique_name("group"), [topic]))
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await reader.until_count(KEYS)
    assert consumer._raw is not None
    fetcher = consumer._raw._fetcher
    fetcher._fetch_task.cancel()
    fetcher._fetch_task = asyncio.ensure_future(asyncio.sleep(60))  # alive, and does nothing
    await send_until_acked(producer, numbered(topic, KEYS, 1, start=2))
    await reader.until(lambda: sum(one.value == b"2" for one in reader.seen) >= KEYS)
    assert consumer.progress().rebuilds == 1
    assert_complete_and_in_order(reader.seen, KEYS, 2)
    await producer.aclose()
    await consumer.aclose()


async def test_a_client_with_nothing_to_read_is_left_alone(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kernel.bus_kafka_watch.STUCK_S", 1.5)
    monkeypatch.setattr("shared.kernel.bus_kafka_watch.LAG_EVERY_TICKS", 1)
    bus = KafkaBus(kafka_bootstrap)
    reader = Reader(bus.consumer(unique_name("group"), [await a_topic(bus)]))
    began = time.monotonic()
    while time.monotonic() - began < 3.5:
        await reader.step()
    assert reader.consumer.progress().rebuilds == 0
    await reader.consumer.aclose()


async def test_a_record_that_aiokafka_cannot_hand_out_is_known_by_its_place(
    kafka_bootstrap: str,
) -> None:
    bus = KafkaBus(kafka_bootstrap)
    topic = await a_topic(bus, partitions=1)
    reader = Reader(consumer := bus.consumer(unique_name("group"), [topic]))
    while not consumer._open:
        await reader.step()
    assert consumer._raw is not None
    place = TopicPartition(topic, 0)
    error = RecordTooLargeError("%s=%s is larger than %s", place, 7, 1_048_576)
    consumer._raw._fetcher._set_error(place, error)
    await reader.until_count(1)
    assert [(one.fault, one.partition, one.offset) for one in reader.seen] == [
        ("record_too_large", 0, 7)
    ]
    await consumer.aclose()


async def test_a_topic_made_later_is_read_by_a_member_that_waits_for_it(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kernel.bus_kafka_client.METADATA_MAX_AGE_MS", 500)
    bus, topic = KafkaBus(kafka_bootstrap), unique_name("later")
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    began = time.monotonic()
    assert await reader.step(0.3) == 0
    assert time.monotonic() - began < 20
    await bus.ensure_topics([TopicSpec(topic, 2)])
    producer = bus.producer()
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await reader.until_count(KEYS)
    assert len(partitions_of(reader.seen)) == 2
    await producer.aclose()
    await reader.consumer.aclose()


async def test_correcting_a_topic_keeps_it_compacted(kafka_bootstrap: str) -> None:
    name = unique_name("compacted")
    await create_topics(KafkaAccess(kafka_bootstrap), [TopicSpec(name, 2, compacted=True)])
    await alter(kafka_bootstrap, name, {"max.message.bytes": "5000"})
    assert (await described(kafka_bootstrap, name))["cleanup.policy"] == "delete"
    await create_topics(KafkaAccess(kafka_bootstrap), [TopicSpec(name, 2, compacted=True)])
    settings = await described(kafka_bootstrap, name)
    assert settings["cleanup.policy"] == "compact"
    assert settings["unclean.leader.election.enable"] == "false"


async def test_a_batch_of_the_largest_records_gets_through(kafka_bootstrap: str) -> None:
    bus = KafkaBus(kafka_bootstrap)
    topic = await a_topic(bus, partitions=1)
    large = b"x" * 999_000
    producer = bus.producer()
    assert await send_until_acked(producer, [OutRecord(topic, b"k", [], large)] * 3) == 1
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    seen: list[InRecord] = await reader.until_count(3)
    assert all(one.value == large for one in seen)
    await producer.aclose()
    await reader.consumer.aclose()
