"""The twenty checks of a payment of aid (W1 to W20): facts in, a verdict with reason and remedy out.

No check rejects anybody: it passes, warns, blocks the next step, or says that it comes later. A person
decides, and reads why (PIPL 24).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.welfare.domain.programme import Programme
from services.welfare.domain.publicity import Publicity

CLUSTER_MIN = 2
"""Applicants with one telephone or address from which a reviewer should look (W20)."""
CLUSTER_HANDLER_MIN = 30
"""Applicants of one handler in a month from which a reviewer should look (W20)."""
RECHECK_MONTHS = 12
CASH_SIGNATURES = 2


class Verdict(StrEnum):
    """通过, 提醒, 拦截, 以后."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    WARN = "warn"
    BLOCK = "block"
    LATER = "later"


class PersonStatus(StrEnum):
    """Whether the beneficiary still belongs to those the programme is for, on the day of payment."""

    ACTIVE = "active"
    RETIRED = "retired"
    LEFT = "left"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found, and what to do about it if it does not pass."""

    verdict: Verdict
    reason: Text
    remedy: Text | None = None


@dataclass(frozen=True, slots=True)
class Aid:
    """What is asked for and what was given this year; amounts in fen."""

    amount_fen: int
    paid_fen: int = 0
    person_grants: int = 0
    household_grants: int = 0
    household_override: bool = False
    """A supervisor allowed a second grant for the household, with a reason."""
    elsewhere: bool | None = None
    """Another public body aids the same student; None while not asked."""
    fund_available_fen: int | None = None
    """Free in the budget, this application's own reservation included."""
    fund_matches: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """The account to be paid to: whose it is, and who else uses it."""

    holder_is_beneficiary: bool | None = None
    guardian_recorded: bool = False
    used_in_household: int = 0
    used_by_others: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """The beneficiary: numbers, status and file; None while not known."""

    id_valid: bool | None = None
    id_problem: Text | None = None
    employer_code_valid: bool = True
    status: PersonStatus | None = None
    file_active: bool | None = None
    rechecked_on: date | None = None
    assets_found: bool | None = None
    assets_explained: bool = False
    assets_accepted: bool = False
    """A reviewer believed the written explanation and said why."""
    same_phone: int = 0
    same_address: int = 0


@dataclass(frozen=True, slots=True)
class People:
    """Who signs what, as staff ids; None while nobody has."""

    applicant: UUID | None = None
    handler: UUID | None = None
    reviewer: UUID | None = None
    approver: UUID | None = None
    cashier: UUID | None = None
    handler_is_relative: bool = False
    handler_applications: int = 0


@dataclass(frozen=True, slots=True)
class Payout:
    """The payment and what surrounds it."""

    publicity: Publicity | None = None
    approved_on: date | None = None
    paid_on: date | None = None
    approved_hash: str | None = None
    current_hash: str | None = None
    cash: bool = False
    cash_signatures: int = 0
    cash_photo: bool = False
    returned_on: date | None = None
    """When the bank gave the money back, while nothing was done about it."""


@dataclass(frozen=True, slots=True)
class MedicalClaim:
    """What a claim for medical aid is checked for."""

    stay_claimed_before: bool = False
    invoice_claimed_before: bool = False
    within_cover: bool = True
    within_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All a check may look at, on a given day."""

    today: date
    programme: Programme
    aid: Aid
    account: Account = Account()
    person: Person = Person()
    people: People = People()
    payout: Payout = Payout()
    medical: MedicalClaim | None = None


Check = Callable[[Facts], Outcome]


def passed(zh: str, en: str) -> Outcome:
    """All is well, and why."""
    return Outcome(Verdict.PASS, Text(zh, en))


def later(zh: str, en: str) -> Outcome:
    """It cannot be said yet; the check comes again at a later step."""
    return Outcome(Verdict.LATER, Text(zh, en))


def blocked(zh: str, en: str, *, remedy: tuple[str, str]) -> Outcome:
    """The next step waits until this is put right."""
    return Outcome(Verdict.BLOCK, Text(zh, en), Text(*remedy))


def warned(zh: str, en: str, *, remedy: tuple[str, str]) -> Outcome:
    """A person should look; nothing is stopped."""
    return Outcome(Verdict.WARN, Text(zh, en), Text(*remedy))
