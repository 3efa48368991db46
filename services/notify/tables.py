"""Notify's rows. A delivery is what was said to whom; what has still to leave the house stands in the queue beside it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.kernel.rotation import Sealed

MOMENT: Any = DateTime(timezone=True)


class Row(SQLModel, registry=registry()):
    """Base of notify's tables, with metadata of its own."""


class DeliveryRow(Row, table=True):
    """One message to one person. Root; it holds neither the text nor the number.

    `fields_sealed`: what fills the template (a case number, a code, a date; nothing of the person), from when the message
    leaves the queue until it arrives, so that a person can send it again.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("delivery_case", "case_id", "queued_at", "id"),
        Index("delivery_person", "recipient_id", "send_after"),
        Index("delivery_call_task", "queued_at", "id", postgresql_where=text("call_task")),
    )

    id: UUID = Field(primary_key=True)
    version: int
    case_id: UUID
    cause_id: UUID
    org: str
    template: str
    audience: str
    channel: str
    recipient_id: UUID
    urgent: bool
    state: str
    send_after: datetime = Field(sa_type=MOMENT)
    queued_at: datetime = Field(sa_type=MOMENT)
    reason: str
    call_task: bool
    correlation_id: UUID
    fields_sealed: str | None = None


class OutgoingRow(Row, table=True):
    """A text message that has not left yet: waiting for a profile, queued, claimed, or nobody knows.

    `fields_sealed` fills the template; `content_sealed` (number and text) is fixed by the first try, because the
    provider takes an id once, with one content. The row goes when the message has left or will never leave.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        Index("outgoing_due", "send_after", postgresql_where=text("state <> 'waiting'")),
        Index("outgoing_person", "recipient_id"),
    )

    id: UUID = Field(primary_key=True, foreign_key="delivery.id")
    recipient_id: UUID
    template: str
    urgent: bool
    state: str
    send_after: datetime = Field(sa_type=MOMENT)
    tries: int
    claimed_until: datetime | None = Field(default=None, sa_type=MOMENT)
    reason: str
    fields_sealed: str
    content_sealed: str | None = None


class ContactRow(Row, table=True):
    """A person's profile as its owner sealed it (aad: the person's id); null once erased."""

    __tablename__ = "contact"
    __table_args__ = (Index("contact_roles", "roles", postgresql_using="gin"),)

    id: UUID = Field(primary_key=True)
    sealed: str | None = None
    roles: Any = Field(sa_type=JSONB)
    org: str
    active: bool


class CaseFileRow(Row, table=True):
    """What messages need of a case; the tracking code as intake sealed it (aad: the case id)."""

    __tablename__ = "case_file"

    id: UUID = Field(primary_key=True)
    number: str
    org: str
    caller_id: UUID
    claimant_ids: Any = Field(sa_type=JSONB)
    tracking_sealed: str
    deadline: date | None = None
    confidential: bool


class DisputePeopleRow(Row, table=True):
    """Who works on a dispute."""

    __tablename__ = "dispute_people"
    __table_args__ = (Index("dispute_people_case", "case_id"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID
    mediator_ids: Any = Field(sa_type=JSONB)
    lawyer_id: UUID | None = None


class ApplicationRow(Row, table=True):
    """Whom an application is for, and who handles it."""

    __tablename__ = "application"

    id: UUID = Field(primary_key=True)
    number: str
    party_id: UUID
    handler_id: UUID | None = None


class ErrandRow(Row, table=True):
    """A message of a fact that came before what it needs to be told."""

    __tablename__ = "errand"
    __table_args__ = (Index("errand_needs", "needs", "case_id"),)

    id: UUID = Field(primary_key=True)
    cause_id: UUID
    case_id: UUID
    subject_id: UUID
    template: str
    named: Any = Field(sa_type=JSONB)
    fields: Any = Field(sa_type=JSONB)
    needs: str
    role: str
    since: datetime = Field(sa_type=MOMENT)


class ReceiptCursorRow(Row, table=True):
    """How far the provider's receipts were read."""

    __tablename__ = "receipt_cursor"

    provider: str = Field(primary_key=True)
    seq: int = Field(sa_type=BigInteger)


SEALED = (
    Sealed("delivery", "fields_sealed", bound=("outgoing", "fields_sealed")),
    Sealed("outgoing", "fields_sealed", bound=("outgoing", "fields_sealed")),
    Sealed("outgoing", "content_sealed", bound=("outgoing", "content_sealed")),
    Sealed("contact", "sealed", travels=True),
    Sealed("case_file", "tracking_sealed", travels=True),
)
"""What a new key seals anew."""
