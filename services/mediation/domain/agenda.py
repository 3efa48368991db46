"""What the periodic meeting must discuss (rule 52): red cases, and those yellow twice running."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

YELLOW_IN_A_ROW = 2


class Colour(StrEnum):
    """Risk of a case as one periodic assessment judged it."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


@dataclass(frozen=True, slots=True)
class AssessedCase:
    """A dispute with its colours, oldest first."""

    dispute_id: UUID
    colours: tuple[Colour, ...]


def must_be_discussed(case: AssessedCase) -> bool:
    """Red now, or not below yellow in the last two assessments."""
    if case.colours[-1:] == (Colour.RED,):
        return True
    recent = case.colours[-YELLOW_IN_A_ROW:]
    return len(recent) == YELLOW_IN_A_ROW and Colour.GREEN not in recent


def agenda_of(cases: Iterable[AssessedCase]) -> tuple[UUID, ...]:
    """The disputes to be discussed: red ones first, each in the order of their ids."""
    due = [case for case in cases if must_be_discussed(case)]
    due.sort(key=lambda case: (case.colours[-1] is not Colour.RED, case.dispute_id))
    return tuple(case.dispute_id for case in due)
