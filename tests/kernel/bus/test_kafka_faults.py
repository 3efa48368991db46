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

from shared.kernel.bus import Outcome, OutRecord, Partition
from shared.kernel.bus_kafka import KafkaBus
from shared.kernel.quiet import LINES_PER_MESSAGE
from shared.testing.bus import (
    Reader,
    assert_complete_and_in_order,
    eventually,
    numbered,
    send_until_acked,
)
from shared.testing.postgres import unique_name
from tests.kernel.bus.conftest import KEYS, Broker, a_topic

pytestmark = pytest.mark.kafka

GONE = "127.0.0.1:9"  # nobody listens on the discard port


@pytest.fixture
async def own(broker: Broker) -> AsyncIterator[KafkaBus]:
    if not broker.running.is_alive():
        await broker.start()
    yield KafkaBus(broker.bootstrap)
    if not broker.running.is_alive():
        await broker.start()


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
    assert 0.1 < time.monotonic() - began < 20
    consumer = bus.consumer("g", ["t"])
    assert await consumer.poll(0.2) == {}
    await consumer.aclose()
    await producer.aclose()


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


@pytest.fixture(autouse=True)
def library_warnings_are_seen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, logger="aiokafka")
