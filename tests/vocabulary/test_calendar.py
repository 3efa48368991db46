"""Periods as the law counts them, on the State Council's calendar of 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.calendar import (
    CHINA,
    CalendarDay,
    Due,
    WorkCalendar,
    end_of_day,
    local_date,
    office_close,
)
from tests.vocabulary.holidays import CALENDAR, CALENDAR_2026

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    off=st.frozensets(DAYS, max_size=30),
    make_up=st.frozensets(DAYS, max_size=30),
    known_years=st.frozensets(st.integers(2024, 2028)),
    roll_over=st.booleans(),
)


@pytest.mark.parametrize(
    ("start", "days", "raw", "effective"),
    [
        (date(2026, 3, 2), 15, date(2026, 3, 17), date(2026, 3, 17)),
        (date(2026, 4, 20), 15, date(2026, 5, 5), date(2026, 5, 6)),
        (date(2026, 4, 24), 15, date(2026, 5, 9), date(2026, 5, 9)),
        (date(2026, 3, 10), 30, date(2026, 4, 9), date(2026, 4, 9)),
        (date(2026, 3, 2), 5, date(2026, 3, 7), date(2026, 3, 9)),
        (date(2026, 3, 2), 60, date(2026, 5, 1), date(2026, 5, 6)),
        (date(2026, 3, 2), 90, date(2026, 5, 31), date(2026, 6, 1)),
    ],
    ids=["TC01", "TC02", "TC04", "TC12", "TC28", "TC31", "TC31 extended"],
)
def test_natural_days_end_on_the_next_day_that_is_worked(
    start: date, days: int, raw: date, effective: date
) -> None:
    assert CALENDAR_2026.natural(start, days) == Due(raw, effective)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 4, 30), 3, date(2026, 5, 8)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 27), 5, date(2026, 3, 5)),
    ],
    ids=["TC06", "TC07", "U25 first", "U25 second", "TC26"],
)
def test_working_days_follow_the_notice(start: date, days: int, last: date) -> None:
    assert CALENDAR_2026.workday(start, days) == Due(last, last)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2025, 5, 20), date(2026, 5, 20)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 11, 30), date(2026, 11, 30)),
    ],
    ids=["TC21", "TC23", "TC25"],
)
def test_years_end_on_the_corresponding_day(start: date, last: date) -> None:
    assert CALENDAR.years(start, 1) == Due(last, last)


def test_months_without_a_corresponding_day_end_on_their_last_day() -> None:
    assert CALENDAR_2026.months(date(2026, 1, 31), 1).raw == date(2026, 2, 28)


def test_with_roll_over_off_the_raw_day_is_the_last_day() -> None:
    assert CALENDAR_2026.rolling(False).natural(date(2026, 3, 2), 60) == Due(
        date(2026, 5, 1), date(2026, 5, 1)
    )


def test_clock_hours_run_through_the_holiday() -> None:
    start = datetime(2026, 10, 1, 23, 30, tzinfo=CHINA)
    assert CALENDAR_2026.hours(start, 2) == datetime(2026, 10, 2, 1, 30, tzinfo=CHINA)


def test_a_year_without_notice_gives_a_provisional_date_by_weekends() -> None:
    assert CALENDAR_2026.natural(date(2026, 12, 25), 15) == Due(
        date(2027, 1, 9), date(2027, 1, 11), provisional=True
    )
    assert CALENDAR_2026.workday(date(2026, 12, 31), 1).provisional


def test_the_last_week_of_december_waits_for_the_next_notice() -> None:
    assert not CALENDAR_2026.is_known(date(2026, 12, 24))
    assert CALENDAR_2026.is_known(date(2026, 12, 23))


def test_rows_of_a_table_make_a_calendar() -> None:
    rows = [CalendarDay(date(2026, 1, 1), False), CalendarDay(date(2026, 1, 4), True)]
    calendar = WorkCalendar.of(rows)
    assert not calendar.is_workday(date(2026, 1, 1))
    assert calendar.is_workday(date(2026, 1, 4))
    assert calendar.known_years == {2026}


def test_the_day_ends_at_midnight_in_china_and_the_office_at_five() -> None:
    assert end_of_day(date(2026, 3, 17)) == datetime(2026, 3, 17, 16, 0, tzinfo=UTC)
    assert office_close(date(2026, 3, 17)) == datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
    assert local_date(datetime(2026, 3, 17, 16, 0, tzinfo=UTC)) == date(2026, 3, 18)


def test_the_third_workday_of_october_comes_after_the_holiday() -> None:
    assert CALENDAR_2026.nth_workday_of_month(2026, 10, 3) == date(2026, 10, 10)


@given(calendar=CALENDARS, start=DAYS, days=st.integers(0, 400))
def test_the_effective_day_is_never_before_the_raw_day_and_is_worked(
    calendar: WorkCalendar, start: date, days: int
) -> None:
    due = calendar.natural(start, days)
    assert due.raw == start + timedelta(days=days)
    assert due.effective >= due.raw
    if calendar.roll_over:
        assert calendar.is_workday(due.effective)
        between = (due.effective - due.raw).days
        assert not any(calendar.is_workday(due.raw + timedelta(days=n)) for n in range(between))


@given(calendar=CALENDARS, start=DAYS, days=st.integers(1, 60))
def test_a_period_in_working_days_holds_exactly_so_many(
    calendar: WorkCalendar, start: date, days: int
) -> None:
    due = calendar.workday(start, days)
    assert calendar.is_workday(due.effective)
    assert calendar.workdays_between(start, due.effective) == days


@given(calendar=CALENDARS, start=DAYS, days=st.integers(1, 60))
def test_a_longer_period_never_ends_earlier(calendar: WorkCalendar, start: date, days: int) -> None:
    assert calendar.workday(start, days).effective < calendar.workday(start, days + 1).effective
    assert calendar.natural(start, days).effective <= calendar.natural(start, days + 1).effective


@pytest.mark.parametrize("days", [-1, 10**6])
def test_an_absurd_period_is_a_programming_error(days: int) -> None:
    with pytest.raises(ValueError, match="a period"):
        CALENDAR.natural(date(2026, 1, 1), days)
