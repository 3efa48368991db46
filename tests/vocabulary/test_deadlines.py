"""Deadlines that explain themselves, survive storage and follow a calendar that learns."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.calendar import CalendarDay, WorkCalendar
from shared.vocabulary.deadlines import Deadline, Rule, Unit
from tests.vocabulary.holidays import CALENDAR_2026, DAYS

RULES = st.builds(
    Rule,
    id=st.just("R16"),
    kind=st.just("mediation"),
    unit=st.sampled_from(Unit),
    length=st.integers(1, 40),
    source=st.just("调解仲裁法 14"),
    start_event=st.just("application_received"),
    always_rolls=st.booleans(),
)
STARTS = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))


@given(RULES, STARTS, st.booleans())
def test_a_deadline_survives_json(rule: Rule, start: date, roll_over: bool) -> None:
    deadline = rule.deadline(start, CALENDAR_2026.rolling(roll_over), reason="first")
    assert Deadline.from_dict(json.loads(json.dumps(deadline.to_dict()))) == deadline


@given(RULES, STARTS, st.booleans(), st.frozensets(STARTS, max_size=40))
def test_recalculating_equals_calculating_anew(
    rule: Rule, start: date, roll_over: bool, off: frozenset[date]
) -> None:
    wiser = WorkCalendar(off=off, known_years=frozenset(range(2024, 2035)), roll_over=roll_over)
    before = rule.deadline(start, CALENDAR_2026.rolling(roll_over))
    assert before.recalculated(wiser) == rule.deadline(start, wiser)


def test_tc36_a_date_in_2027_is_provisional_until_its_notice_is_loaded() -> None:
    rule = Rule("R16", "mediation", Unit.NATURAL, 15, "调解仲裁法 14", "application_received")
    before = rule.deadline(date(2026, 12, 17), CALENDAR_2026)
    assert (before.effective, before.provisional) == (date(2027, 1, 1), True)
    notice = [CalendarDay(date(2027, 1, 1), False), CalendarDay(date(2027, 1, 4), False)]
    after = before.recalculated(WorkCalendar.of([*DAYS, *notice]))
    assert (after.raw, after.effective) == (date(2027, 1, 1), date(2027, 1, 5))
    assert not after.provisional


def test_a_certain_roll_over_ignores_the_switch() -> None:
    rule = Rule("R28", "review", Unit.NATURAL, 15, "办案规则 74", "effective", always_rolls=True)
    deadline = rule.deadline(date(2026, 4, 20), CALENDAR_2026.rolling(False))
    assert deadline.effective == date(2026, 5, 6)
    assert deadline.recalculated(CALENDAR_2026.rolling(False)) == deadline


def test_days_left_count_to_the_legal_last_day() -> None:
    rule = Rule("R16", "mediation", Unit.NATURAL, 15, "调解仲裁法 14", "application_received")
    deadline = rule.deadline(date(2026, 4, 20), CALENDAR_2026)
    assert deadline.days_left(date(2026, 5, 5)) == 1
    assert not deadline.is_over(date(2026, 5, 6))
    assert deadline.is_over(date(2026, 5, 7))


@pytest.mark.parametrize("missing", ["reason", "workdays", "rolls", "provisional"])
def test_an_older_record_without_a_field_is_read(missing: str) -> None:
    rule = Rule("R16", "mediation", Unit.NATURAL, 15, "调解仲裁法 14", "application_received")
    deadline = rule.deadline(date(2026, 3, 2), CALENDAR_2026)
    plain = deadline.to_dict() | {"field_of_the_future": 1}
    del plain[missing]
    assert Deadline.from_dict(plain) == deadline
