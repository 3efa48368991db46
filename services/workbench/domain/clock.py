"""A date of a case as the screens show it: computed here in full, the browser only ticks against server time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.workbench.domain.card import Card
from services.workbench.domain.fact import Day
from services.workbench.domain.labels import DUES, WORKDAY_DUES, label
from services.workbench.domain.summary import dues_of, end_of, first_contact_of, shown_kind
from services.workbench.domain.text import Text
from shared.vocabulary.calendar import CHINA, WorkCalendar, local_date, start_of_day

HOURS_SOON = timedelta(minutes=30)
DAYS_SOON = timedelta(days=2)
MEETING_SOON = timedelta(hours=24)
FAR = datetime.max.replace(tzinfo=CHINA)
USED_PERCENT = 80
"""The hotline reminds when four fifths of the time are used (rule 41)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline; `units_left` counts days or working days, None for hours and appointments."""

    kind: str
    title: Text
    state: str
    due_at: datetime | None
    soon_at: datetime | None
    unit: str
    units_left: int | None
    raw_day: str | None = None
    provisional: bool = False
    rule: Text | None = None
    done_at: datetime | None = None
    pause_reason: Text | None = None


def clocks_of(card: Card, now: datetime, calendar: WorkCalendar) -> list[Clock]:
    """Every date of the case: nearest first, appointments among them, what is done last."""
    days = {shown_kind(one.kind): one for one in _days(card)}
    running = [
        _running(due.kind, due.at, days.get(due.kind), card, now, calendar) for due in dues_of(card)
    ]
    running += _appointments(card)
    running.sort(key=_due_first)
    return running + list(_done(card))


def nearest(card: Card, now: datetime, calendar: WorkCalendar) -> Clock | None:
    """The date that counts now."""
    dues = dues_of(card)
    if not dues:
        return None
    days = {shown_kind(one.kind): one for one in _days(card)}
    return _running(dues[0].kind, dues[0].at, days.get(dues[0].kind), card, now, calendar)


def _due_first(clock: Clock) -> datetime:
    return clock.due_at or FAR


def _days(card: Card) -> Iterable[Day]:
    dispute = card.dispute
    return (*card.case.days, *(dispute.days if dispute else ()))


def _running(
    kind: str,
    at: datetime,
    day: Day | None,
    card: Card,
    now: datetime,
    calendar: WorkCalendar,
) -> Clock:
    unit = _unit(kind, card)
    return Clock(
        kind=kind,
        title=label(DUES, kind),
        state="running",
        due_at=at,
        soon_at=_soon(kind, at, day, unit),
        unit=unit,
        units_left=units_left(unit, at, now, calendar),
        raw_day=day.raw if day and day.raw != day.effective else None,
        provisional=bool(day and day.provisional),
        rule=rule_of(day) if day else None,
    )


def _unit(kind: str, card: Card) -> str:
    if kind in {"first_contact", "sign"}:
        return "workday" if card.case.urgency == "normal" else "hour"
    return "workday" if kind in WORKDAY_DUES else "day"


def units_left(unit: str, at: datetime, now: datetime, calendar: WorkCalendar) -> int | None:
    """Days or working days until a moment, today not counted."""
    today, last = local_date(now), local_date(at)
    if unit == "workday":
        return calendar.workdays_between(today, last)
    return (last - today).days if unit == "day" else None


def _soon(kind: str, at: datetime, day: Day | None, unit: str) -> datetime:
    if kind == "close" and day:
        start = start_of_day(date.fromisoformat(day.start))
        return start + (at - start) * USED_PERCENT / 100
    return at - (HOURS_SOON if unit == "hour" else DAYS_SOON)


def rule_of(day: Day) -> Text:
    """Which rule of which text: 调解仲裁法 14 · 规则 16 v1. A source may name itself in both languages, `中文 / English`."""
    name, _, version = day.rule.partition("@")
    number = name.lstrip("RT").partition(".")[0] or name
    edition = f" v{version}" if version else ""
    zh, _, en = day.source.partition(" / ")
    return Text(f"{zh} · 规则 {number}{edition}", f"{en or zh} · rule {number}{edition}")


def _appointments(card: Card) -> Iterator[Clock]:
    dispute = card.dispute
    if dispute is None or card.case.closed_at:
        return
    if dispute.next_meeting_at:
        yield _appointment("meeting", dispute.next_meeting_at, MEETING_SOON, "event")
    if dispute.offer:
        yield _appointment("offer", dispute.offer.expires_at, HOURS_SOON, "hour")


def _appointment(kind: str, at: datetime, before: timedelta, unit: str) -> Clock:
    return Clock(kind, label(DUES, kind), "running", at, at - before, unit, None)


def _done(card: Card) -> Iterator[Clock]:
    case, dispute = card.case, card.dispute
    contact = first_contact_of(card)
    if case.first_contact_due and contact:
        yield _ended("first_contact", case.first_contact_due, contact)
    closed = case.handled_at or case.closed_at
    for one in case.days:
        if closed:
            yield _ended(shown_kind(one.kind), end_of(one.effective), closed, rule_of(one))
    ended = dispute and (dispute.closed_at or case.closed_at)
    if dispute and ended:
        for one in dispute.days:
            yield _ended(one.kind, end_of(one.effective), ended, rule_of(one))


def _ended(kind: str, due: datetime, at: datetime, rule: Text | None = None) -> Clock:
    return Clock(kind, label(DUES, kind), "done", due, None, "day", None, rule=rule, done_at=at)
