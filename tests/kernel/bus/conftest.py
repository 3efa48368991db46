"""The two buses, and two that can be broken."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from deploy.local import broker as kafka
from deploy.local.process import Running
from shared.kernel.bus import Bus, InRecord, Outcome, OutRecord, TopicSpec
from shared.kernel.bus_kafka import KafkaBus
from shared.kernel.bus_memory import MemoryBus
from shared.testing.bus import Reader
from shared.testing.postgres import unique_name

BOTH = ["memory", pytest.param("kafka", marks=pytest.mark.kafka)]
SESSION_MS = 1500
PARTITIONS = 4
KEYS = 20


@dataclass(slots=True)
class Broker:
    """A broker of one test module's own, to be stopped, killed and started again on the same port."""

    folder: Path
    running: Running
    starter: ThreadPoolExecutor
    """The broker ends with the thread that started it: asyncio's own threads end with each test."""

    @property
    def bootstrap(self) -> str:
        return self.running.url

    async def stop(self) -> None:
        await asyncio.to_thread(self.running.stop)

    async def kill(self) -> None:
        await asyncio.to_thread(self.running.kill)

    async def start(self) -> None:
        port = int(self.bootstrap.rpartition(":")[2])
        start = partial(kafka.start, self.folder, port=port, durable=False, session_ms=SESSION_MS)
        self.running = await asyncio.get_running_loop().run_in_executor(self.starter, start)


@dataclass(frozen=True, slots=True)
class Breakable:
    """A bus whose broker can go away and come back."""

    bus: Bus
    break_: Callable[[], Awaitable[None]]
    mend: Callable[[], Awaitable[None]]


@pytest.fixture(params=BOTH)
def bus(request: pytest.FixtureRequest) -> Bus:
    if request.param == "memory":
        return MemoryBus()
    return KafkaBus(request.getfixturevalue("kafka_bootstrap"))


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    folder = tmp_path_factory.mktemp("kafka")
    with ThreadPoolExecutor(1) as starter:
        running = kafka.start(folder, durable=False, session_ms=SESSION_MS)
        own = Broker(folder, running, starter)
        yield own
        own.running.stop()


@pytest.fixture(params=BOTH)
async def breakable(request: pytest.FixtureRequest) -> AsyncIterator[Breakable]:
    if request.param == "memory":
        simulated = MemoryBus()

        async def stop() -> None:
            simulated.stop()

        async def start() -> None:
            simulated.start()

        yield Breakable(simulated, stop, start)
        return
    own: Broker = request.getfixturevalue("broker")
    yield Breakable(KafkaBus(own.bootstrap), own.stop, own.start)
    if not own.running.is_alive():
        await own.start()


@pytest.fixture
async def topic(bus: Bus) -> str:
    return await a_topic(bus)


async def a_topic(bus: Bus, partitions: int = PARTITIONS) -> str:
    name = unique_name("bus")
    await bus.ensure_topics([TopicSpec(name, partitions)])
    return name


async def send(bus: Bus, records: list[OutRecord]) -> None:
    producer = bus.producer()
    assert {one.outcome for one in await producer.send_all(records)} == {Outcome.ACKED}
    await producer.aclose()


async def read(bus: Bus, topic: str, count: int, group: str | None = None) -> list[InRecord]:
    reader = Reader(bus.consumer(group or unique_name("group"), [topic]))
    seen = await reader.until_count(count)
    await reader.consumer.aclose()
    return seen
