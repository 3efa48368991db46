"""Nobody is texted at night or too often, unless it is urgent (rule 66)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.quiet_hours import (
    DAYS_AHEAD_MAX,
    HOURS,
    is_quiet,
    may_leave,
    send_after,
)
from shared.vocabulary.calendar import CHINA, local_date


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-11-23 07:59", "2026-11-23 08:00"),
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-23 20:59", "2026-11-23 20:59"),
        ("2026-11-23 21:00", "2026-11-24 08:00"),
        ("2026-12-31 23:30", "2027-01-01 08:00"),
        ("2026-11-23 00:00", "2026-11-23 08:00"),
    ],
)
def test_a_message_of_the_night_waits_for_the_morning(now: str, leaves: str) -> None:
    assert send_after(at(now), urgent=False) == at(leaves)
    assert send_after(at(now), urgent=True) == at(now)
    assert may_leave(at(now), urgent=False) is (now == leaves)
    assert may_leave(at(now), urgent=True)


def test_the_night_is_that_of_china_whatever_the_clock_says() -> None:
    assert is_quiet(datetime(2026, 11, 23, 14, tzinfo=UTC))
    assert not is_quiet(datetime(2026, 11, 23, 0, tzinfo=UTC))


def test_the_fourth_message_of_a_day_waits_for_the_next() -> None:
    now = at("2026-11-23 10:00")
    today = [now] * HOURS.per_day_max
    assert send_after(now, urgent=False, planned=today[1:]) == now
    assert send_after(now, urgent=False, planned=today) == at("2026-11-24 08:00")
    tomorrow = [at("2026-11-24 09:00")] * HOURS.per_day_max
    assert send_after(now, urgent=False, planned=today + tomorrow) == at("2026-11-25 08:00")


def test_a_person_with_full_weeks_is_called_instead() -> None:
    now = at("2026-11-23 10:00")
    full = [now + timedelta(days=n) for n in range(DAYS_AHEAD_MAX + 1)] * HOURS.per_day_max
    assert send_after(now, urgent=False, planned=full) is None


@given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)), min_size=1, max_size=40))  # noqa: DTZ001
def test_no_day_ever_holds_more_than_the_limit(arrivals: list[datetime]) -> None:
    planned: list[datetime] = []
    for arrival in sorted(arrivals):
        now = arrival.replace(tzinfo=CHINA)
        leaves = send_after(now, urgent=False, planned=planned)
        assert leaves is not None
        assert leaves >= now
        assert not is_quiet(leaves)
        planned.append(leaves)
    days = [local_date(moment) for moment in planned]
    assert max(days.count(day) for day in days) <= HOURS.per_day_max
