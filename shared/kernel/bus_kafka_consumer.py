"""The Kafka consumer: one member of a group under a supervisor that builds it anew whenever it is of no more use.

aiokafka rebalances in a task of its own while the caller's handler runs. So nothing is handed out of a partition
until `on_assigned` has said where to start (inside `poll`), and a revoke first closes the partitions, then waits for
the batch in hand. Locked is the processing only: a lock around the fetch as well would be a deadlock.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.errors import (
    IllegalStateError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
    RecordTooLargeError,
)

from shared.kernel.bus import POLL_RECORDS_MAX, InRecord, Membership, Partition, Progress
from shared.kernel.bus_kafka_client import (
    CLIENT_FAULTS,
    START_S,
    Backoff,
    KafkaAccess,
    stop_consumer,
)
from shared.kernel.bus_kafka_watch import Watch

SETTINGS: Final = {
    "enable_auto_commit": False,
    "auto_offset_reset": "none",  # we begin at the start ourselves, so that an alarm can be told from a new group
    "request_timeout_ms": 40_000,
    "max_poll_interval_ms": 300_000,
    "max_poll_records": POLL_RECORDS_MAX,
    "partition_assignment_strategy": (RoundRobinPartitionAssignor,),
}
REBALANCE_MARGIN_S: Final = 10.0
"""Rebalance time-out less drain: room for the callback and the last commit."""
REBALANCE_MAX_S: Final = 35.0
"""Joining uses the plain request time-out (40 s): a longer rebalance would make members give up and rejoin in a loop."""
HEARTBEATS_PER_SESSION: Final = 10
RESET_S: Final = 5.0
LAST_COMMIT_S: Final = 2.0
POLL_SLACK_S: Final = 0.05

log = structlog.get_logger("kernel.bus")


class KafkaConsumer(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka carries no types
    """See `shared.kernel.bus.Consumer`."""

    def __init__(self, access: KafkaAccess, member: Membership) -> None:
        if member.drain_s + REBALANCE_MARGIN_S > REBALANCE_MAX_S:
            raise ValueError(f"drain_s may be at most {REBALANCE_MAX_S - REBALANCE_MARGIN_S}")
        self._access = access
        self._member = member
        self._raw: AIOKafkaConsumer | None = None
        self._backoff = Backoff()
        self._processing = asyncio.Lock()
        self._waiting: set[TopicPartition] = set()
        self._generation = 0
        self._open: frozenset[TopicPartition] = frozenset()
        self._watch = Watch()
        self._closed = False

    async def poll(
        self, timeout_s: float, max_records: int = POLL_RECORDS_MAX
    ) -> dict[Partition, list[InRecord]]:
        """The next records, by partition; what `on_assigned` raises comes out here."""
        if self._closed:
            raise RuntimeError("this consumer is closed")
        until = time.monotonic() + timeout_s
        self._watch.polled()
        raw = await self._connected(until)
        if raw is None:
            return {}
        await self._open_assigned(raw)
        try:
            return await self._fetch(raw, until, max_records)
        except IllegalStateError:  # a partition was revoked while we acted on it
            return {}
        except CLIENT_FAULTS as error:
            if not self._closed:
                log.warning("bus.consumer_rebuild", error_type=type(error).__name__)
                self._watch.doubtful = True
            return {}

    @contextlib.asynccontextmanager
    async def processing(self) -> AsyncIterator[frozenset[Partition]]:
        """Hold while handling a batch; gives the partitions still owned."""
        async with self._processing:
            yield self._open

    def seek(self, partition: Partition, offset: int) -> None:
        """Read on from `offset`."""
        for raw, one in self._owned([partition]):
            with contextlib.suppress(IllegalStateError):  # just being revoked
                raw.seek(one, offset)

    def pause(self, partitions: Iterable[Partition]) -> None:
        """Hand out nothing of these."""
        for raw, one in self._owned(partitions):
            with contextlib.suppress(IllegalStateError):
                raw.pause(one)

    def resume(self, partitions: Iterable[Partition]) -> None:
        """Undo `pause`."""
        for raw, one in self._owned(partitions):
            with contextlib.suppress(IllegalStateError):
                raw.resume(one)

    def request_commit(self, offsets: Mapping[Partition, int]) -> None:
        """Note offsets for the next commit in the background."""
        self._watch.commits.update(
            {TopicPartition(*one): offset for one, offset in offsets.items() if one in self._open}
        )

    def progress(self) -> Progress:
        """For liveness and metrics."""
        return self._watch.progress()

    async def aclose(self) -> None:
        """Drain, commit, leave; `stop()` itself would not call the revoke callback."""
        self._closed = True
        await self._drop()

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """aiokafka is about to rejoin; it waits for this as long as the rebalance time-out allows."""
        self._watch.joined = False
        await self._release()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Only noted: `poll` asks where to start, so that a failing database does not block the group."""
        if self._raw is not None:
            self._raw.pause(*assigned)
            self._waiting = set(assigned)
            self._generation += 1
            self._watch.joined = True

    async def _connected(self, until: float) -> AIOKafkaConsumer | None:
        if self._raw is not None and not self._watch.is_doubtful(self._raw):
            return self._raw
        if self._raw is not None:
            await self._drop()
            self._watch.rebuilds += 1
            self._backoff.failed()
        if not await self._backoff.wait(until - time.monotonic()):
            return None
        raw = self._build()
        try:
            async with asyncio.timeout(START_S):
                await raw.start()
        except CLIENT_FAULTS as error:
            log.warning("bus.consumer_cannot_start", error_type=type(error).__name__)
            await stop_consumer(raw)
            self._backoff.failed()
            return None
        except asyncio.CancelledError:
            await stop_consumer(raw)
            raise
        self._raw = raw
        raw.subscribe(
            list(self._member.topics), listener=self
        )  # before start() a missing topic would block it
        self._watch.start(raw)
        return raw

    def _build(self) -> AIOKafkaConsumer:
        session_ms = int(self._member.session_s * 1000)
        return AIOKafkaConsumer(
            **self._access.options(),
            **SETTINGS,
            group_id=self._member.group,
            session_timeout_ms=session_ms,
            heartbeat_interval_ms=session_ms // HEARTBEATS_PER_SESSION,
            rebalance_timeout_ms=int((self._member.drain_s + REBALANCE_MARGIN_S) * 1000),
        )

    async def _open_assigned(self, raw: AIOKafkaConsumer) -> None:
        """Ask where to start, seek there, let records through."""
        if not self._waiting:
            return
        asked, generation = frozenset(self._waiting), self._generation
        starts: Mapping[Partition, int | None] = {}
        if self._member.on_assigned is not None:
            starts = await self._member.on_assigned(asked)
        if generation != self._generation or not self._waiting:
            return  # rebalanced meanwhile, others may have gone on: the next poll asks again
        for one in asked:
            if (offset := starts.get(one)) is not None:
                raw.seek(one, offset)
            raw.resume(one)
        self._waiting.clear()
        self._open = asked
        log.info("bus.partitions_opened", group=self._member.group, count=len(asked))

    async def _fetch(
        self, raw: AIOKafkaConsumer, until: float, max_records: int
    ) -> dict[Partition, list[InRecord]]:
        left_s = max(until - time.monotonic(), 0)
        try:
            # a rebalance makes getmany wait for its end, whatever time it was given
            async with asyncio.timeout(left_s + POLL_SLACK_S):
                batch = await raw.getmany(timeout_ms=int(left_s * 1000), max_records=max_records)
        except TimeoutError:
            return {}
        except RecordTooLargeError as error:
            _, one, offset, *_ = error.args
            return {one: [_unreadable(one, offset)]} if one in self._open else {}
        except (OffsetOutOfRangeError, NoOffsetForPartitionError) as error:
            await self._start_over(raw, error)
            return {}
        handed: dict[Partition, list[InRecord]] = {}
        for one, records in batch.items():
            if one in self._open:
                handed[(one.topic, one.partition)] = [_received(record) for record in records]
            else:
                raw.seek(one, records[0].offset)
        if handed:
            self._watch.handed_out()
            self._backoff.succeeded()
        return handed

    async def _start_over(self, raw: AIOKafkaConsumer, error: Exception) -> None:
        """No committed offset: a new group. Out of range: records were deleted before they were read."""
        lost = isinstance(error, OffsetOutOfRangeError)
        partitions = [one for one in error.args[0]] if lost else [error.args[0]]  # noqa: C416
        if lost:
            self._watch.resets += 1
            for one in partitions:
                log.error("bus.offset_reset", topic=one.topic, partition=one.partition)
        async with asyncio.timeout(RESET_S):
            await raw.seek_to_beginning(*partitions)

    async def _release(self) -> None:
        """Close the partitions, wait for the batch in hand, tell the owner, commit what was asked for."""
        leaving, self._open = self._open, frozenset()
        self._waiting.clear()
        if not leaving:
            return
        drained = False
        try:
            async with asyncio.timeout(self._member.drain_s):
                drained = await self._processing.acquire()
        except TimeoutError:
            log.error("bus.drain_deadline", group=self._member.group)
        try:
            if self._member.on_revoked is not None:
                async with asyncio.timeout(REBALANCE_MARGIN_S / 2):
                    await self._member.on_revoked(leaving)
        except TimeoutError:
            log.error("bus.revoke_callback_deadline", group=self._member.group)
        finally:
            if drained:
                self._processing.release()
        await self._watch.commit(self._raw, timeout_s=LAST_COMMIT_S)
        self._watch.commits.clear()

    async def _drop(self) -> None:
        if self._raw is None:
            return
        await self._watch.stop()
        try:
            await self._release()
        finally:
            raw, self._raw = self._raw, None
            await stop_consumer(raw)
            await self._watch.abandon_commit()

    def _owned(
        self, partitions: Iterable[Partition]
    ) -> list[tuple[AIOKafkaConsumer, TopicPartition]]:
        return [(self._raw, TopicPartition(*one)) for one in partitions if one in self._open]


def _received(record: Any) -> InRecord:
    return InRecord(
        record.topic,
        record.partition,
        record.offset,
        record.key or b"",
        record.headers,
        record.value,
        record.timestamp,
    )


def _unreadable(one: TopicPartition, offset: int) -> InRecord:
    return InRecord(one.topic, one.partition, offset, b"", (), None, 0, "record_too_large")
