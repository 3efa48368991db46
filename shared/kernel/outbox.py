"""The relay: sends the facts that were committed, in order, and forgets only what the broker acknowledged.

It reads *unsent rows* from the start, never "rows after the last id": ids commit out of order, and such a cursor loses
the late ones. One leader per database (a session advisory lock on a connection of its own) keeps the order per case;
a deposed leader can only repeat: what it had read unsent, its successor reads too.

The lock is a lease: PostgreSQL ends a leader's connection, and with it the lock, when nothing was heard on it for
`LEADER_SILENCE_S`. A process that stands still (stopped, swapped out, a paused machine) holds nobody up for longer, and
finds its connection gone when it wakes: it can then neither read nor forget anything before it leads again.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import asyncpg
import structlog

from shared.kernel import health, metrics
from shared.kernel.bus import Bus, Outcome, Producer, SendResult
from shared.kernel.failpoint import failpoint
from shared.kernel.republish import BACK_OFF_S, BATCH_ROWS, Mark, to_record
from shared.kernel.storage import SERVER_SETTINGS, Pool

LEADER_LOCK = 0x6E6C_0001
LEADER_RETRY_S = 1.0
LEADER_SILENCE_S = 5.0
"""Longer than an event loop is ever blocked by its own work; a successor leads within this and `LEADER_RETRY_S`."""
LEADER_STATEMENT_S = 12.0
"""For one that stands still between two halves of a statement (asyncpg prepares and runs it in two round trips): that is
no idle session to PostgreSQL. Longer than `statement_timeout`, so that no live leader is put out by it."""
LEADER_BEAT_S = 1.0
"""How often a leader that waits for the broker lets PostgreSQL hear of it."""
IDLE_POLL_S = 0.25
FOLLOW_S = 0.02
"""After a batch that was not full: other processes may be telling, and what was acknowledged leaves with the next look."""
VACUUM_AFTER_ROWS = 20_000
LEASE = {
    **SERVER_SETTINGS,
    "idle_session_timeout": f"{LEADER_SILENCE_S * 1000:.0f}",
    "transaction_timeout": f"{LEADER_STATEMENT_S * 1000:.0f}",
    "synchronous_commit": "off",  # a crash of PostgreSQL that brings a sent row back has it sent again, no more
}
log = structlog.get_logger("kernel.relay")
T = TypeVar("T")

UNSENT = """
WITH gone AS (DELETE FROM kernel.outbox WHERE id = ANY($3::bigint[])),
     due AS MATERIALIZED (
  SELECT id FROM kernel.outbox
  WHERE poison IS NULL AND aggregate_id <> ALL($2::uuid[])
    AND id NOT IN (SELECT unnest($3::bigint[] || $4::bigint[]))
  ORDER BY id LIMIT $1)
SELECT e.* FROM due CROSS JOIN LATERAL (
  SELECT id, event_id, topic, aggregate_id, aggregate_version, name, version, body,
         correlation_id, causation_id, actor_id, traceparent, occurred_at
  FROM kernel.event WHERE id = due.id OFFSET 0) e
ORDER BY e.id
"""
"""The next batch ($4: without the one that is on its way); what was acknowledged ($3) leaves in the same round trip.

Each fact is looked up by its id. A plain join left that to the planner, which merged the outbox with the whole history
from its first fact on: 200 ms for each look at 190 000 facts, and ever more.
"""
_POISONED = "SELECT DISTINCT aggregate_id FROM kernel.outbox WHERE poison IS NOT NULL"
_SENT = "DELETE FROM kernel.outbox WHERE id = ANY($1::bigint[])"
_POISON = "UPDATE kernel.outbox SET poison = $2 WHERE id = $1"
_OLDEST = """
SELECT count(*) AS rows, count(*) FILTER (WHERE o.poison IS NOT NULL) AS poisoned,
       extract(epoch FROM now() - (SELECT occurred_at FROM kernel.event WHERE id = min(o.id)))::float8 AS age_s
FROM (SELECT id, poison FROM kernel.outbox ORDER BY id LIMIT 10000) o
"""


class Deposed(Exception):
    """This process was silent for so long that another may lead by now."""


@dataclass(slots=True)
class Relay:
    """Sends one service's outbox."""

    url: str
    pool: Pool
    bus: Bus
    source: str
    batch_rows: int = BATCH_ROWS
    sent: int = 0
    since_vacuum: int = 0
    acked: list[int] = field(default_factory=list)
    """Rows that the broker has and the outbox need not keep."""
    ahead: list[Any] = field(default_factory=list)
    """The next batch, read while the last one was on its way; sent only if all of that arrived."""
    heard: float = 0.0
    """When the last statement began that PostgreSQL answered on the leader's connection."""
    mark: Mark = field(default_factory=Mark)

    async def run(self) -> None:
        """Lead when nobody else does, and send for ever; ends only by cancellation or a lost connection."""
        connection = await asyncpg.connect(
            self.url, server_settings={**LEASE, "application_name": f"{self.source}-relay"}
        )
        producer = self.bus.producer()
        try:
            while not await connection.fetchval(  # noqa: ASYNC110 - the lock is in the database
                "SELECT pg_try_advisory_lock($1)", LEADER_LOCK
            ):
                await asyncio.sleep(LEADER_RETRY_S)
            poisoned = [row["aggregate_id"] for row in await connection.fetch(_POISONED)]
            while True:
                self.pool.told.clear()
                await self.mark.keep(connection)
                if pause := await self._send_some(connection, producer, poisoned):
                    health.turn(busy=False)
                    await self._wait(pause)
        finally:
            await producer.aclose()
            # What cannot be forgotten now is sent again by the next leader, and dropped by who knows it.
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await connection.execute(_SENT, self.acked)
            await connection.close(timeout=2)

    async def _wait(self, pause: float) -> None:
        """Until this process commits a fact, or for the time after which others may have."""
        try:
            async with asyncio.timeout(pause):
                await self.pool.told.wait()
        except TimeoutError:
            return

    async def _send_some(self, connection: Any, producer: Producer, poisoned: list[Any]) -> float:
        """Send one batch; for how many seconds nobody needs to look again, unless this process tells something."""
        rows = self.ahead or await self._read(connection, poisoned, [])
        self.ahead = []
        if not rows:
            return IDLE_POLL_S
        records = [to_record(row, self.source) for row in rows]
        if time.monotonic() - self.heard > LEADER_SILENCE_S:
            raise Deposed(self.source)
        more = (
            self._look_ahead(connection, poisoned, rows) if len(rows) == self.batch_rows else None
        )
        results = await self._leading(connection, producer.send_all(records), more)
        failpoint("relay.after_send")
        self.acked = [
            row["id"]
            for row, result in zip(rows, results, strict=True)
            if result.outcome is Outcome.ACKED
        ]
        self.sent += len(self.acked)
        metrics.relay_published(self.source, len(self.acked))
        await self._set_aside(connection, rows, results, poisoned)
        if len(self.acked) < len(rows):
            self.ahead = []  # what did not arrive goes first
            away = not self.acked and not (await self._leading(connection, self.bus.ready())).ok
            health.turn(busy=not away, moved=bool(self.acked))
            await asyncio.sleep(BACK_OFF_S)
            return 0.0
        return 0.0 if len(rows) == self.batch_rows else FOLLOW_S

    async def _read(self, connection: Any, poisoned: list[Any], sending: list[int]) -> list[Any]:
        """The oldest rows that are not on their way; those that arrived are forgotten."""
        began = time.monotonic()
        rows: list[Any] = await connection.fetch(
            UNSENT, self.batch_rows, poisoned, self.acked, sending
        )
        self.heard = began
        if self.acked:
            failpoint("relay.after_delete")
            await self._vacuum(connection, len(self.acked))
            self.acked = []
        return rows

    async def _look_ahead(self, connection: Any, poisoned: list[Any], rows: list[Any]) -> None:
        self.ahead = await self._read(connection, poisoned, [row["id"] for row in rows])

    async def _leading(
        self, connection: Any, work: Awaitable[T], meanwhile: Awaitable[None] | None = None
    ) -> T:
        """Do what may take long and keep the lease meanwhile; the work is given up when the lease is lost."""
        task = asyncio.ensure_future(work)
        try:
            if meanwhile:
                await meanwhile
            while not (await asyncio.wait({task}, timeout=LEADER_BEAT_S))[0]:
                began = time.monotonic()
                await connection.execute("SELECT 1")
                self.heard = began
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})

    async def _set_aside(
        self, connection: Any, rows: list[Any], results: list[SendResult], poisoned: list[Any]
    ) -> None:
        """What the broker will never take stops its own aggregate only, and is shown to the operators."""
        for row, result in zip(rows, results, strict=True):
            if result.outcome is Outcome.POISON and row["aggregate_id"] not in poisoned:
                await connection.execute(_POISON, row["id"], result.reason)
                poisoned.append(row["aggregate_id"])
                log.error("relay.poison", event_id=row["event_id"], code=result.reason)

    async def _vacuum(self, connection: Any, rows: int) -> None:
        """Autovacuum naps for a minute; a queue that turns over faster cleans up after itself."""
        self.since_vacuum += rows
        if self.since_vacuum >= VACUUM_AFTER_ROWS:
            self.since_vacuum = 0
            await connection.execute("VACUUM kernel.outbox")


async def backlog(pool: Pool) -> dict[str, float]:
    """Rows waiting (counted to 10,000), poisoned among them, and the age of the oldest in seconds."""
    row = (await pool.fetch(_OLDEST))[0]
    return {"rows": row["rows"], "poisoned": row["poisoned"], "age_s": row["age_s"] or 0.0}
