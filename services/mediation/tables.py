"""Mediation's rows. A dispute is one sealed document with the columns that lists and rules look at beside it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.kernel.rotation import Sealed

MOMENT: Any = DateTime(timezone=True)


class Row(SQLModel, registry=registry()):
    """Base of mediation's tables, with metadata of its own."""


class DisputeRow(Row, table=True):
    """One dispute. Root; `sealed` is the whole domain object, whose texts may name people."""

    __tablename__ = "dispute"
    __table_args__ = (
        UniqueConstraint("case_id", name="dispute_case_key"),
        Index("dispute_org", "org", "stage", "id", postgresql_where=text("status <> 'archived'")),
        Index("dispute_lawyer", "lawyer_id", postgresql_where=text("status <> 'archived'")),
        Index(
            "dispute_led",
            "lawyer_id",
            "opened_at",
            postgresql_where=text("lawyer_id IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int
    case_id: UUID
    org: str
    region: str
    employer_id: UUID | None = None
    stage: str
    status: str
    grade: str
    lawyer_id: UUID | None = None
    mediator_ids: Any = Field(sa_type=JSONB)
    claimant_ids: Any = Field(sa_type=JSONB)
    amount_fen: int = Field(sa_type=BigInteger)
    opened_at: datetime = Field(sa_type=MOMENT)
    sealed: str


class OfferRow(Row, table=True):
    """A dispute offered to a lawyer; at most one offer of a dispute is open."""

    __tablename__ = "offer"
    __table_args__ = (
        Index("offer_one_open", "dispute_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("offer_lawyer", "lawyer_id", "offered_at"),
    )

    id: UUID = Field(primary_key=True)
    dispute_id: UUID = Field(foreign_key="dispute.id")
    lawyer_id: UUID
    attempt: int
    offered_at: datetime = Field(sa_type=MOMENT)
    expires_at: datetime = Field(sa_type=MOMENT)
    state: str
    decline_reason: str | None = None
    explanation_zh: str
    explanation_en: str


class LawyerRow(Row, table=True):
    """A lawyer of the roster, as the workbench's staff list and the office say."""

    __tablename__ = "lawyer"

    id: UUID = Field(primary_key=True)
    org: str
    caseload_max: int
    is_available: bool
    licence_until: date | None = None


class LawyerTieRow(Row, table=True):
    """A lawyer acts for, or is near to, an employer: never offered its disputes."""

    __tablename__ = "lawyer_tie"

    lawyer_id: UUID = Field(primary_key=True)
    employer_id: UUID = Field(primary_key=True)


class MediatorRow(Row, table=True):
    """A mediator of a node of the union."""

    __tablename__ = "mediator"

    id: UUID = Field(primary_key=True)
    org: str
    caseload_max: int
    is_available: bool


class BookingRow(Row, table=True):
    """A room and its people taken for a meeting of a dispute."""

    __tablename__ = "booking"
    __table_args__ = (Index("booking_time", "starts_at", "ends_at"),)

    id: UUID = Field(primary_key=True)
    dispute_id: UUID = Field(foreign_key="dispute.id")
    room: str
    members: Any = Field(sa_type=JSONB)
    starts_at: datetime = Field(sa_type=MOMENT)
    ends_at: datetime = Field(sa_type=MOMENT)


class PaperRow(Row, table=True):
    """A paper of a dispute's file."""

    __tablename__ = "paper"
    __table_args__ = (Index("paper_dispute", "dispute_id", "written_at"),)

    id: UUID = Field(primary_key=True)
    dispute_id: UUID = Field(foreign_key="dispute.id")
    kind: str
    author_id: UUID
    written_at: datetime = Field(sa_type=MOMENT)
    sealed: str


class HardshipRow(Row, table=True):
    """A claimant for whom hardship was flagged, once per dispute."""

    __tablename__ = "hardship"

    dispute_id: UUID = Field(primary_key=True, foreign_key="dispute.id")
    party_id: UUID = Field(primary_key=True)
    programme: str
    flagged_at: datetime = Field(sa_type=MOMENT)


class CalendarDayRow(Row, table=True):
    """A day that is not what its weekday says: a holiday, or a weekend day that is worked (调休)."""

    __tablename__ = "work_calendar"

    day: date = Field(primary_key=True)
    kind: str
    note: str


SEALED = (Sealed("dispute", "sealed"), Sealed("paper", "sealed"))
"""What a new key seals anew."""
