"""What one person set and saw: settings of the screen, notices read, cases kept open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.workbench.tables import DeliveryRow, DeskRow, OpenWorkRow
from shared.kernel.database import Database
from shared.kernel.transaction import Tx

DEFAULT_SETTINGS: dict[str, Any] = {
    "language": "zh-CN",
    "font_size": 14,
    "letter_keys": True,
    "sound": True,
    "after_action": "next",
}
OPEN_WORK_MAX = 12


async def load_settings(db: Database, staff_id: UUID) -> dict[str, Any]:
    """The person's settings; what they never set has its default."""
    stored = await db.scalar(select(col(DeskRow.settings)).where(col(DeskRow.staff_id) == staff_id))
    return {**DEFAULT_SETTINGS, **(stored or {})}


def save_settings(tx: Tx, settings: dict[str, Any]) -> None:
    """Remember the person's settings."""
    tx.upsert(DeskRow, {"staff_id": tx.actor.id, "settings": settings}, ("staff_id",))


async def load_read_to(tx: Tx) -> datetime | None:
    """Up to which moment the person's notices are read."""
    found: datetime | None = await tx.scalar(
        select(col(DeskRow.notices_read_to)).where(col(DeskRow.staff_id) == tx.actor.id)
    )
    return found


def save_read_to(tx: Tx, at: datetime) -> None:
    """Notices up to that moment are read."""
    tx.upsert(DeskRow, {"staff_id": tx.actor.id, "notices_read_to": at}, ("staff_id",))


async def look_at(db: Database, staff_id: UUID, case_id: UUID, now: datetime) -> None:
    """The person looks at a case: it joins the open work, the one looked at longest ago leaves."""
    await db.pool.fetch(
        "INSERT INTO open_work (staff_id, case_id, seen_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (staff_id, case_id) DO UPDATE SET seen_at = excluded.seen_at",
        staff_id,
        case_id,
        now,
    )
    await db.pool.fetch(
        "DELETE FROM open_work WHERE staff_id = $1 AND case_id IN (SELECT case_id FROM open_work"
        " WHERE staff_id = $1 ORDER BY seen_at DESC, case_id OFFSET $2)",
        staff_id,
        OPEN_WORK_MAX,
    )


def put_away(tx: Tx, case_id: UUID) -> None:
    """The case leaves the person's open work."""
    tx.delete(OpenWorkRow, {"staff_id": tx.actor.id, "case_id": case_id})


async def load_notice_time(tx: Tx, notice_id: UUID) -> datetime | None:
    """When a notice of the person's own was posted."""
    found: datetime | None = await tx.scalar(
        select(col(DeliveryRow.told_at)).where(
            col(DeliveryRow.delivery_id) == notice_id,
            col(DeliveryRow.recipient_id) == tx.actor.id,
        )
    )
    return found
