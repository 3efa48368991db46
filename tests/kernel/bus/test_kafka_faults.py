"""What only the real broker can show: kill -9, a paused process, a stop without a broker, a flood of log lines."""

import asyncio
import json
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import RecordTooLargeError

from shared.kernel.bus import InRecord, Outcome, OutRecord, Partition, TopicSpec
from shared.kernel.bus_kafka import KafkaBus
from shared.kernel.quiet import LINES_PER_MESSAGE
from shared.kernel.topics import create_topics
from shared.testing.bus import (
    Reader,
    assert_complete_and_in_order,
    eventually,
    numbered,
    partitions_of,
    send_until_acked,
)
from shared.testing.postgres import unique_name
from tests.kernel.bus.conftest import Broker, a_topic

pytestmark = pytest.mark.kafka

KEYS = 20
GONE = "127.0.0.1:9"  # nobody listens on the discard port


@pytest.fixture
async def own(broker: Broker) -> AsyncIterator[KafkaBus]:
    if not broker.running.is_alive():
        await broker.start()
    yield KafkaBus(broker.bootstrap)
    if not broker.running.is_alive():
        await broker.start()


async def described(bootstrap: str, topic: str) -> dict[str, str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    await admin.close()
    ((_, _, _, _, entries),) = answer.resources
    return {entry[0]: entry[1] for entry in entries}


@pytest.mark.faults
async def test_a_killed_broker_loses_nothing_and_turns_nothing_round(
    broker: Broker, own: KafkaBus
) -> None:
    topic = await a_topic(own)
    producer, sent = own.producer(), 0
    reader = Reader(own.consumer(unique_name("group"), [topic]))
    reading = asyncio.ensure_future(reader.for_ever())

    async def keep_sending() -> None:
        nonlocal sent
        while True:
            await send_until_acked(producer, numbered(topic, KEYS, 5, start=sent + 1))
            sent += 5

    sending = asyncio.ensure_future(keep_sending())
    await asyncio.sleep(1)
    await broker.kill()
    before = sent
    await broker.start()

    async def goes_on() -> bool:
        return sent > before + 20

    await eventually(goes_on)
    sending.cancel()
    await asyncio.wait([sending])
    await producer.aclose()
    reading.cancel()
    await asyncio.wait([reading])
    await reader.until(lambda: len({(one.key, one.value) for one in reader.seen}) >= sent * KEYS)
    await reader.consumer.aclose()
    whole = [one for one in reader.seen if int(one.value or b"0") <= sent]
    assert_complete_and_in_order(whole, KEYS, sent)


MEMBER = """
import asyncio, json, logging, sys
import structlog
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
from shared.kernel.bus_kafka import KafkaBus

async def main(bootstrap, group, topic):
    async def assigned(partitions):
        print(json.dumps({"assigned": len(partitions)}), flush=True)
        return {}
    async def revoked(partitions):
        print(json.dumps({"revoked": len(partitions)}), flush=True)
    consumer = KafkaBus(bootstrap).consumer(
        group, [topic], on_assigned=assigned, on_revoked=revoked, session_s=3)
    while True:
        batch = await consumer.poll(0.1)
        async with consumer.processing() as owned:
            for partition, records in batch.items():
                if partition in owned:
                    print(json.dumps({"read": [(r.partition, r.offset) for r in records]}), flush=True)
                    consumer.request_commit({partition: records[-1].offset + 1})

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.faults
async def test_a_member_paused_past_its_session_gives_up_and_comes_back(
    kafka_bootstrap: str,
) -> None:
    bus = KafkaBus(kafka_bootstrap)
    topic, group = await a_topic(bus), unique_name("group")
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MEMBER, kafka_bootstrap, group, topic, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    try:
        assert json.loads(await child.stdout.readline()) == {"assigned": 4}
        os.kill(child.pid, signal.SIGSTOP)
        heir = Reader(bus.consumer(group, [topic], session_s=6))
        producer = bus.producer()
        await send_until_acked(producer, numbered(topic, KEYS, 1))
        await heir.until_count(KEYS)
        reading = asyncio.ensure_future(heir.for_ever())
        os.kill(child.pid, signal.SIGCONT)
        told: list[dict[str, object]] = []
        while {"assigned": 2} not in told:
            line = await asyncio.wait_for(child.stdout.readline(), 20)
            told.append(json.loads(line))
        assert {"revoked": 4} in told
        assert not [one for one in told if "read" in one]
        await send_until_acked(producer, numbered(topic, KEYS, 1, start=2))
        more = json.loads(await asyncio.wait_for(child.stdout.readline(), 20))
        assert more["read"]
        await producer.aclose()
        reading.cancel()
        await heir.consumer.aclose()
    finally:
        os.kill(child.pid, signal.SIGCONT)
        child.kill()
        await child.communicate()


@pytest.mark.faults
async def test_everything_stops_within_seconds_when_the_broker_is_away(
    broker: Broker, own: KafkaBus
) -> None:
    topic = await a_topic(own)
    producer = own.producer(deadline_s=1)
    revoked: list[int] = []

    async def on_revoked(partitions: frozenset[Partition]) -> None:
        revoked.append(len(partitions))

    reader = Reader(own.consumer(unique_name("group"), [topic], on_revoked=on_revoked))
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await reader.until_count(KEYS)
    tasks_before = len(asyncio.all_tasks())
    await broker.stop()
    results = await producer.send_all(numbered(topic, KEYS, 1, start=2))
    assert {one.outcome for one in results} == {Outcome.TRANSIENT}
    assert await reader.step() == 0
    began = time.monotonic()
    await producer.aclose()
    await reader.consumer.aclose()
    assert time.monotonic() - began < 15
    assert revoked == [4]
    assert len(asyncio.all_tasks()) < tasks_before
    assert len(asyncio.all_tasks()) == 1


@pytest.mark.faults
async def test_an_outage_writes_few_lines(
    broker: Broker, own: KafkaBus, caplog: pytest.LogCaptureFixture
) -> None:
    topic = await a_topic(own)
    producer = own.producer(deadline_s=2)
    reader = Reader(own.consumer(unique_name("group"), [topic]))
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await reader.until_count(KEYS)
    await broker.stop()
    caplog.clear()
    began = time.monotonic()
    while time.monotonic() - began < 4:
        await producer.send_all(numbered(topic, KEYS, 1, start=2))
        await reader.step()
    lines = [one for one in caplog.records if one.name.startswith("aiokafka")]
    kinds = {(one.name, one.levelno, str(one.msg)) for one in lines}
    assert lines
    assert len(lines) <= LINES_PER_MESSAGE * len(kinds)
    assert len(lines) < 60
    await producer.aclose()
    await reader.consumer.aclose()


async def test_without_any_broker_calls_return_and_readiness_says_so() -> None:
    bus = KafkaBus(GONE)
    assert (await bus.ready()).missing == ("cluster",)
    producer = bus.producer(deadline_s=2)
    began = time.monotonic()
    for _ in range(3):
        (result,) = await producer.send_all([OutRecord("t", b"k", [], b"")])
        assert result.outcome is Outcome.TRANSIENT
    assert 0.1 < time.monotonic() - began < 5
    consumer = bus.consumer("g", ["t"])
    assert await consumer.poll(0.2) == {}
    await consumer.aclose()
    await producer.aclose()


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


@pytest.mark.faults
@pytest.mark.slow
async def test_a_frozen_broker_holds_nothing_up_for_long(broker: Broker, own: KafkaBus) -> None:
    topic = await a_topic(own)
    producer = own.producer(deadline_s=2)
    reader = Reader(own.consumer(unique_name("group"), [topic]))
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await reader.until_count(KEYS)
    os.kill(broker.running.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        results = await producer.send_all(numbered(topic, KEYS, 1, start=2))
        assert {one.outcome for one in results} == {Outcome.TRANSIENT}
        assert time.monotonic() - began < 10
        assert not (await own.ready()).ok
        await producer.aclose()
        await reader.consumer.aclose()
        assert time.monotonic() - began < 30
        assert len(asyncio.all_tasks()) == 1
    finally:
        os.kill(broker.running.pid, signal.SIGCONT)


async def test_a_topic_made_later_is_read_by_a_member_that_waits_for_it(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kernel.bus_kafka_client.METADATA_MAX_AGE_MS", 500)
    bus, topic = KafkaBus(kafka_bootstrap), unique_name("later")
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    began = time.monotonic()
    assert await reader.step(0.3) == 0
    assert time.monotonic() - began < 5
    await bus.ensure_topics([TopicSpec(topic, 2)])
    producer = bus.producer()
    await send_until_acked(producer, numbered(topic, KEYS, 1))
    await reader.until_count(KEYS)
    assert len(partitions_of(reader.seen)) == 2
    await producer.aclose()
    await reader.consumer.aclose()


async def test_correcting_a_topic_keeps_it_compacted(kafka_bootstrap: str) -> None:
    name = unique_name("compacted")
    await create_topics(kafka_bootstrap, [TopicSpec(name, 2, compacted=True)])
    await alter(kafka_bootstrap, name, {"max.message.bytes": "5000"})
    assert (await described(kafka_bootstrap, name))["cleanup.policy"] == "delete"
    await create_topics(kafka_bootstrap, [TopicSpec(name, 2, compacted=True)])
    settings = await described(kafka_bootstrap, name)
    assert settings["cleanup.policy"] == "compact"
    assert settings["unclean.leader.election.enable"] == "false"


async def test_a_partition_count_is_never_changed(kafka_bootstrap: str) -> None:
    name = unique_name("fixed")
    await create_topics(kafka_bootstrap, [TopicSpec(name, 2)])
    with pytest.raises(Exception, match="2 partitions, not 3"):
        await create_topics(kafka_bootstrap, [TopicSpec(name, 3)])


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


@pytest.fixture(autouse=True)
def library_warnings_are_seen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, logger="aiokafka")
