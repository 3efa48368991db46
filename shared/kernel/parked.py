"""A fact that cannot be applied parks its key: it and what follows it for the same aggregate wait here, in order."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, text

from shared.contracts.topics import UNDECODABLE
from shared.kernel.bus import InRecord
from shared.kernel.incoming import Incoming
from shared.kernel.sql import Prepared
from shared.kernel.tables import parked, watermark
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotFound
from shared.vocabulary.ids import derived_id
from shared.vocabulary.people import SYSTEM_ID

OPEN = ("head", "behind", "dead")
MONEY_TOPICS = frozenset({"welfare.applications"})
"""Facts about money are skipped by two people, never by one."""

LIST = """
SELECT event_id, aggregate_id, name, topic, state, code, attempts, parked_at, next_try_at FROM kernel.parked
WHERE state IN ('head', 'behind', 'dead') ORDER BY parked_at, id LIMIT 500
"""
_OPEN_KEYS = Prepared(
    text(
        "SELECT aggregate_id, min(aggregate_version) AS first FROM kernel.parked"
        " WHERE aggregate_id = ANY(CAST(:ids AS uuid[])) AND state IN ('head', 'behind', 'dead')"
        " GROUP BY aggregate_id"
    )
)
_MARKS = Prepared(
    text(
        "SELECT aggregate_id, version, applied FROM kernel.watermark"
        " WHERE aggregate_id = ANY(CAST(:ids AS uuid[])) ORDER BY aggregate_id FOR UPDATE"
    )
)


async def watermarks(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """(version, applied) of each known aggregate, its rows locked in order of id."""
    rows = await tx.all(_MARKS, ids=list(ids))
    return {row["aggregate_id"]: (row["version"], row["applied"]) for row in rows}


async def open_keys(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, int]:
    """Those of the aggregates for which something waits, with the number of the first fact that does."""
    rows = await tx.all(_OPEN_KEYS, ids=sorted(ids))
    return {row["aggregate_id"]: row["first"] for row in rows}


def mark(aggregate_id: UUID, version: int, applied: int) -> dict[str, Any]:
    """The watermark's row."""
    return {"aggregate_id": aggregate_id, "version": version, "applied": applied}


def park(tx: Tx, one: Incoming, code: str, *, first: bool) -> None:
    """Set the record aside; the first of its key is tried again by and by."""
    assert one.envelope is not None  # noqa: S101 - the undecodable never get here
    values = {
        "event_id": one.envelope.id,
        "aggregate_id": one.envelope.subject,
        "aggregate_version": one.envelope.aggregate_version,
        "topic": one.record.topic,
        "partition": one.record.partition,
        "offset": one.record.offset,
        "name": one.envelope.type,
        "headers": [[name, value.decode()] for name, value in one.record.headers],
        "body": one.record.value,
        "state": "head" if first else "behind",
        "code": code,
        "parked_at": tx.now,
        "next_try_at": tx.now,
    }
    tx.upsert(parked, values, ("event_id",))


def report_undecodable(tx: Tx, one: Incoming) -> None:
    """Tell the topic for undecodable records where the record lies; its content is repeated nowhere."""
    place = f"{one.record.topic}-{one.record.partition}@{one.record.offset}"
    about = derived_id(SYSTEM_ID, place)
    body = {
        "topic": one.record.topic,
        "partition": one.record.partition,
        "offset": one.record.offset,
        "fault": one.fault,
    }
    tx.tell_raw(UNDECODABLE, about, "kernel.record_undecodable", msgspec.json.encode(body))


def record_of(row: Any) -> InRecord:
    """The record as it came, from its parked row."""
    headers = tuple((name, value.encode()) for name, value in row["headers"])
    return InRecord(
        row["topic"],
        row["partition"],
        row["offset"],
        str(row["aggregate_id"]).encode(),
        headers,
        row["body"],
        0,
    )


async def replay(tx: Tx, event_id: UUID) -> None:
    """An operator fixed the cause: try again now. What was applied before is not applied again."""
    row = await _open_row(tx, event_id)
    tx.change(parked, {"id": row["id"]}, {"state": "head", "attempts": 0, "next_try_at": tx.now})
    tx.audit("parked.replay", "parked", row["event_id"], after={"name": row["name"]})


async def skip(tx: Tx, event_id: UUID, reason: str) -> bool:
    """Go on without this fact, for a reason. False: it is about money, and a second person must confirm."""
    row = await _open_row(tx, event_id)
    if row["topic"] in MONEY_TOPICS and row["skip_asked_by"] in {None, tx.actor.id}:
        tx.change(parked, {"id": row["id"]}, {"skip_asked_by": tx.actor.id, "reason": reason})
        tx.audit("parked.skip_asked", "parked", row["event_id"], why=reason)
        return False
    tx.change(
        parked,
        {"id": row["id"]},
        {
            "state": "skipped",
            "resolved_at": tx.now,
            "resolved_by": tx.actor.id,
            "reason": reason,
        },
    )
    applied = (await watermarks(tx, [row["aggregate_id"]])).get(row["aggregate_id"], (0, 0))[1]
    tx.upsert(
        watermark,
        mark(row["aggregate_id"], row["aggregate_version"], applied),
        ("aggregate_id",),
    )
    await next_of_key(tx, row)
    tx.audit("parked.skip", "parked", row["event_id"], why=reason)
    return True


async def next_of_key(tx: Tx, row: Any) -> None:
    """The one that waited behind comes to the head."""
    behind = await tx.one(
        select(parked.c.id)
        .where(
            parked.c.aggregate_id == row["aggregate_id"],
            parked.c.state == "behind",
            parked.c.id != row["id"],
        )
        .order_by(parked.c.aggregate_version)
        .limit(1)
    )
    if behind is not None:
        tx.change(parked, {"id": behind["id"]}, {"state": "head", "next_try_at": tx.now})


async def _open_row(tx: Tx, event_id: UUID) -> Any:
    row = await tx.one(
        select(parked)
        .where(parked.c.event_id == event_id, parked.c.state.in_(OPEN))
        .with_for_update()
    )
    if row is None:
        raise NotFound("parked", event_id)
    return row
