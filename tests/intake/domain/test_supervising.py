"""Under supervision the ladder is shorter; what of it was told is not told again, what is to come moves (rule 41)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from services.intake.domain.case import Case, Part, PartKind, PartState
from services.intake.domain.case_state import NotInThisState, State
from services.intake.domain.sla import TABLES, Step, handling_deadline, ladder, morning_after
from services.intake.domain.supervising import (
    AlreadySupervised,
    NotSupervised,
    lift,
    moved_step,
    supervise,
)
from tests.intake.domain.calendar_2026 import CALENDAR_2026
from tests.intake.domain.test_case import a_case

(TABLE,) = TABLES
CHIEF = UUID(int=5)


def handled_until() -> Case:
    case = a_case(state=State.DISPATCHED)
    kind = (case.top, case.track, case.level)
    deadline = handling_deadline(kind, case.received_at, TABLE, CALENDAR_2026)
    return replace(case, deadlines=(deadline,))


CASE = handled_until()
WATCHED = supervise(CASE, CHIEF)
USUAL, SHORT = (
    {one.step: one.at for one in ladder(CASE.deadlines[0], TABLE, CALENDAR_2026, pace)}
    for pace in (TABLE.usual, TABLE.supervised)
)


def test_the_shorter_ladder_reminds_and_circulates_sooner_and_keeps_the_rest() -> None:
    assert SHORT[Step.REMIND] < USUAL[Step.REMIND]
    assert SHORT[Step.CIRCULATE] < USUAL[Step.CIRCULATE]
    assert (SHORT[Step.OVERDUE], SHORT[Step.URGE]) == (USUAL[Step.OVERDUE], USUAL[Step.URGE])


def at(now: datetime, before: Case = CASE, after: Case = WATCHED) -> tuple[Step, datetime] | None:
    return moved_step(before, after, now, TABLE, CALENDAR_2026)


def test_a_reminder_still_to_come_moves_both_ways() -> None:
    early = CASE.received_at
    assert at(early) == (Step.REMIND, SHORT[Step.REMIND])
    assert at(early, WATCHED, lift(WATCHED)) == (Step.REMIND, USUAL[Step.REMIND])


@pytest.mark.parametrize(
    "now",
    [
        SHORT[Step.REMIND],
        USUAL[Step.REMIND],
        USUAL[Step.OVERDUE],
        USUAL[Step.URGE] - timedelta(minutes=1),
    ],
)
def test_between_the_reminder_and_the_urging_letter_nothing_is_told_twice(now: datetime) -> None:
    assert at(now) is None
    assert at(now, WATCHED, lift(WATCHED)) is None


def test_after_the_urging_letter_it_is_circulated_sooner_but_not_at_once() -> None:
    assert at(USUAL[Step.URGE]) == (Step.CIRCULATE, SHORT[Step.CIRCULATE])
    late = USUAL[Step.CIRCULATE] + timedelta(days=30)
    assert at(late) == (Step.CIRCULATE, morning_after(late, 1, CALENDAR_2026))
    assert at(late, WATCHED, lift(WATCHED)) is None


def test_where_no_ladder_stands_nothing_moves() -> None:
    awaited = (Part(PartKind.DISPUTE, PartState.EXPECTED),)
    for change in ({"parts": awaited}, {"state": State.HANDLED}):
        case = replace(CASE, **change)
        assert at(CASE.received_at, case, supervise(case, CHIEF)) is None


def test_it_begins_once_and_ends_once() -> None:
    with pytest.raises(AlreadySupervised):
        supervise(WATCHED, CHIEF)
    with pytest.raises(NotSupervised):
        lift(CASE)
    with pytest.raises(NotInThisState):
        supervise(replace(CASE, state=State.CLOSED), CHIEF)
    closed = lift(replace(WATCHED, state=State.CLOSED))
    assert not closed.supervised
