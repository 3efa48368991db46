"""DOOR 2: facts of other services take effect here, once each and in order for each aggregate.

A polled batch is one transaction: the fence (stored offsets), the watermarks, the effects and the facts that follow
from them commit together. When a batch fails it is done again one record at a time, so that only the guilty one parks,
together with what comes after it for the same aggregate; everything else flows.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

from shared.contracts.base import Event
from shared.contracts.topics import BY_NAME
from shared.kernel import health, metrics, offsets, parked
from shared.kernel.bus import Consumer, InRecord, Partition
from shared.kernel.clock import now
from shared.kernel.context import Context
from shared.kernel.failpoint import failpoint
from shared.kernel.incoming import NOBODY, Incoming, read
from shared.kernel.offsets import FenceLost
from shared.kernel.storage import TryAgain
from shared.kernel.tables import watermark
from shared.kernel.tracing import continue_from, span
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Conflict, Unavailable
from shared.vocabulary.people import SYSTEM

Handler = Callable[[Any, Tx], Awaitable[None]]
Subscriptions = Mapping[type[Event], Sequence[Handler]]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A fact and what travelled around it, as a projection gets it."""

    event: Event
    envelope: Any


Projection = Callable[[list[Delivered], Tx], Awaitable[None]]

POLL_S = 0.5
TRIES_MAX = 5
"""How often a race or deadlock is tried again before the record parks."""
BACK_OFF_S = (0.1, 0.2, 0.5, 1.0, 2.0)
log = structlog.get_logger("kernel.consumer")


@dataclass(slots=True)
class EventConsumer:
    """Everything one service listens to."""

    context: Context
    service: str
    subscriptions: Subscriptions
    projection: Projection | None = None
    positions: dict[Partition, int] = field(default_factory=dict)

    @property
    def topics(self) -> list[str]:
        """The topics of the subscribed facts."""
        return sorted({event.topic for event in self.subscriptions})

    async def run(self) -> None:
        """Read and apply for ever; ends by cancellation, or by an error that the supervisor answers with a restart."""
        consumer = self.context.bus.consumer(
            self.service,
            self.topics,
            on_assigned=self.assigned,
            session_s=self.context.settings.kafka_session_s,
        )
        try:
            while True:
                polled = await consumer.poll(POLL_S)
                lag = sum(consumer.progress().lag.values())
                metrics.consumer_lag(self.service, lag)
                health.turn(busy=lag > 0, moved=bool(polled))
                if polled:
                    async with consumer.processing() as owned:
                        await self._take(consumer, polled, owned)
        finally:
            await consumer.aclose()

    async def assigned(self, partitions: frozenset[Partition]) -> dict[Partition, int | None]:
        """Where to go on reading: the offsets stored with the effects, not Kafka's own."""
        stored = await offsets.load(self.context.db.pool, partitions)
        self.positions = {**self.positions, **stored}
        return {partition: stored[partition] for partition in partitions}

    async def _take(
        self,
        consumer: Consumer,
        polled: Mapping[Partition, list[InRecord]],
        owned: frozenset[Partition],
    ) -> None:
        records = [
            record
            for partition, found in polled.items()
            if partition in owned
            for record in found
            if record.offset >= self.positions.get(partition, 0)
        ]
        try:
            await self.apply_all(records)
        except FenceLost:
            log.warning("consumer.fence_lost", service=self.service)
            for partition, offset in (await self.assigned(owned)).items():
                consumer.seek(partition, offset or 0)
            return
        consumer.request_commit({p: self.positions[p] for p in polled if p in self.positions})

    async def apply_all(self, records: list[InRecord]) -> None:
        """As one batch; if that fails, one by one. An unreachable database stops everything until it is back."""
        if not records:
            return
        try:
            await self._patiently(records)
        except FenceLost:
            raise
        except Exception as error:
            log.warning("consumer.batch_failed", count=len(records), exc_info=error)
            for record in records:
                await self._apply_or_park(record)

    async def _apply_or_park(self, record: InRecord) -> None:
        try:
            await self._patiently([record])
        except FenceLost:
            raise
        except Exception as error:
            log.exception("consumer.parked", topic=record.topic, offset=record.offset)
            await self._patiently([record], blame=type(error).__name__)

    async def _patiently(self, records: list[InRecord], blame: str | None = None) -> None:
        tries = 0
        while True:
            try:
                await self._apply(records, blame)
            except Unavailable:
                health.turn(busy=False)
                await asyncio.sleep(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
            except (TryAgain, Conflict):
                if tries >= TRIES_MAX:
                    raise
                await asyncio.sleep(BACK_OFF_S[0] * tries)
            else:
                return
            tries += 1

    async def _apply(self, records: list[InRecord], blame: str | None) -> None:
        """One transaction: fence, watermarks, effects."""
        incoming = [read(record) for record in records]
        moved = {(r.topic, r.partition): r.offset + 1 for r in records}
        async with self.context.db.transaction(actor=SYSTEM) as tx:
            moves = {p: (self.positions.get(p, 0), new) for p, new in moved.items()}
            about = {one.subject for one in incoming} - {NOBODY}
            fenced = await offsets.fence(tx, moves, about, retold=self.projection is not None)
            # Asked after the watermarks are locked: a retry that resolves a parked fact holds its watermark until it
            # commits. A key that waits always has one.
            waiting = await parked.open_keys(tx, fenced.marks) if fenced.waits else {}
            await self._effects(tx, incoming, fenced.marks, waiting, blame)
            failpoint("consumer.before_commit")
        failpoint("consumer.after_commit")
        self.positions.update(moved)
        if newest := [one.envelope.time for one in incoming if one.envelope]:
            age = (now() - max(newest)).total_seconds()
            metrics.consumer_lag_seconds(self.service, age)

    async def _effects(
        self,
        tx: Tx,
        incoming: list[Incoming],
        marks: dict[UUID, tuple[int, int]],
        waiting: dict[UUID, int],
        blame: str | None,
    ) -> None:
        delivered: list[Delivered] = []
        changed: dict[Any, dict[str, Any]] = {}
        for one in incoming:
            verdict = self.judge(one, marks, waiting, blame)
            metrics.consumed(self.service, verdict)
            if verdict == "undecodable":
                parked.report_undecodable(tx, one)
            elif verdict == "duplicate":
                continue
            elif verdict != "apply":
                parked.park(tx, one, verdict, first=one.subject not in waiting)
                waiting.setdefault(one.subject, one.version)
                # A key that waits always has a watermark: it is the lock between this and a retry.
                seen, applied = marks.setdefault(one.subject, (0, 0))
                changed[one.subject] = parked.mark(one.subject, seen, applied)
            else:
                await self._one(tx, one, delivered)
                applied = marks.get(one.subject, (0, 0))[1] + 1
                marks[one.subject] = (one.version, applied)
                changed[one.subject] = parked.mark(one.subject, one.version, applied)
        if delivered and self.projection:
            await self.projection(delivered, tx)
        if changed:
            tx.upsert_many(watermark, list(changed.values()), ("aggregate_id",))

    def judge(
        self,
        one: Incoming,
        marks: Mapping[Any, tuple[int, int]],
        waiting: Mapping[Any, int],
        blame: str | None,
    ) -> str:
        """`apply`, `duplicate`, `undecodable`, or the code under which the record parks."""
        if one.envelope is None:
            return "undecodable"
        seen = marks.get(one.subject, (0, 0))[0]
        if one.version <= seen:
            return "duplicate"
        if blame or one.fault:
            return blame or one.fault or ""
        compacted = BY_NAME[one.record.topic].compacted if one.record.topic in BY_NAME else False
        first_waiting = waiting.get(one.subject)
        if first_waiting is not None and one.version >= first_waiting:
            return "behind"
        return "apply" if compacted or one.version == seen + 1 else "gap"

    async def _one(self, tx: Tx, one: Incoming, delivered: list[Delivered]) -> None:
        event = one.event
        if event is None or one.envelope is None:
            return
        handlers = self.subscriptions.get(type(event), ())
        if self.projection and type(event) in self.subscriptions:
            delivered.append(Delivered(event, one.envelope))
        for handler in handlers:
            await tx.flush()  # what the one before wrote and told, in its cause's name
            tx.because(one.envelope)
            with continue_from(one.envelope.traceparent), span(handler.__name__):
                await handler(event, tx)

    async def apply_one(self, tx: Tx, one: Incoming) -> None:
        """The effect of one parked fact."""
        delivered: list[Delivered] = []
        await self._one(tx, one, delivered)
        if delivered and self.projection:
            await self.projection(delivered, tx)
