"""How serious a dispute is: the ladder G0 to G4, and the duty to report that comes with a step.

Head-counts are local practice and belong to the scheme; only ten for a collective dispute is law
(调解仲裁法 7). The ladder goes up by itself; down needs a supervisor and a reason.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.vocabulary.errors import NotAllowed, Refused
from shared.vocabulary.people import Actor, Role

COLLECTIVE_FROM_PEOPLE = 10


class Grade(StrEnum):
    """Steps of the ladder; they compare by their order."""

    G0 = "G0"
    G1 = "G1"
    G2 = "G2"
    G3 = "G3"
    G4 = "G4"


@dataclass(frozen=True, slots=True)
class Ladder:
    """From how many people on a grade applies; `sensitive_g4` counts at a sensitive place."""

    g1: int = COLLECTIVE_FROM_PEOPLE
    g2: int = 30
    g3: int = 100
    g4: int = 300
    sensitive_g4: int = 100

    @property
    def steps(self) -> dict[str, int]:
        """Grade to the number of people it begins with."""
        return {"G0": 0, "G1": self.g1, "G2": self.g2, "G3": self.g3, "G4": self.g4}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What grading looks at; `violence` covers violence, a blocked road and talk of self-harm."""

    people: int
    sensitive_place: bool = False
    violence: bool = False


@dataclass(frozen=True, slots=True)
class Grading:
    """A grade and why, as codes the screen translates: `people>=30`, `sensitive_place`, `violence`."""

    grade: Grade
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """Within how many clock hours of first knowledge which level reports to which."""

    hours: int
    to: str
    at_once_by_phone: bool = False
    daily_follow_up: bool = False


REPORT_DUTIES = {
    Grade.G2: ReportDuty(hours=2, to="city", daily_follow_up=True),
    Grade.G3: ReportDuty(hours=2, to="province", daily_follow_up=True),
    Grade.G4: ReportDuty(hours=1, to="province", at_once_by_phone=True, daily_follow_up=True),
}
"""突发事件应对法 61 asks for reports at once; the hours are local practice. They run from first knowledge."""


class GradeDownNeedsReason(Refused):
    """A lower grade without a reason, or one that is not lower."""

    code = "grade_down_needs_reason"
    zh = "降低等级需写明理由，且新等级应低于当前等级。"
    en = "Lowering the grade needs a reason, and the new grade must be lower than the present one."


def is_collective(people: int) -> bool:
    """Ten or more workers with a common claim (调解仲裁法 7)."""
    return people >= COLLECTIVE_FROM_PEOPLE


def grade_of(what: Circumstances, ladder: Ladder) -> Grading:
    """The step the facts reach by themselves."""
    if what.violence:
        return Grading(Grade.G4, ("violence",))
    if what.sensitive_place and what.people >= ladder.sensitive_g4:
        return Grading(Grade.G4, ("sensitive_place", f"people>={ladder.sensitive_g4}"))
    steps = (
        (Grade.G4, ladder.g4),
        (Grade.G3, ladder.g3),
        (Grade.G2, ladder.g2),
        (Grade.G1, ladder.g1),
    )
    for grade, people in steps:
        if what.people >= people:
            return Grading(grade, (f"people>={people}",))
    return Grading(Grade.G0, (f"people<{ladder.g1}",))


def raised(current: Grade, what: Circumstances, ladder: Ladder) -> Grade:
    """The grade after new facts: never lower than it was."""
    return max(current, grade_of(what, ladder).grade)


def lowered(current: Grade, to: Grade, actor: Actor, reason: str) -> Grade:
    """A lower grade by a supervisor's decision."""
    if not actor.has(Role.SUPERVISOR):
        raise NotAllowed
    if to >= current or not reason.strip():
        raise GradeDownNeedsReason(current=current.value, wanted=to.value)
    return to
