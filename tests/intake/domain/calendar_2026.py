"""The days off and make-up workdays of 2026 that the tests count with (State Council notice of 2025-11)."""

from datetime import date, timedelta

from shared.vocabulary.calendar import WorkCalendar


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


CALENDAR_2026 = WorkCalendar(
    off=frozenset(
        _days("2026-01-01", "2026-01-03")
        + _days("2026-02-15", "2026-02-23")
        + _days("2026-04-04", "2026-04-06")
        + _days("2026-05-01", "2026-05-05")
        + _days("2026-06-19", "2026-06-21")
        + _days("2026-09-25", "2026-09-27")
        + _days("2026-10-01", "2026-10-07")
    ),
    make_up=frozenset(
        date.fromisoformat(day)
        for day in (
            "2026-01-04",
            "2026-02-14",
            "2026-02-28",
            "2026-05-09",
            "2026-09-20",
            "2026-10-10",
        )
    ),
    known_years=frozenset({2026}),
)
