"""What welfare tells: an application is checked, published, approved and paid once."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


class ApplicationEvent(Event, frozen=True, kw_only=True):
    """A fact about one application for aid, and the case it came from."""

    topic: ClassVar[str] = "welfare.applications"
    about: ClassVar[str] = "application_id"
    application_id: UUID
    case_id: UUID


class ApplicationOpened(ApplicationEvent, frozen=True, kw_only=True):
    """A worker asks for aid, or a mediator saw hardship."""

    name: ClassVar[str] = "welfare.application_opened"
    application_number: str
    party_id: UUID
    programme: str
    year: int
    org: str
    region: str
    origin: str
    """`caller` or `mediator`."""


class ApplicationFilled(ApplicationEvent, frozen=True, kw_only=True):
    """Household, income and account were written down; the class of hardship follows by rule 53."""

    name: ClassVar[str] = "welfare.application_filled"
    hardship: str
    per_capita_fen: int
    household: int
    amount_fen: int


class ApplicationChecked(ApplicationEvent, frozen=True, kw_only=True):
    """The checks ran: ids of those that block, warn, pass."""

    name: ClassVar[str] = "welfare.application_checked"
    blocked: tuple[str, ...]
    warned: tuple[str, ...]
    passed: tuple[str, ...]


class ApplicationMoved(ApplicationEvent, frozen=True, kw_only=True):
    """The application changed its state."""

    name: ClassVar[str] = "welfare.application_moved"
    from_state: str
    to_state: str
    handler_id: UUID | None = None
    reviewer_id: UUID | None = None
    approver_id: UUID | None = None


class FundsReserved(ApplicationEvent, frozen=True, kw_only=True):
    """The amount is held in the budget; nobody else can spend it."""

    name: ClassVar[str] = "welfare.funds_reserved"
    budget_id: UUID
    amount_fen: int
    available_fen: int


class FundsReleased(ApplicationEvent, frozen=True, kw_only=True):
    """The hold was given back to the budget."""

    name: ClassVar[str] = "welfare.funds_released"
    budget_id: UUID
    amount_fen: int


class PublicityStarted(ApplicationEvent, frozen=True, kw_only=True):
    """The masked list is public until the end of `ends_on` (rule 58)."""

    name: ClassVar[str] = "welfare.publicity_started"
    starts_on: date
    ends_on: date
    provisional: bool


class ObjectionRaised(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody objected; approval waits until it is resolved."""

    name: ClassVar[str] = "welfare.objection_raised"
    objection_id: UUID


class ObjectionResolved(ApplicationEvent, frozen=True, kw_only=True):
    """The objection was looked into."""

    name: ClassVar[str] = "welfare.objection_resolved"
    objection_id: UUID
    upheld: bool


class ApplicationApproved(ApplicationEvent, frozen=True, kw_only=True):
    """The approver signed the exact content (its hash)."""

    name: ClassVar[str] = "welfare.application_approved"
    amount_fen: int
    content_hash: str
    approver_id: UUID


class ApplicationRejected(ApplicationEvent, frozen=True, kw_only=True):
    """The application was refused, with a reason that is on record."""

    name: ClassVar[str] = "welfare.application_rejected"
    reason: str


class PaymentSent(ApplicationEvent, frozen=True, kw_only=True):
    """The payment is on its way to the bank; from here only the bank or two people decide."""

    name: ClassVar[str] = "welfare.payment_sent"
    payment_id: UUID
    amount_fen: int
    attempt: int


class PaymentUnknown(ApplicationEvent, frozen=True, kw_only=True):
    """The bank's answer was lost; it is asked again, never sent again."""

    name: ClassVar[str] = "welfare.payment_unknown"
    payment_id: UUID


class PaymentSettled(ApplicationEvent, frozen=True, kw_only=True):
    """The money arrived."""

    name: ClassVar[str] = "welfare.payment_settled"
    payment_id: UUID
    amount_fen: int


class PaymentReturned(ApplicationEvent, frozen=True, kw_only=True):
    """The bank gave the money back; the reversal is posted and the account has to be corrected."""

    name: ClassVar[str] = "welfare.payment_returned"
    payment_id: UUID
    amount_fen: int
    reason: str


class ApplicationClosed(ApplicationEvent, frozen=True, kw_only=True):
    """Nothing is left to do: paid and recorded, rejected, or withdrawn."""

    name: ClassVar[str] = "welfare.application_closed"
    outcome: str
    paid_fen: int
