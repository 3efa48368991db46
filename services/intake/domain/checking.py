"""A supervisor checks what a unit did and sends the case back to work (质检不合格、退回重办), with half the time (rule 44)."""

from enum import StrEnum

from services.intake.domain.case import Case, Handling
from services.intake.domain.case_state import Act, NotInThisState, next_state


class CheckReason(StrEnum):
    """What the check found."""

    UNSOLVED = "unsolved"
    UNANSWERED = "unanswered"
    """Not every demand was answered."""
    WRONG = "wrong"
    """What the caller was told is wrong in fact or in law."""
    UNPROVEN = "unproven"
    """The record does not show what was done."""


def check_was_handled(case: Case) -> None:
    """Only what a unit has handled can be sent back to it, not what was answered or passed on at the desk."""
    next_state(case.state, Act.FAIL_CHECK)
    if case.handling is not Handling.DISPATCH:
        raise NotInThisState(case.state, Act.FAIL_CHECK)
