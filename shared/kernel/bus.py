"""The port through which messages travel; `bus_kafka` and `bus_memory` stand behind it and pass the same tests.

Delivery is at least once and, per partition, in order of first delivery. What makes effects happen once (inbox,
version guard, offsets stored with the effects) is the consumer's database and not this port's business.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

import msgspec

Partition = tuple[str, int]
"""A topic and the number of one of its partitions: the unit within which order is kept."""

POLL_RECORDS_MAX: Final = 500
SESSION_S: Final = 30.0
"""A member silent for so long is put out of the group."""
DRAIN_S: Final = 15.0
"""How long a revoke waits for the batch in hand; what is not done by then is left to the database's fence."""
SEND_DEADLINE_S: Final = 20.0
"""After it the outcome of a send is unknown, which means: send again."""
RECORD_BYTES_MAX: Final = 1_000_000
"""Largest key + headers + value the bus accepts; more is poison."""
RETENTION_MS: Final = 7 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """A topic as it has to exist. A topic that exists keeps its number of partitions: another would move keys between them."""

    name: str
    partitions: int
    compacted: bool = False
    """Keep the last record of each key for ever instead of all records for `retention_ms`."""
    retention_ms: int = RETENTION_MS


class OutRecord(msgspec.Struct, frozen=True):
    """A record to send. A value of None is a tombstone: it erases the key from a compacted topic."""

    topic: str
    key: bytes
    headers: list[tuple[str, bytes]]
    value: bytes | None


def record_bytes(record: OutRecord) -> int:
    """What counts against `RECORD_BYTES_MAX`."""
    headers = sum(len(name) + len(value) for name, value in record.headers)
    return len(record.key) + len(record.value or b"") + headers


class InRecord(msgspec.Struct, frozen=True):
    """A record as it was found; nothing in it is decoded, so that a bad one cannot hold up the others."""

    topic: str
    partition: int
    offset: int
    key: bytes
    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None
    timestamp_ms: int
    fault: str | None = None
    """Set when the record cannot even be read (`record_too_large`): then only its place is known."""


class Outcome(StrEnum):
    """What became of a record that was to be sent."""

    ACKED = "acked"
    TRANSIENT = "transient"
    """Not sent, or unknown whether: send it again later, before anything that followed it."""
    POISON = "poison"
    """The cluster will never take this record; later records of its key were not sent."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """Outcome of one record; `reason` is a stable code (`record_too_large`, `unknown_topic`, `deadline` …)."""

    outcome: Outcome
    reason: str = ""


ACKED: Final = SendResult(Outcome.ACKED)


@dataclass(frozen=True, slots=True)
class Progress:
    """Whether the consumer gets on. A process is alive when this moves, not when it runs."""

    at: float
    """`time.monotonic()` when a record was last handed out, or the broker last said there is none left."""
    lag: Mapping[Partition, int]
    """Records not handed out yet, per partition owned, as the broker last said."""
    contact_at: float
    """`time.monotonic()` of the broker's last answer: old in an outage, when a restart would not help."""
    rebuilds: int
    """How often the client was thrown away and built anew."""
    resets: int
    """How often a position was no longer in the log and reading began again at its start: an alarm."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is missing before messages can flow, in short codes (`cluster`, `coordinator`, `leader:<topic>-<n>`)."""

    missing: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


OnAssigned = Callable[[frozenset[Partition]], Awaitable[Mapping[Partition, int | None]]]
"""Says where to start each partition; None or absence: at Kafka's committed offset, else at the beginning.

Runs inside `poll()`. If it raises, `poll()` raises the same; the partitions stay closed and the next poll asks again.
"""

OnRevoked = Callable[[frozenset[Partition]], Awaitable[None]]
"""Told that partitions are going. Called after the batch in hand is done (or `DRAIN_S` have passed)."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What a consumer is told when it is made."""

    group: str
    topics: Sequence[str]
    on_assigned: OnAssigned | None = None
    on_revoked: OnRevoked | None = None
    session_s: float = SESSION_S
    drain_s: float = DRAIN_S


class Producer(Protocol):
    """Sends records. One caller at a time."""

    async def send_all(self, records: Sequence[OutRecord]) -> list[SendResult]:
        """Send in the given order; result i belongs to record i. Raises nothing but cancellation.

        In a partition nothing after the first transient failure counts as acked. A poison record stops its own
        key only. Never takes longer than `SEND_DEADLINE_S` by much; in an outage it waits before it tries again, so
        a loop around it does not spin.
        """
        ...

    async def aclose(self) -> None:
        """Stop within seconds, broker or not."""
        ...


class Consumer(Protocol):
    """One member of a group. `poll`, `processing`, `seek`, `pause`, `resume` are called by one task."""

    async def poll(
        self, timeout_s: float, max_records: int = POLL_RECORDS_MAX
    ) -> dict[Partition, list[InRecord]]:
        """The next records, by partition; empty after `timeout_s` without any, and during an outage."""
        ...

    def processing(self) -> AbstractAsyncContextManager[frozenset[Partition]]:
        """Hold this while handling what `poll` returned, and never around `poll` itself: a revoke waits for it.

        Gives the partitions that are still owned; records of any other must be dropped.
        """
        ...

    def seek(self, partition: Partition, offset: int) -> None:
        """Read on from `offset`, e.g. the first one that failed. Without effect on a partition not owned."""
        ...

    def pause(self, partitions: Iterable[Partition]) -> None:
        """Hand out nothing of these until `resume`, or until they are assigned anew. Costs a fetch each: not per record."""
        ...

    def resume(self, partitions: Iterable[Partition]) -> None:
        """Undo `pause`."""
        ...

    def request_commit(self, offsets: Mapping[Partition, int]) -> None:
        """Note the next offset to read; sent to Kafka about once a second in the background. May be lost."""
        ...

    def progress(self) -> Progress:
        """For liveness and metrics."""
        ...

    async def aclose(self) -> None:
        """Drain (as on revoke), commit what was requested, leave the group; within seconds, broker or not."""
        ...


class Bus(Protocol):
    """A cluster."""

    def producer(self) -> Producer:
        """A producer that connects when it first sends."""
        ...

    def consumer(
        self,
        group: str,
        topics: Sequence[str],
        *,
        on_assigned: OnAssigned | None = None,
        on_revoked: OnRevoked | None = None,
        session_s: float = SESSION_S,
        drain_s: float = DRAIN_S,
    ) -> Consumer:
        """A member of `group` that joins at its first poll."""
        ...

    async def ensure_topics(self, specs: Sequence[TopicSpec]) -> None:
        """Create what is missing, correct the settings of the rest, wait until every partition has a leader."""
        ...

    async def lag(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        """Records between the group's committed offset and the end, per partition."""
        ...

    async def ready(self, topics: Sequence[str] = ()) -> Readiness:
        """Whether the cluster is reachable, has a coordinator, and each partition (of `topics`) a leader."""
        ...

    async def aclose(self) -> None:
        """Let go of what the bus itself holds; producers and consumers are closed by whoever made them."""
        ...
