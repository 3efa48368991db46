"""Telling recorded facts again: all of them, those of some aggregates, or those a power cut may have taken from the broker.

A broker without replicas confirms what it has not yet written to its disk; replicas are what makes that safe, and one
node has none. Its disk follows within two seconds (deploy/local/kafka/server.properties), a power cut takes what came
since. So the relay notes from time to time up to which fact everything was acknowledged, and what is later than the
note before the last is told again after a stop that was not orderly (ADR 16).
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from shared.kernel.bus import Bus, Outcome, OutRecord
from shared.kernel.envelope import Envelope
from shared.kernel.storage import Pool

BATCH_ROWS = 500
BACK_OFF_S = 0.5
MARK_EVERY_S = 60.0
"""Longer than a transaction lasts that tells a fact, and than the broker's disk takes to follow."""
TELLINGS = 2
"""Of what the broker may have lost. A consumer that had read to an offset the broker lost goes on from there: the first
telling brings the log to that offset again, the second is read by everybody whatever was lost."""

_MARK = """
INSERT INTO kernel.relay_mark AS known (id, flushed, acked)
SELECT 1, 0, coalesce((SELECT min(id) FROM kernel.outbox), (SELECT max(id) + 1 FROM kernel.event), 0)
ON CONFLICT (id) DO UPDATE SET flushed = known.acked, acked = excluded.acked
WHERE known.flushed <> known.acked OR known.acked <> excluded.acked
"""
_FLUSHED = "SELECT coalesce(max(flushed), 0) AS flushed FROM kernel.relay_mark"
_AGAIN = """
SELECT id, event_id, topic, aggregate_id, aggregate_version, name, version, body, correlation_id,
       causation_id, actor_id, traceparent, occurred_at
FROM kernel.event WHERE id > $1 AND id <= $2 AND ($4::uuid[] IS NULL OR aggregate_id = ANY($4::uuid[]))
ORDER BY id LIMIT $3
"""


@dataclass(slots=True)
class Mark:
    """Keeps the note, in the process that leads the relay."""

    due: float = field(default_factory=lambda: time.monotonic() + MARK_EVERY_S)

    async def keep(self, connection: Any) -> None:
        """Note where the outbox begins, if it is time; what the last note said is flushed then."""
        if time.monotonic() >= self.due:
            self.due = time.monotonic() + MARK_EVERY_S
            await connection.execute(_MARK)


def to_record(row: Any, source: str, *, replay: bool = False) -> OutRecord:
    """A row of the event table as it travels."""
    envelope = Envelope(
        id=row["event_id"],
        type=row["name"],
        version=row["version"],
        source=source,
        subject=row["aggregate_id"],
        time=row["occurred_at"],
        aggregate_version=row["aggregate_version"],
        correlation_id=row["correlation_id"],
        causation_id=row["causation_id"],
        actor_id=row["actor_id"],
        traceparent=row["traceparent"],
        replay=replay,
    )
    key = str(row["aggregate_id"]).encode()
    return OutRecord(row["topic"], key, envelope.to_headers(), row["body"])


async def republish(
    pool: Pool, bus: Bus, source: str, *, only: list[Any] | None = None, after: int = 0
) -> int:
    """Tell recorded facts again, marked as replay, in order; consumers drop what they know. Returns how many.

    Safe beside a running relay: it stops at the newest fact of its start, and facts still in the outbox follow.
    """
    last = (await pool.fetch("SELECT coalesce(max(id), 0) AS id FROM kernel.event"))[0]["id"]
    producer = bus.producer()
    told = 0
    try:
        while rows := await pool.fetch(_AGAIN, after, last, BATCH_ROWS, only):
            records = [to_record(row, source, replay=True) for row in rows]
            results = await producer.send_all(records)
            while any(result.outcome is Outcome.TRANSIENT for result in results):
                await asyncio.sleep(BACK_OFF_S)
                results = await producer.send_all(records)
            told += len(rows)
            after = rows[-1]["id"]
    finally:
        await producer.aclose()
    return told


async def republish_unflushed(pool: Pool, bus: Bus, source: str) -> int:
    """Tell again what a power cut may have taken from the broker; before the relay sends anything new. Returns how many."""
    flushed = (await pool.fetch(_FLUSHED))[0]["flushed"]
    told = 0
    for _ in range(TELLINGS):
        told = await republish(pool, bus, source, after=flushed - 1)
    return told
