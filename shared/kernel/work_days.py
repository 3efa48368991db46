"""The State Council's calendar as rows for a service's `work_calendar` table; for migrations only."""

from datetime import date, timedelta
from typing import Any

FIRST_YEAR, LAST_YEAR = 2004, 2026
"""The years whose notice the package knows; later ones are entered by an administrator when they are announced."""


def special_days() -> list[dict[str, Any]]:
    """Every day that is not what its weekday says, with the festival it belongs to: weekdays off, weekend days worked (调休)."""
    import chinese_calendar  # noqa: PLC0415 - 10 MB that only a migration needs

    found = []
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        works = chinese_calendar.is_workday(day)
        if works != (day.weekday() < 5):
            _, festival = chinese_calendar.get_holiday_detail(day)
            found.append({"day": day, "kind": "work" if works else "off", "note": festival or ""})
        day += timedelta(days=1)
    return found
