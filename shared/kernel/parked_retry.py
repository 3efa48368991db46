"""Tries the head of each parked key again, in order, with growing pauses; after that a person decides."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import select

from shared.kernel import parked
from shared.kernel.consumer import EventConsumer
from shared.kernel.incoming import read
from shared.kernel.tables import parked as parked_table
from shared.kernel.tables import watermark
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Unavailable
from shared.vocabulary.people import SYSTEM

LOOK_S = 1.0
ATTEMPTS_MAX = 8
PAUSE_S = (1, 2, 5, 15, 60, 120, 300, 600)
GAP_PAUSE_S = 5
"""A hole is filled by its owner (`republish`), so its key looks often and is never given up."""
log = structlog.get_logger("kernel.parked")


class StillWaiting(Exception):
    """The fact cannot be applied yet, or not by this code: a hole before it, a version of the future."""


_DUE = """
SELECT id FROM kernel.parked WHERE state = 'head' AND next_try_at <= now() ORDER BY next_try_at, id LIMIT 50
"""


@dataclass(slots=True)
class ParkedRetry:
    """Works through the parked messages of one consumer."""

    consumer: EventConsumer

    async def run(self) -> None:
        """Look once a second, for ever."""
        while True:
            if not await self.retry_due():
                await asyncio.sleep(LOOK_S)

    async def retry_due(self) -> int:
        """Try every head that is due; how many took effect or were found to be duplicates."""
        done = 0
        for row in await self.consumer.context.db.pool.fetch(_DUE):
            try:
                done += await self._retry(row["id"])
            except Unavailable:
                raise
            except Exception as error:
                log.warning("parked.failed", exc_info=error)
                await self._postpone(row["id"], _code_of(error))
        return done

    async def _retry(self, parked_id: int) -> int:
        db = self.consumer.context.db
        async with db.transaction(actor=SYSTEM) as tx:
            row = await self._lock(tx, parked_id)
            if row is None:
                return 0
            one = read(parked.record_of(row))
            marks = await parked.watermarks(tx, [row["aggregate_id"]])
            verdict = self.consumer.judge(one, marks, {}, None)
            if verdict not in {"apply", "duplicate"}:
                raise StillWaiting(verdict)
            if verdict == "apply":
                await self.consumer.apply_one(tx, one)
                applied = marks.get(row["aggregate_id"], (0, 0))[1] + 1
                values = parked.mark(row["aggregate_id"], one.version, applied)
                tx.upsert(watermark, values, ("aggregate_id",))
            values = {"state": "replayed", "resolved_at": tx.now, "resolved_by": tx.actor.id}
            tx.change(parked_table, {"id": row["id"]}, values)
            await parked.next_of_key(tx, row)
        return 1

    async def _lock(self, tx: Tx, parked_id: int) -> Any:
        return await tx.one(
            select(parked_table)
            .where(parked_table.c.id == parked_id, parked_table.c.state == "head")
            .with_for_update(skip_locked=True)
        )

    async def _postpone(self, parked_id: int, code: str) -> None:
        async with self.consumer.context.db.transaction(actor=SYSTEM) as tx:
            row = await self._lock(tx, parked_id)
            if row is None:
                return
            attempts = row["attempts"] + 1
            pause = PAUSE_S[min(attempts, len(PAUSE_S)) - 1]
            dead = attempts >= ATTEMPTS_MAX and code != "gap"
            values = {
                "attempts": attempts,
                "code": code,
                "next_try_at": tx.now + timedelta(seconds=GAP_PAUSE_S if code == "gap" else pause),
                "state": "dead" if dead else "head",
            }
            tx.change(parked_table, {"id": parked_id}, values)


def _code_of(error: Exception) -> str:
    """What the list shows: the class of the error, or what the fact still waits for."""
    return str(error) if isinstance(error, StillWaiting) else type(error).__name__
