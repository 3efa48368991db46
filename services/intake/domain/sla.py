"""By when a case must be touched and done (rules 39 to 44): a versioned table, clocks, reminder, ladder.

An open case keeps the version of the table it started with: its deadlines name it (`R39.dispute@1`).
Working days and the roll-over come from the work calendar; clock hours of urgent cases never stop.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from services.intake.domain.categories import Level, TopClass, Track
from services.intake.domain.urgency import Urgency
from shared.vocabulary.calendar import CHINA, WorkCalendar, local_date, office_close
from shared.vocabulary.deadlines import Deadline, Rule, Unit
from shared.vocabulary.errors import Refused

HANDLING = "handling"
FIRST_CONTACT = "first_contact"
CALL_BACK = "call_back"
SIGN = "sign"
SOURCE = "肇庆市总工会 12351 工单时限表 / hotline time-limit table"

PERCENT = 100
REMIND_AT = time(8, 30)
CALL_BACK_ATTEMPTS_MAX = 3
RETURN_WORKDAYS_MAX = 5
RETURNS_MAX = 3
"""The third return is decided by a supervisor: somebody has to take the case (首接负责)."""
EXTENSIONS_MAX = 1


class Step(StrEnum):
    """The ladder of rule 41: reminder, urging letter, circulated criticism with a supervisor's task."""

    REMIND = "remind"
    OVERDUE = "overdue"
    URGE = "urge"
    CIRCULATE = "circulate"


@dataclass(frozen=True, slots=True)
class Escalation:
    """A step of the ladder and when it is due."""

    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon the unit is reminded, in percent of the time, and how long after the urging letter it is circulated."""

    remind_percent: int
    circulate_workdays: int


@dataclass(frozen=True, slots=True)
class SlaRow:
    """One line of the table: whom it covers (None is any) and the period; the first that fits counts."""

    id: str
    length: int
    unit: Unit
    top: TopClass | None = None
    track: Track | None = None
    level: Level | None = None

    def covers(self, top: TopClass, track: Track, level: Level) -> bool:
        """Whether a case of this kind falls under the line."""
        return (
            self.top in {None, top} and self.track in {None, track} and self.level in {None, level}
        )


@dataclass(frozen=True, slots=True)
class SlaTable:
    """One version of all limits of the hotline."""

    version: int
    valid_from: date
    rows: tuple[SlaRow, ...]
    first_contact_workdays: int = 1
    urgent_hours: int = 2
    critical_hours: int = 1
    extension_workdays: int = 10
    complex_extension_days: int = 30
    call_back_workdays: int = 1
    usual: Pace = Pace(80, 5)
    supervised: Pace = Pace(50, 2)

    def row_for(self, top: TopClass, track: Track, level: Level) -> SlaRow:
        """The line that governs such a case; the last line covers everything."""
        return next(row for row in self.rows if row.covers(top, track, level))

    def pace(self, supervised: bool) -> Pace:
        """The pace of the ladder: a case under supervision climbs faster (督办)."""
        return self.supervised if supervised else self.usual


TABLES = (
    SlaTable(
        version=1,
        valid_from=date(2026, 1, 1),
        rows=(
            SlaRow("R39.complex", 60, Unit.NATURAL, level=Level.COMPLEX),
            SlaRow("R39.difficult", 15, Unit.WORKDAY, level=Level.DIFFICULT),
            SlaRow("R39.suggestion", 10, Unit.WORKDAY, top=TopClass.SUGGESTION),
            SlaRow("R39.dispute", 15, Unit.WORKDAY, track=Track.DISPUTE),
            SlaRow("R39.aid", 10, Unit.WORKDAY, track=Track.AID),
            SlaRow("R39.consultation", 2, Unit.WORKDAY, track=Track.CONSULTATION),
            SlaRow("R39.ordinary", 5, Unit.WORKDAY),
        ),
    ),
)
"""The default `[D]` of the federation; a later table is added, never edited."""


class ReturnTooLate(Refused):
    """A unit may object within five working days of receiving the case."""

    code = "return_too_late"
    zh = "已超过收到后五个工作日的退单期限，请继续办理；确需调整请报督办人员决定。"
    en = (
        "The five working days for returning a case are over. Go on, or ask a supervisor to decide."
    )


class AlreadyExtended(Refused):
    """One extension only."""

    code = "already_extended"
    zh = "该工单已延期一次，不能再次延期；请按期办结或报督办人员。"
    en = "The case was extended once already. Finish it in time or report to a supervisor."


class ExtensionTooLate(Refused):
    """An extension is asked for before the time is over."""

    code = "extension_too_late"
    zh = "期限已过，不能再申请延期；请尽快办结并说明原因。"
    en = "The time is over, so it cannot be extended. Finish soon and give the reason."


def table_on(day: date, tables: tuple[SlaTable, ...] = TABLES) -> SlaTable:
    """The version in force on the day a case is received."""
    valid = [table for table in tables if table.valid_from <= day]
    return max(valid or tables, key=lambda table: (table.valid_from, table.version))


def handling_deadline(
    kind: tuple[TopClass, Track, Level],
    received_at: datetime,
    table: SlaTable,
    calendar: WorkCalendar,
) -> Deadline:
    """The day by which the case is to be done."""
    row = table.row_for(*kind)
    return _rule(row.id, HANDLING, row.unit, row.length, table, "received").deadline(
        local_date(received_at), calendar
    )


def first_contact_due(
    urgency: Urgency, received_at: datetime, table: SlaTable, calendar: WorkCalendar
) -> datetime:
    """When the caller must have been contacted: hours if urgent, else the close of the next workday(s)."""
    if urgency is Urgency.CRITICAL:
        return calendar.hours(received_at, table.critical_hours)
    if urgency is Urgency.URGENT:
        return calendar.hours(received_at, table.urgent_hours)
    due = calendar.workday(local_date(received_at), table.first_contact_workdays)
    return office_close(due.effective)


def sign_due(
    urgency: Urgency, dispatched_at: datetime, table: SlaTable, calendar: WorkCalendar
) -> datetime:
    """By when a unit has signed for a case: nobody contacts the caller before, so within the time for that (rule 39)."""
    return first_contact_due(urgency, dispatched_at, table, calendar)


def call_back_due(handled_at: datetime, table: SlaTable, calendar: WorkCalendar) -> datetime:
    """The close of the workday by which the caller is asked how it went (rule 43)."""
    return office_close(
        calendar.workday(local_date(handled_at), table.call_back_workdays).effective
    )


def due_at(deadline: Deadline) -> datetime:
    """The moment a deadline ends: an act that needs an open office ends with office hours."""
    return office_close(deadline.effective)


def ladder(
    deadline: Deadline, table: SlaTable, calendar: WorkCalendar, pace: Pace | None = None
) -> tuple[Escalation, ...]:
    """When to remind, and what happens after the deadline, in order (rule 41); at the usual pace without another."""
    end, pace = deadline.effective, pace or table.usual
    return (
        Escalation(Step.REMIND, _remind_at(deadline, pace.remind_percent, calendar)),
        Escalation(Step.OVERDUE, due_at(deadline)),
        Escalation(Step.URGE, _morning(calendar.workday(end, 1).effective)),
        Escalation(
            Step.CIRCULATE, _morning(calendar.workday(end, 1 + pace.circulate_workdays).effective)
        ),
    )


def check_extension(deadline: Deadline, *, today: date, extensions: int) -> None:
    """Refuse a second extension, and any once the time is over (rule 42)."""
    if extensions >= EXTENSIONS_MAX:
        raise AlreadyExtended
    if deadline.is_over(today):
        raise ExtensionTooLate


def extend(
    deadline: Deadline,
    *,
    today: date,
    extensions: int,
    reason: str,
    table: SlaTable,
    calendar: WorkCalendar,
) -> Deadline:
    """The deadline after the one approved extension, asked for in time (rule 42)."""
    check_extension(deadline, today=today, extensions=extensions)
    if deadline.workdays:
        day = calendar.workday(deadline.effective, table.extension_workdays).raw
    else:
        day = deadline.raw + timedelta(days=table.complex_extension_days)
    return deadline.moved_to(day, rule=f"R42@{table.version}", reason=reason, calendar=calendar)


def reopened(deadline: Deadline, today: date, table: SlaTable, calendar: WorkCalendar) -> Deadline:
    """Half the original time, rounded up, from the day of reopening (rule 44)."""
    if deadline.workdays:
        unit, length = Unit.WORKDAY, deadline.workdays
    else:
        unit, length = Unit.NATURAL, max(1, (deadline.raw - deadline.start).days)
    rule = _rule("R44", HANDLING, unit, -(-length // 2), table, "reopened")
    return rule.deadline(today, calendar)


def check_return(received_on: date, today: date, calendar: WorkCalendar) -> None:
    """Refuse a return that comes later than five working days after receipt (rule 40)."""
    if today > calendar.workday(received_on, RETURN_WORKDAYS_MAX).effective:
        raise ReturnTooLate


def _rule(row: str, kind: str, unit: Unit, length: int, table: SlaTable, event: str) -> Rule:
    return Rule(row, kind, unit, length, SOURCE, event, version=table.version)


def _remind_at(deadline: Deadline, percent: int, calendar: WorkCalendar) -> datetime:
    """The morning of the day on which so much of the time is used; never after the last day."""
    if deadline.workdays:
        used = -(-deadline.workdays * percent // PERCENT)
        return _morning(calendar.workday(deadline.start, used).effective)
    days = (deadline.raw - deadline.start).days
    return _morning(deadline.start + timedelta(days=-(-days * percent // PERCENT)))


def morning_after(moment: datetime, workdays: int, calendar: WorkCalendar) -> datetime:
    """The morning of the so-many-th working day after a moment: when something is looked at again."""
    return _morning(calendar.workday(local_date(moment), workdays).effective)


def _morning(day: date) -> datetime:
    return datetime.combine(day, REMIND_AT, CHINA)
