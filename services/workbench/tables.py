"""The workbench's rows: accounts and sessions (its own), and the read model (folds of what the others tell)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, LargeBinary, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.kernel.rotation import Sealed


class Row(SQLModel, registry=registry()):
    """Base of this service's tables; its own metadata."""


WHEN: Any = DateTime(timezone=True)


def _text(**options: Any) -> Any:
    return Field(sa_type=Text, **options)


def _when(**options: Any) -> Any:
    return Field(sa_type=WHEN, **options)


# -- accounts and sessions -----------------------------------------------------------------------------


class StaffRow(Row, table=True):
    """An account of a member of staff; an aggregate root."""

    __tablename__ = "staff"
    __table_args__ = (
        Index("staff_job_number_key", "job_number", unique=True),
        Index("staff_org", "org", "job_number"),
    )
    id: UUID = Field(primary_key=True)
    version: int
    job_number: str = _text()
    name_sealed: str = _text()
    phone_sealed: str | None = _text(nullable=True)
    password_hash: str = _text()
    totp_sealed: str | None = _text(nullable=True)
    roles: list[str] = Field(sa_type=JSONB)
    org: str = _text()
    seat: str | None = _text(nullable=True)
    active: bool
    created_at: datetime = _when()


class SessionRow(Row, table=True):
    """A signed-in browser; `id` is the SHA-256 of the cookie, so a copy of this table opens nothing."""

    __tablename__ = "session"
    __table_args__ = (Index("session_staff", "staff_id"), Index("session_ends", "ends_at"))
    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    staff_id: UUID
    csrf: str = _text()
    created_at: datetime = _when()
    seen_at: datetime = _when()
    ends_at: datetime = _when()


class LoginTryRow(Row, table=True):
    """Wrong attempts by blind index of the typed job number, known to us or not."""

    __tablename__ = "login_try"
    key: str = _text(primary_key=True)
    failures: int = Field(sa_type=SmallInteger)
    last_at: datetime = _when()
    locked_until: datetime | None = _when(nullable=True)


class TotpUseRow(Row, table=True):
    """Time steps whose code was used: no code works twice."""

    __tablename__ = "totp_use"
    staff_id: UUID = Field(primary_key=True)
    step: int = Field(primary_key=True, sa_type=BigInteger)


class DeskRow(Row, table=True):
    """What one person set and saw: settings, and up to where notices are read."""

    __tablename__ = "desk"
    staff_id: UUID = Field(primary_key=True)
    settings: dict[str, Any] = Field(
        sa_type=JSONB, sa_column_kwargs={"server_default": text("'{}'")}
    )
    notices_read_to: datetime | None = _when(nullable=True)


class OpenWorkRow(Row, table=True):
    """A case a person has open, and when they last looked."""

    __tablename__ = "open_work"
    staff_id: UUID = Field(primary_key=True)
    case_id: UUID = Field(primary_key=True)
    seen_at: datetime = _when()


# -- the read model: facts, and what they add up to ----------------------------------------------------


class FactRow(Row, table=True):
    """A fact as it came: the timeline, and what every other table of the read model can be rebuilt from."""

    __tablename__ = "fact"
    __table_args__ = (
        Index("fact_order", "case_id", "aggregate_id", "aggregate_version", unique=True),
        Index("fact_time", "case_id", "at", "id"),
    )
    id: UUID = Field(primary_key=True)
    case_id: UUID
    aggregate_id: UUID
    aggregate_version: int
    service: str = _text()
    name: str = _text()
    version: int = Field(sa_type=SmallInteger)
    body: bytes = Field(sa_type=LargeBinary)
    at: datetime = _when()
    actor_id: UUID
    causation_id: UUID | None = Field(nullable=True)
    correlation_id: UUID
    recorded_at: datetime = _when()


OPEN = text("closed_at IS NULL")


class CardRow(Row, table=True):
    """One case at a glance; `folded` is the card itself, the other columns are what lists filter and sort by."""

    __tablename__ = "card"
    __table_args__ = (
        Index("card_number", "number"),
        Index("card_serial", text('"right"(number, 6)')),
        Index("card_mediators", "mediator_ids", postgresql_using="gin"),
        Index("card_tracking", "tracking_blind"),
        Index("card_due", "due_at", "case_id", postgresql_where=OPEN),
        Index("card_org_due", "org", "due_at", "case_id", postgresql_where=OPEN),
        Index("card_desk_due", "desk_org", "due_at", "case_id", postgresql_where=OPEN),
        Index("card_registered", "registered_at", "case_id"),
        Index("card_org_registered", "org", "registered_at", "case_id"),
        Index("card_employer", "employer_id", "registered_at"),
        Index("card_stage", "stage", "due_at", "case_id", postgresql_where=OPEN),
        Index("card_owner", "owner_id", "due_at", postgresql_where=OPEN),
        Index("card_operator", "operator_id", "registered_at"),
        Index("card_lawyer", "lawyer_id", "due_at"),
        Index(
            "card_offer", "offer_lawyer_id", postgresql_where=text("offer_lawyer_id IS NOT NULL")
        ),
        Index("card_closed", "closed_at", postgresql_where=text("closed_at IS NOT NULL")),
    )
    case_id: UUID = Field(primary_key=True)
    number: str | None = _text(nullable=True)
    tracking_blind: str | None = _text(nullable=True)
    state: str = _text()
    org: str | None = _text(nullable=True)
    intake_org: str | None = _text(nullable=True)
    desk_org: str | None = _text(nullable=True)
    region: str | None = _text(nullable=True)
    category: str | None = _text(nullable=True)
    track: str | None = _text(nullable=True)
    urgency: str = _text()
    employer_id: UUID | None = Field(nullable=True)
    caller_id: UUID | None = Field(nullable=True)
    operator_id: UUID | None = Field(nullable=True)
    people: int
    amount_fen: int | None = Field(sa_type=BigInteger, nullable=True)
    dispute_id: UUID | None = Field(nullable=True)
    stage: str | None = _text(nullable=True)
    grade: str | None = _text(nullable=True)
    is_group: bool
    owner_id: UUID | None = Field(nullable=True)
    mediator_ids: list[str] = Field(sa_type=JSONB)
    lawyer_id: UUID | None = Field(nullable=True)
    offer_id: UUID | None = Field(nullable=True)
    offer_lawyer_id: UUID | None = Field(nullable=True)
    pool_empty: bool
    missing: int
    due_at: datetime | None = _when(nullable=True)
    due_kind: str | None = _text(nullable=True)
    reminded: bool
    overdue: bool
    satisfaction: int | None = Field(sa_type=SmallInteger, nullable=True)
    registered_at: datetime | None = _when(nullable=True)
    handled_at: datetime | None = _when(nullable=True)
    closed_at: datetime | None = _when(nullable=True)
    touched_at: datetime | None = _when(nullable=True)
    folded: dict[str, Any] = Field(sa_type=JSONB)


class CardPartyRow(Row, table=True):
    """Which workers a case is about: to find cases by a telephone number or a name."""

    __tablename__ = "card_party"
    __table_args__ = (Index("card_party_party", "party_id"),)
    case_id: UUID = Field(primary_key=True)
    party_id: UUID = Field(primary_key=True)


class ApplicationRow(Row, table=True):
    """An application for aid; `folded` is the application itself."""

    __tablename__ = "application"
    __table_args__ = (
        Index("application_case", "case_id"),
        Index("application_queue", "state", "org", "state_since", "application_id"),
        Index("application_party", "party_id"),
    )
    application_id: UUID = Field(primary_key=True)
    case_id: UUID
    number: str | None = _text(nullable=True)
    party_id: UUID | None = Field(nullable=True)
    org: str | None = _text(nullable=True)
    programme: str | None = _text(nullable=True)
    state: str = _text()
    state_since: datetime | None = _when(nullable=True)
    closed_at: datetime | None = _when(nullable=True)
    folded: dict[str, Any] = Field(sa_type=JSONB)


class DeliveryRow(Row, table=True):
    """One message to one person; in-app messages are the notices of the workbench."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("delivery_case", "case_id", "told_at"),
        Index("delivery_cause", "cause_id"),
        Index(
            "delivery_notice",
            "recipient_id",
            "told_at",
            "delivery_id",
            postgresql_where=text("state = 'posted'"),
        ),
        Index("delivery_call_task", "case_id", postgresql_where=text("call_task")),
    )
    delivery_id: UUID = Field(primary_key=True)
    case_id: UUID
    cause_id: UUID
    version: int
    template: str | None = _text(nullable=True)
    channel: str | None = _text(nullable=True)
    audience: str | None = _text(nullable=True)
    recipient_id: UUID | None = Field(nullable=True)
    state: str = _text()
    send_after: datetime | None = _when(nullable=True)
    reason: str | None = _text(nullable=True)
    call_task: bool
    told_at: datetime | None = _when(nullable=True)
    state_at: datetime | None = _when(nullable=True)


class EmployerRow(Row, table=True):
    """An employer as intake last described it."""

    __tablename__ = "employer"
    __table_args__ = (Index("employer_bigrams", text("bigrams(name)"), postgresql_using="gin"),)
    employer_id: UUID = Field(primary_key=True)
    name: str = _text()
    short_name: str = _text()
    uscc: str | None = _text(nullable=True)
    region: str = _text()
    org: str = _text()
    headcount: int | None = Field(nullable=True)
    unionised: bool | None = Field(nullable=True)


class PartyRow(Row, table=True):
    """A caller or claimant: the sealed profile as it travels, and blind indexes to find it by."""

    __tablename__ = "party"
    __table_args__ = (
        Index("party_name", "name_blind"),
        Index("party_phone", "phone_blind"),
        Index("party_tail", "tail_blind"),
    )
    party_id: UUID = Field(primary_key=True)
    sealed: str = _text()
    name_blind: str | None = _text(nullable=True)
    phone_blind: str | None = _text(nullable=True)
    tail_blind: str | None = _text(nullable=True)


class WorkCalendarRow(Row, table=True):
    """The days that differ from the ordinary week; editable, seeded from the State Council's notices."""

    __tablename__ = "work_calendar"
    day: date = Field(primary_key=True)
    kind: str = _text()
    note: str = _text()


SEALED = (
    Sealed("staff", "name_sealed"),
    Sealed("staff", "phone_sealed"),
    Sealed("staff", "totp_sealed"),
    Sealed("party", "sealed", key="party_id", travels=True),
)
"""What a new key seals anew."""
