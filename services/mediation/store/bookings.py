"""Rooms and people taken for meetings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from services.mediation.domain.conference import Booking
from services.mediation.tables import BookingRow
from shared.kernel.transaction import Tx

BOOKINGS_AHEAD_MAX = 2_000
BOOKING_LOCK = 1201
"""Key of the advisory lock that lets one booking at a time look for clashes."""


async def load_bookings(tx: Tx, since: datetime) -> list[Booking]:
    """What is booked from a moment on, earliest first; until the commit nobody else books anything."""
    await tx.one(select(func.pg_advisory_xact_lock(BOOKING_LOCK)))
    rows = await tx.all(
        select(BookingRow)
        .where(col(BookingRow.ends_at) > since)
        .order_by(col(BookingRow.starts_at), col(BookingRow.id))
        .limit(BOOKINGS_AHEAD_MAX)
    )
    return [
        Booking(
            row["id"],
            row["room"],
            frozenset(UUID(one) for one in row["members"]),
            row["starts_at"],
            row["ends_at"],
        )
        for row in rows
    ]


def free_booking(tx: Tx, booking: Booking) -> None:
    """The meeting does not take place: its room and people are free again."""
    tx.delete(BookingRow, booking.id)


def save_booking(tx: Tx, dispute_id: UUID, booking: Booking) -> None:
    """A booking made or moved."""
    values = {
        "id": booking.id,
        "dispute_id": dispute_id,
        "room": booking.room,
        "members": sorted(str(one) for one in booking.members),
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
    }
    tx.upsert(BookingRow, values, ("id",))
