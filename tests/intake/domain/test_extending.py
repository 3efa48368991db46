"""More time is asked for once, in time; somebody else decides; the new date counts from the old one (rule 42)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import Case, begin
from services.intake.domain.case_state import NotInThisState, State
from services.intake.domain.categories import Level, TopClass, Track
from services.intake.domain.clocks import handling_of
from services.intake.domain.dispatching import OwnRequest
from services.intake.domain.extending import (
    ExtensionPending,
    ExtensionReason,
    NoExtensionAsked,
    ask,
    grant,
    lapse,
    refuse,
)
from services.intake.domain.sla import (
    AlreadyExtended,
    ExtensionTooLate,
    handling_deadline,
    ladder,
    table_on,
)
from shared.vocabulary.calendar import CHINA
from tests.intake.domain.calendar_2026 import CALENDAR_2026
from tests.intake.domain.test_case import DAY, a_case

UNIT, CHIEF = UUID(int=11), UUID(int=13)
TABLE = table_on(DAY)
TALKS = ExtensionReason.TALKS


def running(received: date = DAY, level: Level = Level.ORDINARY) -> Case:
    at = datetime(received.year, received.month, received.day, 9, tzinfo=CHINA)
    kind = (TopClass.DISPUTE, Track.DISPUTE, level)
    deadline = handling_deadline(kind, at, TABLE, CALENDAR_2026)
    return begin(a_case(received_at=at, level=level, deadlines=(deadline,)), received)


def asked(case: Case, today: date = DAY) -> Case:
    return ask(case, UNIT, TALKS, today)


def granted(case: Case, today: date = DAY) -> Case:
    return grant(case, CHIEF, today, TABLE, CALENDAR_2026)


def test_nothing_moves_before_it_is_granted() -> None:
    case = asked(running())
    assert (case.extension_by, case.extension_reason, case.extensions) == (UNIT, "talks", 0)
    assert case.deadlines == running().deadlines
    with pytest.raises(ExtensionPending):
        ask(case, CHIEF, TALKS, DAY)


def test_a_granted_extension_says_where_its_date_comes_from() -> None:
    before = handling_of(running().deadlines)
    case = granted(asked(running()))
    after = handling_of(case.deadlines)
    assert (before.effective, after.raw) == (date(2026, 3, 23), date(2026, 4, 7))
    assert (after.rule, after.source, after.reason) == ("R42@1", before.source, "talks")
    assert (case.state, case.extensions, case.extension_by) == (State.DISPATCHED, 1, None)
    with pytest.raises(AlreadyExtended):
        asked(case)


def test_a_refused_request_may_be_made_again() -> None:
    case = refuse(asked(running()), CHIEF)
    assert (case.extension_by, case.extensions) == (None, 0)
    assert case.deadlines == running().deadlines
    assert granted(asked(case)).extensions == 1


def test_nobody_grants_their_own_request() -> None:
    case = asked(running())
    with pytest.raises(OwnRequest):
        grant(case, UNIT, DAY, TABLE, CALENDAR_2026)
    with pytest.raises(OwnRequest):
        refuse(case, UNIT)


def test_without_a_request_there_is_nothing_to_decide() -> None:
    for case in (running(), lapse(asked(running()))):
        with pytest.raises(NoExtensionAsked):
            granted(case)
        with pytest.raises(NoExtensionAsked):
            refuse(case, CHIEF)


@pytest.mark.parametrize("state", sorted(set(State) - {State.DISPATCHED, State.IN_PROGRESS}))
def test_only_work_in_hand_is_extended(state: State) -> None:
    case = replace(asked(running()), state=state)
    with pytest.raises(NotInThisState):
        granted(case)
    with pytest.raises(NotInThisState):
        asked(replace(running(), state=state))


@given(
    received=st.dates(date(2026, 1, 1), date(2026, 8, 1)),
    level=st.sampled_from(Level),
    late=st.integers(-20, 20),
)
def test_the_new_date_lies_after_the_old_one_by_the_period_and_on_a_working_day(
    received: date, level: Level, late: int
) -> None:
    case = running(received, level)
    old = handling_of(case.deadlines)
    today = old.effective + timedelta(days=late)
    if late > 0:
        with pytest.raises(ExtensionTooLate):
            asked(case, today)
        with pytest.raises(ExtensionTooLate):
            granted(asked(case, received), today)
        return
    new = handling_of(granted(asked(case, today), today).deadlines)
    assert CALENDAR_2026.is_workday(new.effective)
    assert new.effective >= new.raw > old.effective
    assert (new.start, new.start_event, new.kind) == (old.start, old.start_event, old.kind)
    if level is Level.COMPLEX:
        assert new.raw - old.raw == timedelta(days=TABLE.complex_extension_days)
    else:
        passed = CALENDAR_2026.workdays_between(old.effective, new.effective)
        assert passed == TABLE.extension_workdays
    steps = [one.at for one in ladder(new, TABLE, CALENDAR_2026)]
    assert steps == sorted(steps)
