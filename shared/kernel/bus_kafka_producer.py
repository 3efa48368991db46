"""The Kafka producer: idempotent, one batch at a time per partition, thrown away after any failure it cannot repair.

Why each partition waits for its batch before it sends the next: after a refused batch the broker may well take the
one behind it (a new producer has no sequence there yet), and a fact would overtake an earlier one of its case.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    KafkaError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
)

from shared.kernel.bus import (
    ACKED,
    RECORD_BYTES_MAX,
    SEND_DEADLINE_S,
    Outcome,
    OutRecord,
    SendResult,
    record_bytes,
)
from shared.kernel.bus_kafka_client import (
    CLIENT_FAULTS,
    START_S,
    Backoff,
    KafkaAccess,
    discard_producer,
)
from shared.kernel.murmur2 import murmur2

BATCH_BYTES_MAX: Final = 262_144
REQUEST_TIMEOUT_MS: Final = 15_000
UNKNOWN_TOPIC_CONFIRM_S: Final = 2.0
"""A topic is believed missing after the cluster has said so for this long; one broker may lag behind."""

REFUSED_FOR_ITSELF: Final = (
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    PolicyViolationError,
)
"""The broker refuses the batch because of what is in it; sending it again is no use."""

MissingTopics = Callable[[set[str]], Awaitable[set[str]]]
Key = tuple[str, bytes]


class _Round:
    """One call of `send_all`: the records, what became of each, and the keys that must wait behind a poison one."""

    def __init__(self, records: Sequence[OutRecord]) -> None:
        self.records = records
        self.results = [SendResult(Outcome.TRANSIENT, "not_sent")] * len(records)
        self.blocked: set[Key] = set()
        self.refused: list[tuple[TopicPartition, list[int]]] = []
        self.broken = False

    def key(self, index: int) -> Key:
        return self.records[index].topic, self.records[index].key

    def poison(self, index: int, reason: str) -> None:
        self.results[index] = SendResult(Outcome.POISON, reason)
        self.blocked.add(self.key(index))

    def transient(self, indexes: Sequence[int], reason: str) -> None:
        for index in indexes:
            self.results[index] = SendResult(Outcome.TRANSIENT, reason)

    def acked(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            self.results[index] = ACKED

    def is_held_back(self, index: int) -> bool:
        """Whether an earlier record of the key is poison; notes it as the reason."""
        if self.key(index) not in self.blocked:
            return False
        self.transient([index], "behind_poison")
        return True


class KafkaProducer:
    """See `shared.kernel.bus.Producer`."""

    def __init__(
        self,
        access: KafkaAccess,
        missing_topics: MissingTopics,
        *,
        deadline_s: float = SEND_DEADLINE_S,
    ) -> None:
        self._access = access
        self._missing_topics = missing_topics
        self._deadline_s = deadline_s
        self._raw: AIOKafkaProducer | None = None
        self._backoff = Backoff()
        self._known: set[str] = set()
        self._missing_since: dict[str, float] = {}
        self.rebuilds = 0

    async def send_all(self, records: Sequence[OutRecord]) -> list[SendResult]:
        """Send in the given order; result i belongs to record i."""
        this = _Round(records)
        if not records:
            return []
        try:
            async with asyncio.timeout(self._deadline_s):
                if await self._backoff.wait(self._deadline_s):
                    await self._send(this)
        except CLIENT_FAULTS as error:
            this.broken = True
            waiting = [i for i, one in enumerate(this.results) if one.reason == "not_sent"]
            this.transient(waiting, _code(error))
        except asyncio.CancelledError:
            await self._discard()
            raise
        if this.broken:
            await self._discard()
            self._backoff.failed()
        else:
            self._backoff.succeeded()
        return this.results

    async def aclose(self) -> None:
        """Stop within seconds; nothing is pending between two calls of `send_all`."""
        await self._discard()

    async def _send(self, this: _Round) -> None:
        lanes = await self._lanes(this)
        raw = await self._started()
        await asyncio.gather(*(self._send_lane(raw, this, *lane) for lane in lanes.items()))
        for partition, indexes in this.refused:
            await self._send_singly(this, partition, indexes)

    async def _lanes(self, this: _Round) -> dict[TopicPartition, list[int]]:
        """The records to send, by partition and in order; those that cannot be sent get their result here."""
        missing = await self._check_topics({record.topic for record in this.records})
        counts: dict[str, int] = {}
        lanes: dict[TopicPartition, list[int]] = defaultdict(list)
        for index, record in enumerate(this.records):
            if this.is_held_back(index):
                continue
            if record.topic in missing:
                self._refuse_unknown_topic(this, index)
            elif record_bytes(record) > RECORD_BYTES_MAX:
                this.poison(index, "record_too_large")
            else:
                if record.topic not in counts:
                    raw = await self._started()
                    counts[record.topic] = len(await raw.partitions_for(record.topic))
                number = partition_of(record.key, counts[record.topic])
                lanes[TopicPartition(record.topic, number)].append(index)
        return lanes

    async def _check_topics(self, topics: set[str]) -> set[str]:
        """Ask before the first send: aiokafka would wait `request_timeout_ms` for each topic that is not there."""
        unsure = topics - self._known
        if not unsure:
            return set()
        missing = await self._missing_topics(unsure)
        self._known |= unsure - missing
        now = time.monotonic()
        self._missing_since = {one: self._missing_since.get(one, now) for one in missing}
        return missing

    def _refuse_unknown_topic(self, this: _Round, index: int) -> None:
        since = self._missing_since[this.records[index].topic]
        if time.monotonic() - since < UNKNOWN_TOPIC_CONFIRM_S:
            this.transient([index], "unknown_topic")
        else:
            this.poison(index, "unknown_topic")

    async def _send_lane(
        self, raw: AIOKafkaProducer, this: _Round, partition: TopicPartition, indexes: list[int]
    ) -> None:
        start = 0
        while start < len(indexes):
            batch, end = _fill(raw, this, indexes, start)
            try:
                await (await raw.send_batch(batch, partition.topic, partition=partition.partition))
            except REFUSED_FOR_ITSELF:
                this.broken = True
                this.refused.append((partition, indexes[start:]))
                return
            except CLIENT_FAULTS as error:
                this.broken = True
                self._known.discard(partition.topic)  # it may have been deleted: ask again
                this.transient(indexes[start:], _code(error))
                return
            this.acked(indexes[start:end])
            start = end

    async def _send_singly(
        self, this: _Round, partition: TopicPartition, indexes: list[int]
    ) -> None:
        """Find the record the broker refuses. After each refusal a new producer: the old one has a hole."""
        await self._discard()
        for place, index in enumerate(indexes):
            if this.is_held_back(index):
                continue
            raw = await self._started()
            batch, _ = _fill(raw, this, [index], 0)
            try:
                await (await raw.send_batch(batch, partition.topic, partition=partition.partition))
            except REFUSED_FOR_ITSELF as error:
                this.poison(index, _code(error))
                await self._discard()
            except CLIENT_FAULTS as error:
                this.transient(indexes[place:], _code(error))
                return
            else:
                this.acked([index])

    async def _started(self) -> AIOKafkaProducer:
        if self._raw is None:
            raw = AIOKafkaProducer(
                **self._access.options(),
                acks="all",
                enable_idempotence=True,
                linger_ms=0,
                max_batch_size=BATCH_BYTES_MAX,
                request_timeout_ms=REQUEST_TIMEOUT_MS,
            )
            self._raw = raw
            async with asyncio.timeout(START_S):
                await raw.start()
        return self._raw

    async def _discard(self) -> None:
        raw, self._raw = self._raw, None
        if raw is not None:
            self.rebuilds += 1
            await discard_producer(raw)


def partition_of(key: bytes, partitions: int) -> int:
    """Where Kafka's own clients would put the key, so that theirs and ours agree."""
    return (murmur2(key) & 0x7FFFFFFF) % partitions


def _fill(raw: AIOKafkaProducer, this: _Round, indexes: list[int], start: int) -> tuple[Any, int]:
    """A batch of the records from `start`, and where the next one begins. The first record always fits."""
    batch = raw.create_batch()
    end = start
    while end < len(indexes):
        record = this.records[indexes[end]]
        taken = batch.append(
            timestamp=None, key=record.key, value=record.value, headers=record.headers
        )
        if taken is None:
            break
        end += 1
    batch.close()
    return batch, end


def _code(error: BaseException) -> str:
    """A stable code for a failure; the texts of aiokafka may quote the record."""
    if isinstance(error, REFUSED_FOR_ITSELF):
        return (
            "refused_by_policy" if isinstance(error, PolicyViolationError) else "record_too_large"
        )
    if isinstance(error, TimeoutError):
        return "deadline"
    return type(error).__name__ if isinstance(error, KafkaError) else "connection"
