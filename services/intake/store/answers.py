"""What an act on a case is answered with, and what it asks: a page sends reason, note and target whether asked or not."""

from pydantic import ConfigDict

from services.intake.domain.case import Case
from services.intake.domain.problems import Problems
from shared.kernel.command import Request, Response

NOTE_CHARACTERS_MAX = 1_000
NOTE = ("说明", "the note")


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
