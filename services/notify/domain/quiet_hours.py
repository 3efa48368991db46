"""When a message may leave: service hours, a daily limit per person, and what is never late (rule 66).

Times are Asia/Shanghai. A service message waits for 08:00 when it is night; an urgent one (danger, group
events from G3, verification codes) goes at any hour and is not counted against the limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared.vocabulary.calendar import CHINA, local_date


@dataclass(frozen=True, slots=True)
class Hours:
    """The federation's setting: messages leave from `opens` until before `closes`."""

    opens: time = time(8, 0)
    closes: time = time(21, 0)
    per_day_max: int = 3


HOURS = Hours()
DAYS_AHEAD_MAX = 30
"""How far a crowded person's message may be put off; beyond it somebody calls."""


def is_quiet(moment: datetime, hours: Hours = HOURS) -> bool:
    """Whether people are left in peace at that moment."""
    return not hours.opens <= moment.astimezone(CHINA).time() < hours.closes


def send_after(
    now: datetime, *, urgent: bool, planned: Iterable[datetime] = (), hours: Hours = HOURS
) -> datetime | None:
    """The earliest moment a message may leave; None when the person's next days are full.

    `planned` are the moments of that person's other non-urgent messages, sent or queued.
    """
    if urgent:
        return now
    per_day: dict[date, int] = {}
    for moment in planned:
        day = local_date(moment)
        per_day[day] = per_day.get(day, 0) + 1
    moment = _opening(now, hours)
    for _ in range(DAYS_AHEAD_MAX):
        if per_day.get(local_date(moment), 0) < hours.per_day_max:
            return moment
        moment = datetime.combine(local_date(moment) + timedelta(days=1), hours.opens, CHINA)
    return None


def may_leave(now: datetime, *, urgent: bool, hours: Hours = HOURS) -> bool:
    """Asked once more just before sending: a late worker must not send at night."""
    return urgent or not is_quiet(now, hours)


def _opening(now: datetime, hours: Hours) -> datetime:
    if not is_quiet(now, hours):
        return now
    local = now.astimezone(CHINA)
    day = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.opens, CHINA)
