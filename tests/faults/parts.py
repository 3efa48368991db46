"""Parts of a running system: what their databases hold, how they die, when they are back."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from deploy.local.programs import is_ready
from deploy.local.sql import in_own_loop
from shared.kernel.envelope import Envelope, Undecodable, from_record
from shared.testing.system import RunningSystem

SESSION_S = 6
PATIENCE_S = 90.0
LOOK_S = 0.2
"""Each look is a new connection, so that it also says whether one can be had: often would be a load of its own."""
SERVICES = ("intake", "mediation", "welfare", "notify", "workbench")


def wait_for(what: str, is_so: Callable[[], Any], patience_s: float = PATIENCE_S) -> float:
    """Seconds until it was so; what was in vain is named."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < patience_s, f"in vain for {patience_s:.0f} s: {what}"
        time.sleep(LOOK_S)
    return time.monotonic() - began


def rows(system: RunningSystem, service: str, query: str, *values: Any) -> list[Any]:
    """Rows of one service's database."""

    async def ask() -> list[Any]:
        connection = await asyncpg.connect(system.env[f"DATABASE_URL_{service.upper()}"])
        try:
            return list(await connection.fetch(query, *values))
        finally:
            await connection.close()

    return in_own_loop(ask())


def number(system: RunningSystem, service: str, query: str, *values: Any) -> int:
    """The one number that a query answers with."""
    return int(rows(system, service, query, *values)[0][0])


def pids(system: RunningSystem) -> dict[str, int]:
    """The process of each service."""
    return {name: system.pid(name) for name in SERVICES}


def kill(system: RunningSystem, part: str) -> int:
    """SIGKILL; returns the process that is dead now."""
    pid = system.pid(part)
    os.kill(pid, signal.SIGKILL)
    return pid


def wait_for_service(system: RunningSystem, name: str, killed: int) -> float:
    """Seconds until another process of the service is ready."""
    url = system.env[f"{name.upper()}_URL"]
    return wait_for(f"{name} is back", lambda: system.pid(name) != killed and is_ready(url))


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """A process that stands still: its connections stay open and nothing answers."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


Told = tuple[str, int, str]
"""Subject, number and id of a fact, as it lies in the topic."""


def told(system: RunningSystem, topic: str) -> list[Told]:
    """Every readable record of a topic, each partition in its order."""
    return [
        (str(one.subject), one.aggregate_version, str(one.id)) for one in records(system, topic)
    ]


def records(system: RunningSystem, topic: str) -> list[Envelope]:
    """The envelopes of a topic; what cannot be read is left out."""
    return in_own_loop(_read_all(system.env["KAFKA_BOOTSTRAP"], topic))


async def _read_all(bootstrap: str, topic: str) -> list[Envelope]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
    await consumer.start()
    try:
        await consumer._client.force_metadata_update()
        parts = [TopicPartition(topic, n) for n in consumer.partitions_for_topic(topic) or ()]
        consumer.assign(parts)
        await consumer.seek_to_beginning(*parts)
        ends = await consumer.end_offsets(parts)
        found: list[Envelope] = []
        while any([await consumer.position(one) < ends[one] for one in parts]):
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                for record in batch:
                    try:
                        found.append(from_record(record.headers, record.value))
                    except Undecodable:
                        continue
        return found
    finally:
        await consumer.stop()


def in_order(seen: list[Told]) -> bool:
    """Each fact about a subject comes for the first time after all those before it; repetitions do not matter."""
    reached: dict[str, int] = {}
    for subject, version, _ in seen:
        if version > reached.get(subject, 0) + 1:
            return False
        reached[subject] = max(reached.get(subject, 0), version)
    return True
