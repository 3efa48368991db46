"""What an act on a case is answered with, and what it asks: a page sends reason, note and target whether asked or not."""

from enum import StrEnum
from typing import TypeVar

from pydantic import ConfigDict

from services.intake.domain.case import Case
from services.intake.domain.problems import Problems
from shared.kernel.command import Request, Response

NOTE_CHARACTERS_MAX = 1_000
NOTE = ("说明", "the note")
Reason = TypeVar("Reason", bound=StrEnum)


class ActForm(Request):
    """Base of acts whose form has no more fields than these; those an act does not ask for are not read."""

    model_config = ConfigDict(extra="ignore", strict=True, str_strip_whitespace=True, frozen=True)


class CaseMoved(Response):
    """Where the case stands now."""

    state: str


def moved(case: Case) -> CaseMoved:
    """The answer to an act."""
    return CaseMoved(state=case.state.value)


def check_note(problems: Problems, note: str, *, required: bool) -> None:
    """Why something is done, in own words; stored sealed, never part of a fact."""
    if required:
        problems.required("note", note, NOTE)
    problems.length("note", note, NOTE_CHARACTERS_MAX, NOTE)


def require_note(note: str, *, required: bool) -> None:
    """Invalid when the note of an act that asks for nothing else is missing or too long."""
    problems = Problems()
    check_note(problems, note, required=required)
    problems.stop()


def chosen_reason(kinds: type[Reason], code: str | None, note: str, zh: str, en: str) -> Reason:
    """The reason of that code; Invalid, in these words when there is none such, or when the note with it is missing."""
    problems = Problems()
    reason = next((one for one in kinds if one.value == code), None)
    if reason is None:
        problems.add("reason", "reason_unknown", zh, en)
    check_note(problems, note, required=True)
    problems.stop()
    assert reason is not None  # noqa: S101 - `stop` has raised otherwise
    return reason
