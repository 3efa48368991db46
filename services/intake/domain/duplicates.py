"""Is this call about something we already have? A score with its reasons, and the group of rule 11."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.intake.domain.triage import is_collective

WINDOW_DAYS = 30
LIKELY_MIN = 50
SHOWN_MAX = 5


class Same(StrEnum):
    """What two calls have in common."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    EMPLOYER = "employer"
    CATEGORY = "category"


WEIGHTS = {Same.PHONE: 50, Same.ID_NUMBER: 60, Same.EMPLOYER: 30, Same.CATEGORY: 20}
SAME_NAMES = {
    Same.PHONE: ("同号码", "same telephone"),
    Same.ID_NUMBER: ("同证件号", "same ID number"),
    Same.EMPLOYER: ("同单位", "same employer"),
    Same.CATEGORY: ("同类别", "same category"),
}
SCORE_MAX = 100


@dataclass(frozen=True, slots=True)
class CallTraits:
    """What identifies a call: blind indexes of numbers, the employer and the category."""

    received_on: date
    phone: str | None = None
    id_number: str | None = None
    employer_id: UUID | None = None
    category: str | None = None
    claimant_count: int = 1


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case that is already there."""

    case_id: UUID
    number: str
    open: bool
    traits: CallTraits


@dataclass(frozen=True, slots=True)
class Likeness:
    """How probably a case is about the same thing, 0 to 100, and why."""

    case: Earlier
    score: int
    same: tuple[Same, ...]

    @property
    def likely(self) -> bool:
        """High enough to warn the operator."""
        return self.score >= LIKELY_MIN


@dataclass(frozen=True, slots=True)
class Group:
    """The workers of all open calls about one employer and one kind of matter (rule 11)."""

    people_open: int
    people_with_this: int

    @property
    def reached(self) -> bool:
        """Whether together they make a collective dispute."""
        return is_collective(self.people_with_this)


def likely_duplicates(call: CallTraits, cases: Iterable[Earlier]) -> tuple[Likeness, ...]:
    """Open cases of the last thirty days that may be the same matter, likeliest and newest first."""
    scored = (likeness(call, case) for case in cases if case.open and _recent(call, case))
    likely = sorted(
        (one for one in scored if one.likely),
        key=lambda one: (-one.score, -one.case.traits.received_on.toordinal(), one.case.number),
    )
    return tuple(likely[:SHOWN_MAX])


def likeness(call: CallTraits, case: Earlier) -> Likeness:
    """What a call and a case have in common; unknown never equals unknown."""
    other = case.traits
    pairs = {
        Same.PHONE: (call.phone, other.phone),
        Same.ID_NUMBER: (call.id_number, other.id_number),
        Same.EMPLOYER: (call.employer_id, other.employer_id),
        Same.CATEGORY: (call.category, other.category),
    }
    same = tuple(what for what, (a, b) in pairs.items() if a is not None and a == b)
    return Likeness(case, min(SCORE_MAX, sum(WEIGHTS[what] for what in same)), same)


def group_of(people_open: int, arriving: int) -> Group | None:
    """The group this call would join; None when nobody is there yet."""
    return Group(people_open, people_open + arriving) if people_open else None


def _recent(call: CallTraits, case: Earlier) -> bool:
    return 0 <= (call.received_on - case.traits.received_on).days <= WINDOW_DAYS
