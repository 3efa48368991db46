"""DOOR 3: what time starts. A timer fires at least once, takes effect once, never before its time by the database's clock."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import text

from shared.kernel import metrics
from shared.kernel.context import Context
from shared.kernel.failpoint import failpoint
from shared.kernel.storage import TryAgain
from shared.kernel.tables import timer
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Conflict, Unavailable
from shared.vocabulary.people import SYSTEM

LOOK_S = 0.5
ATTEMPTS_MAX = 10
PAUSE_S = 30
"""After a failed firing the timer rests for attempts × this; after the last it waits for a person (`failed`)."""
log = structlog.get_logger("kernel.timers")

_DUE = text("""
SELECT id, owner, kind, occurrence, due_at, attempts, now() AS db_now FROM kernel.timer
WHERE state = 'pending' AND due_at <= now() ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
""")


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer whose time has come."""

    owner: UUID
    kind: str
    occurrence: str
    due_at: datetime


TimerHandler = Callable[[DueTimer, Tx], Awaitable[None]]


@dataclass(slots=True)
class TimerWorker:
    """Fires the timers of one service, in the order in which they are due."""

    context: Context
    service: str
    handlers: Mapping[str, TimerHandler]

    async def run(self) -> None:
        """Look twice a second, for ever; after downtime every due timer fires, in order."""
        while True:
            if not await self.fire_one():
                await asyncio.sleep(LOOK_S)

    async def fire_one(self) -> bool:
        """Fire the timer that has been due longest; False when none is due."""
        due: dict[str, Any] = {}
        try:
            async with self.context.db.transaction(actor=SYSTEM) as tx:
                row = await tx.one(_DUE)
                if row is None:
                    return False
                due.update(row)
                await self._fire(tx, due)
                failpoint("timers.before_commit")
            failpoint("timers.after_commit")
        except (Unavailable, asyncio.CancelledError):
            raise
        except (TryAgain, Conflict):
            return True
        except Exception as error:
            log.exception("timers.failed", kind=due.get("kind"), attempt=due.get("attempts"))
            await self._postpone(due, type(error).__name__)
        return True

    async def _fire(self, tx: Tx, due: Mapping[str, Any]) -> None:
        handler = self.handlers.get(due["kind"])
        if handler is None:
            raise LookupError(due["kind"])
        await handler(DueTimer(due["owner"], due["kind"], due["occurrence"], due["due_at"]), tx)
        tx.change(timer, due["id"], {"state": "fired", "fired_at": due["db_now"]})
        metrics.timer_fired(self.service, (due["db_now"] - due["due_at"]).total_seconds())

    async def _postpone(self, due: Mapping[str, Any], error: str) -> None:
        attempts = due["attempts"] + 1
        state = "failed" if attempts >= ATTEMPTS_MAX else "pending"
        await self.context.db.pool.fetch(
            "UPDATE kernel.timer SET attempts = $2, error = $3, state = $4,"
            " due_at = now() + make_interval(secs => $5) WHERE id = $1 AND state = 'pending'",
            due["id"],
            attempts,
            error,
            state,
            float(PAUSE_S * attempts),
        )
