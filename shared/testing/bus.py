"""Helpers for tests that send and receive, the same over the simulated broker and over Kafka."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.kernel.bus import Bus, Consumer, InRecord, Outcome, OutRecord, Partition, Producer
from shared.kernel.envelope import Envelope
from shared.vocabulary.ids import new_id

PATIENCE_S = 30.0
POLL_S = 0.1


def an_envelope(version: int = 1, body: bytes = b"{}") -> Envelope:
    """An envelope with every attribute set."""
    return Envelope(
        id=new_id(),
        type="intake.case_registered",
        version=2,
        source="intake",
        subject=new_id(),
        time=datetime(2026, 11, 22, 8, 30, 0, 123456, tzinfo=UTC),
        aggregate_version=version,
        correlation_id=new_id(),
        causation_id=new_id(),
        actor_id=new_id(),
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        replay=False,
        body=body,
    )


def numbered(topic: str, keys: int, per_key: int, start: int = 1) -> list[OutRecord]:
    """Records of several keys in turn; the value of each is its number within the key, 1, 2, 3 …"""
    return [
        OutRecord(topic, f"key-{key}".encode(), [], str(number).encode())
        for number in range(start, start + per_key)
        for key in range(keys)
    ]


async def send_until_acked(producer: Producer, records: Sequence[OutRecord]) -> int:
    """What the relay does: send again, in order, whatever was not acked. Returns the number of calls."""
    left, calls = list(records), 0
    while left:
        results = await producer.send_all(left)
        calls += 1
        left = [
            record
            for record, result in zip(left, results, strict=True)
            if result.outcome is Outcome.TRANSIENT
        ]
    return calls


@dataclass(slots=True)
class Reader:
    """Reads as a well-behaved consumer does and remembers what it was given."""

    consumer: Consumer
    commits: bool = True
    seen: list[InRecord] = field(default_factory=list)
    work: Callable[[list[InRecord]], Awaitable[None]] | None = None

    async def step(self, timeout_s: float = POLL_S, max_records: int = 500) -> int:
        """One poll; the number of records handled."""
        batch = await self.consumer.poll(timeout_s, max_records)
        handled = 0
        async with self.consumer.processing() as owned:
            for partition, records in batch.items():
                if partition not in owned:
                    continue
                if self.work is not None:
                    await self.work(records)
                self.seen += records
                handled += len(records)
                if self.commits:
                    self.consumer.request_commit({partition: records[-1].offset + 1})
        return handled

    async def until(self, enough: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Poll until the condition holds; fails after `patience_s`."""
        deadline = time.monotonic() + patience_s
        while not enough():
            assert time.monotonic() < deadline, f"only {len(self.seen)} records in {patience_s} s"
            await self.step()

    async def until_count(self, count: int, patience_s: float = PATIENCE_S) -> list[InRecord]:
        """Poll until so many records were handled."""
        await self.until(lambda: len(self.seen) >= count, patience_s)
        return self.seen

    async def for_ever(self) -> None:
        """Poll until cancelled."""
        while True:
            await self.step()


async def eventually(holds: Callable[[], Awaitable[bool]], patience_s: float = PATIENCE_S) -> None:
    """Ask until it holds."""
    async with asyncio.timeout(patience_s):
        while True:
            if await holds():
                return
            await asyncio.sleep(POLL_S)


async def committed_all(bus: Bus, group: str, topic: str) -> None:
    """Wait until the group has committed to the end of the topic."""

    async def holds() -> bool:
        return not any((await bus.lag(group, [topic])).values())

    await eventually(holds)


def numbers_by_key(records: Iterable[InRecord]) -> dict[bytes, list[int]]:
    """The numbers of `numbered` records, by key, in the order received."""
    found: dict[bytes, list[int]] = {}
    for record in records:
        found.setdefault(record.key, []).append(int(record.value or b"0"))
    return found


def first_deliveries(numbers: Sequence[int]) -> list[int]:
    """Without repetitions: the order in which each number came first."""
    return list(dict.fromkeys(numbers))


def assert_complete_and_in_order(records: Iterable[InRecord], keys: int, per_key: int) -> None:
    """Nothing lost; for every key 1, 2, 3 … came first in that order; duplicates may follow."""
    found = numbers_by_key(records)
    assert len(found) == keys
    for key, numbers in found.items():
        assert first_deliveries(numbers) == list(range(1, per_key + 1)), key


def partitions_of(records: Iterable[InRecord]) -> set[Partition]:
    """Where records came from."""
    return {(record.topic, record.partition) for record in records}
