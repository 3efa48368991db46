"""Welfare's rows. An application is one sealed document with the columns that lists and checks look at beside it.

Money stands in `ledger_account` and `transfer` in the clear: amounts and ids only. Transfers are never changed.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.kernel.rotation import Sealed

MOMENT: Any = DateTime(timezone=True)


class Row(SQLModel, registry=registry()):
    """Base of welfare's tables, with metadata of its own."""


class ApplicationRow(Row, table=True):
    """One application for aid. Root; `sealed` is the whole dossier with everything personal."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("number", name="application_number_key"),
        UniqueConstraint("case_id", "party_id", "programme", name="application_case_key"),
        Index("application_queue", "state", "due_at", "id"),
        Index("application_person", "person_blind", "programme", "year"),
        Index("application_account", "account_blind"),
        Index("application_phone", "phone_blind"),
        Index("application_address", "address_blind"),
        Index("application_invoice", "invoice_blind"),
        Index("application_handler", "handler_id", "opened_at"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    number: str
    case_id: UUID
    party_id: UUID
    programme: str
    year: int
    org: str
    region: str
    state: str
    hardship: str | None = None
    amount_fen: int = Field(sa_type=BigInteger)
    person_blind: str | None = None
    account_blind: str | None = None
    phone_blind: str | None = None
    address_blind: str | None = None
    invoice_blind: str | None = None
    handler_id: UUID | None = None
    reviewer_id: UUID | None = None
    approver_id: UUID | None = None
    cashier_id: UUID | None = None
    due_at: datetime | None = Field(default=None, sa_type=MOMENT)
    opened_at: datetime = Field(sa_type=MOMENT)
    moved_at: datetime = Field(sa_type=MOMENT)
    sealed: str


class MemberRow(Row, table=True):
    """A person of an application's household (the applicant too), found by the blind index of the ID number."""

    __tablename__ = "household_member"
    __table_args__ = (Index("household_member_person", "person_blind"),)

    application_id: UUID = Field(primary_key=True, foreign_key="application.id")
    person_blind: str = Field(primary_key=True)


class ObjectionRow(Row, table=True):
    """Something raised against an application while it was public; who and what stays sealed."""

    __tablename__ = "objection"
    __table_args__ = (Index("objection_application", "application_id", "id"),)

    id: UUID = Field(primary_key=True)
    application_id: UUID = Field(foreign_key="application.id")
    channel: str
    text_sealed: str
    raised_by: UUID
    raised_at: datetime = Field(sa_type=MOMENT)
    upheld: bool | None = None
    finding_sealed: str | None = None
    resolved_by: UUID | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=MOMENT)


class PublicityRow(Row, table=True):
    """One line of the public list: only what anybody may read (rule 65)."""

    __tablename__ = "publicity"
    __table_args__ = (Index("publicity_ends", "ends_on", "application_id"),)

    application_id: UUID = Field(primary_key=True, foreign_key="application.id")
    starts_on: date
    ends_on: date
    provisional: bool
    name_masked: str
    unit: str
    programme: str
    hardship: str
    amount_fen: int = Field(sa_type=BigInteger)
    org: str


class HardshipFileRow(Row, table=True):
    """The hardship file of a person's household (先建档、后帮扶), opened and re-checked by home visits."""

    __tablename__ = "hardship_file"

    person_blind: str = Field(primary_key=True)
    application_id: UUID = Field(foreign_key="application.id")
    hardship: str
    is_active: bool
    rechecked_on: date


class ProgrammeRow(Row, table=True):
    """A programme in a year, as data; every change raises the edition."""

    __tablename__ = "programme"

    code: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    edition: int = Field(sa_type=SmallInteger)
    plan: Any = Field(sa_type=JSONB)


class StandardRow(Row, table=True):
    """The lines of hardship of a year: the subsistence line and its multipliers (rules 53, 54)."""

    __tablename__ = "standard"

    year: int = Field(primary_key=True)
    edition: str
    line_fen: int = Field(sa_type=BigInteger)
    relative_times: int = Field(sa_type=SmallInteger)
    calamity_percent: int = Field(sa_type=SmallInteger)


class BudgetRow(Row, table=True):
    """What an organisation has for a programme in a year; its money stands in its accounts."""

    __tablename__ = "budget"
    __table_args__ = (UniqueConstraint("programme", "year", "org", name="budget_line_key"),)

    id: UUID = Field(primary_key=True)
    programme: str
    year: int
    org: str
    fund: str
    opened_at: datetime = Field(sa_type=MOMENT)


class AccountRow(Row, table=True):
    """An account of a budget with its four counters in fen; only the source may be overdrawn."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        UniqueConstraint("budget_id", "kind", name="ledger_account_kind_key"),
        CheckConstraint(
            "debits_pending >= 0 AND debits_posted >= 0"
            " AND credits_pending >= 0 AND credits_posted >= 0",
            name="ledger_account_counters",
        ),
        CheckConstraint(
            "kind = 'source' OR debits_pending + debits_posted <= credits_posted",
            name="ledger_account_not_overdrawn",
        ),
    )

    id: UUID = Field(primary_key=True)
    budget_id: UUID = Field(foreign_key="budget.id")
    kind: str
    debits_pending: int = Field(sa_type=BigInteger)
    debits_posted: int = Field(sa_type=BigInteger)
    credits_pending: int = Field(sa_type=BigInteger)
    credits_posted: int = Field(sa_type=BigInteger)


class TransferRow(Row, table=True):
    """One movement of money between two accounts; a trigger refuses every change."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="transfer_amount"),
        CheckConstraint("debit <> credit", name="transfer_two_accounts"),
        CheckConstraint(
            "(kind IN ('post', 'void', 'expire')) = (pending_id IS NOT NULL)",
            name="transfer_resolves",
        ),
        Index(
            "transfer_pending_key",
            "pending_id",
            unique=True,
            postgresql_where=text("pending_id IS NOT NULL"),
        ),
        Index("transfer_budget", "budget_id", "no"),
        Index("transfer_application", "application_id"),
    )

    id: UUID = Field(primary_key=True)
    no: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), nullable=False)
    )
    """The order in which transfers were booked."""
    budget_id: UUID = Field(foreign_key="budget.id")
    debit: UUID = Field(foreign_key="ledger_account.id")
    credit: UUID = Field(foreign_key="ledger_account.id")
    amount_fen: int = Field(sa_type=BigInteger)
    currency: str
    kind: str
    pending_id: UUID | None = Field(default=None, foreign_key="transfer.id")
    code: str
    application_id: UUID | None = Field(default=None, foreign_key="application.id")
    payment_id: UUID | None = None
    actor_id: UUID
    reason: str
    booked_at: datetime = Field(sa_type=MOMENT)


class HoldRow(Row, table=True):
    """The reservation an application holds now, and in which budget."""

    __tablename__ = "hold"

    application_id: UUID = Field(primary_key=True, foreign_key="application.id")
    budget_id: UUID = Field(foreign_key="budget.id")
    transfer_id: UUID = Field(foreign_key="transfer.id")
    amount_fen: int = Field(sa_type=BigInteger)
    state: str
    """`held`, `posted`, `released`."""
    at: datetime = Field(sa_type=MOMENT)


class ObligationRow(Row, table=True):
    """What is owed once for an approved application; the entitlement is unique for ever."""

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("key", name="obligation_entitlement_key"),)

    application_id: UUID = Field(primary_key=True, foreign_key="application.id")
    key: str
    programme: str
    year: int
    person_blind: str
    amount_fen: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=MOMENT)


class EntitledRow(Row, table=True):
    """A member of a household that was granted a programme counted by household in a year (W2)."""

    __tablename__ = "entitled_member"
    __table_args__ = (Index("entitled_member_application", "application_id"),)

    programme: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    person_blind: str = Field(primary_key=True)
    application_id: UUID = Field(foreign_key="application.id")


class PaymentRow(Row, table=True):
    """One attempt to pay an obligation; its id is the bank's end-to-end id. At most one is alive."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("application_id", "attempt", name="payment_attempt_key"),
        Index(
            "payment_one_live",
            "application_id",
            unique=True,
            postgresql_where=text("state NOT IN ('cancelled', 'returned')"),
        ),
        Index(
            "payment_to_send",
            "ordered_at",
            postgresql_where=text("state = 'ordered' OR send_again"),
        ),
        Index("payment_to_ask", "ask_at", postgresql_where=text("ask_at IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    application_id: UUID = Field(foreign_key="obligation.application_id")
    budget_id: UUID = Field(foreign_key="budget.id")
    amount_fen: int = Field(sa_type=BigInteger)
    attempt: int = Field(sa_type=SmallInteger)
    state: str
    reason: str
    order_sealed: str
    """The exact body for the bank: what is sent again under this id is the same to the byte."""
    account_masked: str
    ordered_by: UUID
    ordered_at: datetime = Field(sa_type=MOMENT)
    send_again: bool
    """Two people decided that the same order, under the same id, goes out once more."""
    sent_at: datetime | None = Field(default=None, sa_type=MOMENT)
    ask_at: datetime | None = Field(default=None, sa_type=MOMENT)
    """When the bank is asked next; null when nothing is left to ask."""
    asked: int = Field(sa_type=SmallInteger)
    heard_at: datetime | None = Field(default=None, sa_type=MOMENT)
    proposed: str | None = None
    proposed_by: UUID | None = None
    evidence_sealed: str | None = None
    decided_by: UUID | None = None
    contradicts: bool
    """The bank said settled of what had been taken back: nothing more is paid until people looked."""


class PartyRow(Row, table=True):
    """A caller's profile as intake told it, sealed with the party id."""

    __tablename__ = "party"

    id: UUID = Field(primary_key=True)
    sealed: str
    told_at: datetime = Field(sa_type=MOMENT)


class StaffRow(Row, table=True):
    """A member of staff as the workbench told it, name and telephone sealed with the staff id."""

    __tablename__ = "staff"

    id: UUID = Field(primary_key=True)
    org: str
    is_active: bool
    sealed: str


class CaseRow(Row, table=True):
    """Number and place of a case of the hotline, for applications that come from it."""

    __tablename__ = "case_ref"

    id: UUID = Field(primary_key=True)
    number: str
    org: str
    region: str


class CalendarDayRow(Row, table=True):
    """A day that differs from the ordinary week: a holiday, or a weekend day that is worked (调休)."""

    __tablename__ = "work_calendar"

    day: date = Field(primary_key=True)
    kind: str
    note: str


class SerialRow(Row, table=True):
    """How far the application numbers of a day are given out."""

    __tablename__ = "application_serial"

    day: date = Field(primary_key=True)
    last: int


SEALED = (
    Sealed("application", "sealed"),
    Sealed("objection", "text_sealed"),
    Sealed("objection", "finding_sealed"),
    Sealed("payment", "order_sealed"),
    Sealed("payment", "evidence_sealed"),
    Sealed("party", "sealed", travels=True),
    Sealed("staff", "sealed", travels=True),
)
"""What a new key seals anew."""
