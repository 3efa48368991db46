"""The bus without Kafka: a simulated broker in this process, with faults at will, for thousands of histories a minute."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from shared.kernel.bus import (
    ACKED,
    DRAIN_S,
    POLL_RECORDS_MAX,
    RECORD_BYTES_MAX,
    SESSION_S,
    InRecord,
    Membership,
    OnAssigned,
    OnRevoked,
    Outcome,
    OutRecord,
    Partition,
    Progress,
    Readiness,
    SendResult,
    TopicSpec,
    record_bytes,
)
from shared.kernel.bus_memory_cluster import Cluster, Faults, OffsetGone

OUTAGE_PAUSE_S = 0.02


class MemoryBus:
    """See `shared.kernel.bus.Bus`. `cluster` is the handle for faults; `stop` and `start` make an outage."""

    def __init__(self, seed: int = 0, faults: Faults | None = None) -> None:
        self.cluster = Cluster(seed, faults or Faults())

    def stop(self) -> None:
        """The broker goes away; nothing is lost."""
        self.cluster.up = False

    def start(self) -> None:
        """The broker is back."""
        self.cluster.up = True
        self.cluster.tell()

    def producer(self) -> "MemoryProducer":
        """A producer."""
        return MemoryProducer(self.cluster)

    def consumer(
        self,
        group: str,
        topics: Sequence[str],
        *,
        on_assigned: OnAssigned | None = None,
        on_revoked: OnRevoked | None = None,
        session_s: float = SESSION_S,
        drain_s: float = DRAIN_S,
    ) -> "MemoryConsumer":
        """A member of `group` that joins at its first poll."""
        member = Membership(group, topics, on_assigned, on_revoked, session_s, drain_s)
        return MemoryConsumer(self.cluster, member)

    async def ensure_topics(self, specs: Sequence[TopicSpec]) -> None:
        """Create what is missing."""
        for spec in specs:
            self.cluster.create(spec)

    async def lag(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        """Records between the group's committed offset and the end, per partition."""
        lag = {}
        for topic in topics:
            for number in range(self.cluster.topics[topic].partitions):
                start, end = self.cluster.ends((topic, number))
                lag[(topic, number)] = end - max(
                    self.cluster.committed(group, (topic, number)) or 0, start
                )
        return lag

    async def ready(self, topics: Sequence[str] = ()) -> Readiness:
        """Whether the broker is there and has the topics."""
        if not self.cluster.up:
            return Readiness(("cluster",))
        return Readiness(tuple(f"topic:{one}" for one in topics if one not in self.cluster.topics))

    async def aclose(self) -> None:
        """Nothing is held."""


class MemoryProducer:
    """See `shared.kernel.bus.Producer`."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    async def send_all(self, records: Sequence[OutRecord]) -> list[SendResult]:
        """Send in the given order; result i belongs to record i."""
        if not self._cluster.up:
            await asyncio.sleep(OUTAGE_PAUSE_S)
            return [SendResult(Outcome.TRANSIENT, "connection")] * len(records)
        await asyncio.sleep(0)
        failed: set[Partition] = set()
        blocked: set[tuple[str, bytes]] = set()
        return [self._send(record, failed, blocked) for record in records]

    def _send(
        self, record: OutRecord, failed: set[Partition], blocked: set[tuple[str, bytes]]
    ) -> SendResult:
        key = record.topic, record.key
        if key in blocked:
            return SendResult(Outcome.TRANSIENT, "behind_poison")
        poison = self._poison(record)
        if poison:
            blocked.add(key)
            return SendResult(Outcome.POISON, poison)
        cluster, faults = self._cluster, self._cluster.faults
        partition = cluster.partition_of(record)
        if partition in failed:
            return SendResult(Outcome.TRANSIENT, "not_sent")
        if cluster.happens(faults.refused):
            failed.add(partition)
            return SendResult(Outcome.TRANSIENT, "refused")
        for _ in range(2 if cluster.happens(faults.twice) else 1):
            cluster.append(partition, record)
        if cluster.happens(faults.lost_ack):
            failed.add(partition)
            return SendResult(Outcome.TRANSIENT, "deadline")
        return ACKED

    def _poison(self, record: OutRecord) -> str | None:
        if record.topic not in self._cluster.topics:
            return "unknown_topic"
        return "record_too_large" if record_bytes(record) > RECORD_BYTES_MAX else None

    async def aclose(self) -> None:
        """Nothing is held."""


class MemoryConsumer:
    """See `shared.kernel.bus.Consumer`."""

    def __init__(self, cluster: Cluster, member: Membership) -> None:
        self.topics = member.topics
        self._cluster = cluster
        self._member = member
        self._processing = asyncio.Lock()
        self._waiting: frozenset[Partition] = frozenset()
        self._open: frozenset[Partition] = frozenset()
        self._positions: dict[Partition, int] = {}
        self._paused: set[Partition] = set()
        self._commits: dict[Partition, int] = {}
        self._is_in = self._is_lost = self._closed = False
        self._progress_at = self._contact_at = time.monotonic()
        self._resets = 0

    async def poll(
        self, timeout_s: float, max_records: int = POLL_RECORDS_MAX
    ) -> dict[Partition, list[InRecord]]:
        """The next records, by partition; what `on_assigned` raises comes out here."""
        if self._closed:
            raise RuntimeError("this consumer is closed")
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout_s
        while True:
            if self._cluster.up:
                await self._take_part()
                batch = self._collect(max_records)
                if batch:
                    return batch
            if loop.time() >= until or self._closed:
                return {}
            await self._cluster.wait_for_news(until - loop.time())

    @contextlib.asynccontextmanager
    async def processing(self) -> AsyncIterator[frozenset[Partition]]:
        """Hold while handling a batch; gives the partitions still owned."""
        async with self._processing:
            yield self._open

    def seek(self, partition: Partition, offset: int) -> None:
        """Read on from `offset`."""
        if partition in self._open:
            self._positions[partition] = offset

    def pause(self, partitions: Iterable[Partition]) -> None:
        """Hand out nothing of these."""
        self._paused |= self._open & set(partitions)

    def resume(self, partitions: Iterable[Partition]) -> None:
        """Undo `pause`."""
        self._paused -= set(partitions)

    def request_commit(self, offsets: Mapping[Partition, int]) -> None:
        """Note offsets; they are stored at the next poll."""
        self._commits.update({one: at for one, at in offsets.items() if one in self._open})

    def progress(self) -> Progress:
        """For liveness and metrics."""
        lag = {
            one: self._cluster.ends(one)[1] - at
            for one, at in self._positions.items()
            if one in self._open
        }
        return Progress(self._progress_at, lag, self._contact_at, 0, self._resets)

    async def aclose(self) -> None:
        """Drain, commit, leave."""
        self._closed = True
        await self.let_go()
        await self._cluster.leave(self._member.group, self)

    async def let_go(self) -> None:
        """Close the partitions, wait for the batch in hand, tell the owner, commit what was asked for."""
        leaving, self._open, self._waiting = self._open, frozenset(), frozenset()
        if not leaving:
            return
        drained = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._member.drain_s):
                drained = await self._processing.acquire()
        try:
            if self._member.on_revoked is not None:
                await self._member.on_revoked(leaving)
        finally:
            if drained:
                self._processing.release()
        self._commit()

    def take(self, partitions: frozenset[Partition]) -> None:
        """Partitions were dealt to this member; the next poll asks where to start."""
        self._waiting = partitions
        self._paused.clear()
        self._positions.clear()

    def lose(self) -> None:
        """Put out of the group; until the next poll this member believes that it still owns everything."""
        self._is_lost = True

    async def _take_part(self) -> None:
        self._contact_at = time.monotonic()
        if self._is_lost:
            await self.let_go()
            self._is_lost = self._is_in = False
        if not self._is_in:
            self._is_in = True
            await self._cluster.join(self._member.group, self)
        self._commit()
        if not self._waiting:
            return
        asked, starts = self._waiting, {}
        if self._member.on_assigned is not None:
            starts = dict(await self._member.on_assigned(asked))
        if asked is self._waiting:  # else rebalanced meanwhile: the next poll asks again
            self._waiting, self._open = frozenset(), asked
            for one in asked:
                committed = self._cluster.committed(self._member.group, one)
                start = starts.get(one)
                first = self._cluster.ends(one)[0] if committed is None else committed
                self._positions[one] = first if start is None else start

    def _collect(self, max_records: int) -> dict[Partition, list[InRecord]]:
        cluster = self._cluster
        left, partitions = max_records, sorted(self._open - self._paused)
        if cluster.faults.jumble:
            cluster.chance.shuffle(partitions)
            left = cluster.chance.randint(1, max_records)
        batch: dict[Partition, list[InRecord]] = {}
        for one in partitions:
            try:
                found = cluster.read(one, self._positions[one], left)
            except OffsetGone:
                self._resets += 1
                self._positions[one] = cluster.ends(one)[0]
                found = cluster.read(one, self._positions[one], left)
            if found:
                batch[one] = found
                left -= len(found)
                self._positions[one] = found[-1].offset + 1
            if not left:
                break
        if batch or not any(self.progress().lag.values()):
            self._progress_at = time.monotonic()
        return batch

    def _commit(self) -> None:
        commits, self._commits = self._commits, {}
        if commits:
            self._cluster.commit(self._member.group, self, commits)
