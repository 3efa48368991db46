"""Rhythms of the periodic assessments: `WEEKLY(TUE)`, `NTH_WORKDAY(month,3)`, `NTH_WORKDAY(quarter,5)`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from shared.vocabulary.calendar import WorkCalendar

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
PERIOD_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
NTH_WORKDAY_MAX = 15
_WEEKLY = re.compile(r"WEEKLY\((\w{3})\)")
_NTH_WORKDAY = re.compile(r"NTH_WORKDAY\((\w+),\s*(\d{1,2})\)")


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week on a weekday (0 is Monday); a day off moves to the next workday."""

    weekday: int

    def next_after(self, day: date, calendar: WorkCalendar) -> date:
        """The first occurrence later than a day."""
        monday = day - timedelta(days=day.weekday() + 7)
        while True:
            found = calendar.next_workday(monday + timedelta(days=self.weekday))
            if found > day:
                return found
            monday += timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NthWorkday:
    """The nth workday of every period of so many months, counted from January."""

    months: int
    nth: int

    def next_after(self, day: date, calendar: WorkCalendar) -> date:
        """The first occurrence later than a day."""
        year, month = day.year, (day.month - 1) // self.months * self.months + 1
        while True:
            found = calendar.nth_workday_of_month(year, month, self.nth)
            if found > day:
                return found
            years, month = divmod(month - 1 + self.months, 12)
            year, month = year + years, month + 1


Cadence = Weekly | NthWorkday


def cadence(rule: str) -> Cadence | None:
    """The rhythm a rule names; None when it is not understood."""
    if weekly := _WEEKLY.fullmatch(rule.strip()):
        return Weekly(WEEKDAYS.index(weekly[1])) if weekly[1] in WEEKDAYS else None
    nth = _NTH_WORKDAY.fullmatch(rule.strip())
    if nth is None or nth[1] not in PERIOD_MONTHS or not 1 <= int(nth[2]) <= NTH_WORKDAY_MAX:
        return None
    return NthWorkday(PERIOD_MONTHS[nth[1]], int(nth[2]))
