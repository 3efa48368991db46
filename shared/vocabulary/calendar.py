"""Counting time as Chinese law counts it: natural days, working days, months, years and clock hours.

The start day never counts (民法典 201). The State Council's yearly notice says which weekdays are off and
which weekend days are worked (调休); a year whose notice is not loaded is computed with plain weekends and
its results are marked provisional, to be recalculated when the notice arrives.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""One offset all year: China has had no summer time since 1991, so no time-zone database is needed."""

OFFICE_CLOSE = time(17, 0)
SPAN_DAYS_MAX = 36_600
SPAN_HOURS_MAX = 24 * SPAN_DAYS_MAX
SATURDAY = 5
NOTICE_REACHES_BACK_TO = (12, 24)
"""A year's notice may move the last days of the year before (2018-12-29 was worked, 2018-12-31 off)."""


@dataclass(frozen=True, slots=True)
class Due:
    """A last day: as counted (`raw`), as the law extends it over days off (`effective`)."""

    raw: date
    effective: date
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One exception to the ordinary week, as a row of a service's `work_calendar` table holds it."""

    day: date
    is_workday: bool


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working calendar: weekdays off, weekend days worked, and the years whose notice is loaded.

    `roll_over` moves a last day that is off to the next workday. It is certain for civil procedure and
    arbitration; for hotline, petition and mediation bodies no text says so, hence a switch (default on).
    """

    off: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    roll_over: bool = True

    @classmethod
    def of(
        cls,
        days: Iterable[CalendarDay],
        *,
        known_years: Iterable[int] | None = None,
        roll_over: bool = True,
    ) -> "WorkCalendar":
        """The calendar of the given exceptions; without `known_years`, the years that have any."""
        rows = tuple(days)
        years = {row.day.year for row in rows} if known_years is None else set(known_years)
        return cls(
            off=frozenset(row.day for row in rows if not row.is_workday),
            make_up=frozenset(row.day for row in rows if row.is_workday),
            known_years=frozenset(years),
            roll_over=roll_over,
        )

    def rolling(self, roll_over: bool) -> "WorkCalendar":
        """The same calendar with the roll-over switch set as given."""
        return self if roll_over == self.roll_over else replace(self, roll_over=roll_over)

    def is_workday(self, day: date) -> bool:
        """Weekday and not off, or a weekend day worked by notice."""
        if day in self.make_up:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def is_known(self, day: date) -> bool:
        """Whether every notice that may speak of this day is loaded."""
        if day.year not in self.known_years:
            return False
        return (day.month, day.day) < NOTICE_REACHES_BACK_TO or day.year + 1 in self.known_years

    def next_workday(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def natural(self, start: date, days: int) -> Due:
        """`days` calendar days after `start`; days off inside do not extend it (民法典 201, 203)."""
        return self.roll(start + timedelta(days=_span(days, SPAN_DAYS_MAX)))

    def workday(self, start: date, days: int) -> Due:
        """The `days`-th working day after `start`."""
        if days < 1:
            raise ValueError("a period in working days has at least one")
        day, left, provisional = start, _span(days, SPAN_DAYS_MAX), False
        while left:
            day += timedelta(days=1)
            left -= self.is_workday(day)
            provisional |= not self.is_known(day)
        return Due(day, day, provisional)

    def months(self, start: date, months: int) -> Due:
        """The corresponding day `months` later, or that month's last day if it has none (民法典 202)."""
        index = start.year * 12 + start.month - 1 + _span(months, SPAN_DAYS_MAX)
        year, month = divmod(index, 12)
        last = monthrange(year, month + 1)[1]
        return self.roll(date(year, month + 1, min(start.day, last)))

    def years(self, start: date, years: int) -> Due:
        """The same day `years` later; 29 February becomes the 28th (民法典 202)."""
        return self.months(start, 12 * years)

    def hours(self, start: datetime, hours: int) -> datetime:
        """Clock hours, never rolled over: a night or a holiday does not stop an urgent clock."""
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware time")
        return start + timedelta(hours=_span(hours, SPAN_HOURS_MAX))

    def roll(self, raw: date) -> Due:
        """A counted last day with its extension over days off (民法典 203)."""
        if not self.roll_over:
            return Due(raw, raw)
        effective = self.next_workday(raw)
        return Due(raw, effective, not (self.is_known(raw) and self.is_known(effective)))

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.workdays_between(end, start)
        span = _span((end - start).days, SPAN_DAYS_MAX)
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, span + 1))

    def nth_workday_of_month(self, year: int, month: int, nth: int) -> date:
        """The `nth` working day of a month (meetings on “the third workday”)."""
        return self.workday(date(year, month, 1) - timedelta(days=1), nth).effective


def _span(count: int, limit: int) -> int:
    if not 0 <= count <= limit:
        raise ValueError(f"a period lies between 0 and {limit}")
    return count


def local_date(moment: datetime) -> date:
    """The date in China at an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment carries its offset")
    return moment.astimezone(CHINA).date()


def start_of_day(day: date) -> datetime:
    """00:00 in China."""
    return datetime.combine(day, time(), CHINA)


def end_of_day(day: date) -> datetime:
    """24:00 in China: where the last day of a period ends (民法典 203)."""
    return start_of_day(day) + timedelta(days=1)


def office_close(day: date) -> datetime:
    """17:00 in China: where the last day ends for acts that need an open office (民法典 203)."""
    return datetime.combine(day, OFFICE_CLOSE, CHINA)
