"""The ladder G0 to G4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.grade import (
    REPORT_DUTIES,
    Circumstances,
    Grade,
    GradeDownNeedsReason,
    Ladder,
    grade_of,
    lowered,
    raised,
)
from shared.vocabulary.people import Actor, Role
from tests.mediation.domain.builders import SUPERVISOR

FACTS = st.builds(Circumstances, st.integers(0, 1_000), st.booleans(), st.booleans())


@pytest.mark.parametrize(
    ("people", "sensitive", "violence", "grade"),
    [
        (9, False, False, Grade.G0),
        (10, False, False, Grade.G1),
        (29, False, False, Grade.G1),
        (30, False, False, Grade.G2),
        (99, True, False, Grade.G2),
        (100, False, False, Grade.G3),
        (100, True, False, Grade.G4),
        (299, False, False, Grade.G3),
        (300, False, False, Grade.G4),
        (1, False, True, Grade.G4),
    ],
)
def test_the_steps(people: int, sensitive: bool, violence: bool, grade: Grade) -> None:
    assert grade_of(Circumstances(people, sensitive, violence), Ladder()).grade is grade


@given(st.lists(FACTS, min_size=1, max_size=8))
def test_by_itself_the_grade_never_falls(story: list[Circumstances]) -> None:
    grade = Grade.G0
    for facts in story:
        after = raised(grade, facts, Ladder())
        assert after >= grade
        assert after >= grade_of(facts, Ladder()).grade
        grade = after


@pytest.mark.parametrize(
    ("to", "reason"), [(Grade.G2, "已疏导"), (Grade.G3, "已疏导"), (Grade.G1, " ")]
)
def test_going_down_is_down_and_explained(to: Grade, reason: str) -> None:
    boss = Actor(SUPERVISOR, frozenset({Role.SUPERVISOR}), "zq")
    with pytest.raises(GradeDownNeedsReason):
        lowered(Grade.G2, to, boss, reason)


def test_graver_cases_are_reported_sooner() -> None:
    assert REPORT_DUTIES[Grade.G4].at_once_by_phone
    assert REPORT_DUTIES[Grade.G4].hours < REPORT_DUTIES[Grade.G2].hours
    assert Grade.G1 not in REPORT_DUTIES
