"""What runs beside a Kafka consumer: the commit of offsets, the question how far behind it is, and doubt.

A consumer can be connected, in the group, and stuck for ever (aiokafka issues 1037, 1154). Only this tells: the broker
answers and has records for us, we are polled, and yet none is handed out. Then the supervisor builds a new consumer.
"""

import asyncio
import contextlib
import time
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError

from shared.kernel.bus import Partition, Progress
from shared.kernel.bus_kafka_client import CLIENT_FAULTS

TICK_S: Final = 1.0
COMMIT_S: Final = 5.0
"""aiokafka's own commit would retry for ever in an outage."""
SETTLE_S: Final = 0.05
"""Until a request on a closed connection has failed."""
LAG_EVERY_TICKS: Final = 5
LAG_S: Final = 5.0
STUCK_S: Final = 60.0
FRESH_S: Final = 15.0

log = structlog.get_logger("kernel.bus")


class Watch:
    """Lives as long as the consumer object; its task as long as one aiokafka client."""

    def __init__(self) -> None:
        now = time.monotonic()
        self.commits: dict[TopicPartition, int] = {}
        self.joined = False
        self.doubtful = False
        self.rebuilds = 0
        self.resets = 0
        self._progress_at = self._contact_at = self._polled_at = now
        self._lag: dict[Partition, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._commit: asyncio.Task[None] | None = None
        self._committing: dict[TopicPartition, int] = {}

    def start(self, raw: AIOKafkaConsumer) -> None:
        """Begin to watch a new client, without prejudice."""
        self.doubtful = self.joined = False
        self._progress_at = time.monotonic()
        self._task = asyncio.create_task(self._run(raw), name="bus-watch")

    async def stop(self) -> None:
        """End the task."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    def polled(self) -> None:
        """The owner asks for records: if none come, it is not the owner's fault."""
        self._polled_at = time.monotonic()

    def handed_out(self) -> None:
        """Records were given to the owner."""
        self._progress_at = self._contact_at = time.monotonic()

    def progress(self) -> Progress:
        """What is known."""
        return Progress(
            self._progress_at, dict(self._lag), self._contact_at, self.rebuilds, self.resets
        )

    def is_doubtful(self, raw: AIOKafkaConsumer) -> bool:
        """Whether the client should be replaced: it failed, lost a task, or stands still before a backlog."""
        dead = self._task is None or self._task.done() or raw._fetcher._fetch_task.done()
        if self.doubtful or dead:
            return True
        now = time.monotonic()
        stuck = (
            now - self._progress_at > STUCK_S
            and now - self._contact_at < FRESH_S
            and now - self._polled_at < FRESH_S
        )
        if stuck:
            log.error("bus.consumer_stuck", seconds=round(now - self._progress_at))
        return stuck

    async def commit(self, raw: AIOKafkaConsumer, *, timeout_s: float = COMMIT_S) -> None:
        """Commit what was requested. Failure is harmless: the truth about offsets is in the database."""
        owned = raw.assignment()
        offsets = {one: offset for one, offset in self.commits.items() if one in owned}
        if not offsets:
            return
        if self._commit is None or self._commit.done():
            self._commit = asyncio.create_task(raw.commit(offsets), name="bus-commit")
            self._commit.add_done_callback(_mark_as_seen)
            self._committing = offsets
        # never cancelled while it can still succeed: aiokafka shields the request and would lose sight of it
        await asyncio.wait([self._commit], timeout=timeout_s)
        if not self._commit.done():
            log.warning("bus.commit_waits")
            return
        error = self._commit.exception()
        if isinstance(error, CommitFailedError | IllegalStateError):
            log.warning("bus.commit_refused")  # the partitions have gone to somebody else
        elif error is not None:
            log.warning("bus.commit_failed", error_type=type(error).__name__)
            return
        for one, offset in self._committing.items():
            if self.commits.get(one) == offset:
                del self.commits[one]

    async def abandon_commit(self) -> None:
        """The client is closed: a commit that is still trying would do so for ever."""
        commit, self._commit = self._commit, None
        if commit is not None:
            await asyncio.wait([commit], timeout=SETTLE_S)
            commit.cancel()
            await asyncio.wait([commit])

    async def _run(self, raw: AIOKafkaConsumer) -> None:
        tick = 0
        while True:
            await asyncio.sleep(TICK_S)
            await self.commit(raw)
            if tick % LAG_EVERY_TICKS == 0:
                with contextlib.suppress(*CLIENT_FAULTS):
                    async with asyncio.timeout(LAG_S):
                        await self._measure(raw)
            tick += 1

    async def _measure(self, raw: AIOKafkaConsumer) -> None:
        """Asked apart from fetching, so that a fetcher that stands still cannot report that all is read."""
        partitions = raw.assignment()
        if partitions:
            ends = await raw.end_offsets(partitions)
        else:
            ends = {}
            await raw.topics()
        self._contact_at = time.monotonic()
        paused = raw.paused()
        positions = {one: await raw.position(one) for one in partitions}
        self._lag = {
            (one.topic, one.partition): max(ends[one] - positions[one], 0) for one in partitions
        }
        behind = any(self._lag[one] for one in self._lag if TopicPartition(*one) not in paused)
        if self.joined and not behind:
            self._progress_at = self._contact_at


def _mark_as_seen(commit: asyncio.Task[None]) -> None:
    """Else a commit that fails after its time-out is reported as an error nobody looked at."""
    if not commit.cancelled():
        commit.exception()
