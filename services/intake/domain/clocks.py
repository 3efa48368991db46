"""A deadline as the screens show it: computed here in full, the browser only ticks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.intake.domain.sla import HANDLING, SlaTable, due_at, ladder
from services.intake.domain.urgency import Urgency
from services.intake.domain.wording import Text
from shared.vocabulary.calendar import WorkCalendar, local_date
from shared.vocabulary.deadlines import Deadline

SOON_BEFORE = timedelta(minutes=30)
"""A clock that runs in hours turns amber this long before its end."""
EXTENSION_RULE = "42"
CLOSE_TITLE = Text("热线办结", "Hotline closing")
CONTACT_TITLE = Text("首次响应", "First response")
CALL_BACK_TITLE = Text("回访", "Call-back")


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline, ready to be shown; `units_left` counts days or working days, None for hours."""

    kind: str
    title: Text
    state: str
    due_at: datetime | None
    soon_at: datetime | None
    unit: str
    units_left: int | None
    raw_day: date | None = None
    provisional: bool = False
    rule: Text | None = None
    done_at: datetime | None = None
    pause_reason: Text | None = None


def closing_clock(
    deadline: Deadline,
    table: SlaTable,
    calendar: WorkCalendar,
    now: datetime,
    done_at: datetime | None = None,
    *,
    supervised: bool = False,
) -> Clock:
    """By when the case has to be done."""
    today = local_date(now)
    in_workdays = bool(deadline.workdays)
    left = calendar.workdays_between(today, deadline.effective) if in_workdays else None
    return Clock(
        kind="close",
        title=CLOSE_TITLE,
        state="done" if done_at else "running",
        due_at=due_at(deadline),
        soon_at=ladder(deadline, table, calendar, table.pace(supervised))[0].at,
        unit="workday" if in_workdays else "day",
        units_left=deadline.days_left(today) if left is None else left,
        raw_day=deadline.raw if deadline.raw != deadline.effective else None,
        provisional=deadline.provisional,
        rule=_rule(deadline),
        done_at=done_at,
    )


def contact_clock(
    due: datetime,
    urgency: Urgency,
    table: SlaTable,
    calendar: WorkCalendar,
    now: datetime,
    done_at: datetime | None = None,
) -> Clock:
    """By when somebody has to have spoken with the caller."""
    hours = {Urgency.URGENT: table.urgent_hours, Urgency.CRITICAL: table.critical_hours}.get(
        urgency
    )
    workdays = None if hours else calendar.workdays_between(local_date(now), local_date(due))
    length_zh = f"{hours} 小时" if hours else f"{table.first_contact_workdays} 个工作日"
    length_en = f"{hours} hours" if hours else f"{table.first_contact_workdays} working day(s)"
    return Clock(
        kind="first_contact",
        title=CONTACT_TITLE,
        state="done" if done_at else "running",
        due_at=due,
        soon_at=due - SOON_BEFORE,
        unit="hour" if hours else "workday",
        units_left=workdays,
        rule=Text(
            f"登记起 {length_zh} · 规则 39 v{table.version}",
            f"{length_en} from registration · rule 39 v{table.version}",
        ),
        done_at=done_at,
    )


def call_back_clock(due: datetime, table: SlaTable, calendar: WorkCalendar, now: datetime) -> Clock:
    """By when the caller has to be asked how it went."""
    return Clock(
        kind="call_back",
        title=CALL_BACK_TITLE,
        state="running",
        due_at=due,
        soon_at=due - SOON_BEFORE,
        unit="workday",
        units_left=calendar.workdays_between(local_date(now), local_date(due)),
        rule=Text(
            f"办结后 {table.call_back_workdays} 个工作日内回访 · 规则 43 v{table.version}",
            f"Within {table.call_back_workdays} working day(s) of handling · rule 43 v{table.version}",
        ),
    )


def handling_of(deadlines: tuple[Deadline, ...]) -> Deadline:
    """The deadline that governs the case: the last one set."""
    return [one for one in deadlines if one.kind == HANDLING][-1]


def _rule(deadline: Deadline) -> Text:
    name, _, version = deadline.rule.partition("@")
    number = name.removeprefix("R").partition(".")[0]
    if number == EXTENSION_RULE:
        return Text(
            f"经批准延期 · 规则 42 v{version}", f"Extended with approval · rule 42 v{version}"
        )
    since_zh, since_en = {
        "received": ("登记起", "from registration"),
        "reopened": ("重办起", "from reopening"),
    }.get(deadline.start_event, ("起算", "from the start"))
    if deadline.workdays:
        length_zh, length_en = f"{deadline.workdays} 个工作日", f"{deadline.workdays} working days"
    else:
        days = (deadline.raw - deadline.start).days
        length_zh, length_en = f"{days} 天", f"{days} days"
    return Text(
        f"{since_zh} {length_zh} · 规则 {number} v{version}",
        f"{length_en} {since_en} · rule {number} v{version}",
    )
