"""The shapes that travel to the browser on more than one page, and how they are made."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from services.welfare.domain.application_state import STEP_NAMES, State
from services.welfare.domain.hardship import HARDSHIP_NAMES, Hardship
from services.welfare.domain.payment import PaymentState
from services.welfare.domain.programme import Programme
from services.welfare.domain.step_limits import LIMIT_NAMES, WORKDAYS
from shared.kernel.command import Response
from shared.vocabulary.calendar import CHINA, WorkCalendar, local_date
from shared.vocabulary.regions import region_at

SOON = timedelta(hours=24)
PAYMENT_NAMES = {
    PaymentState.ORDERED: ("待送银行", "Ordered"),
    PaymentState.CANCELLED: ("已取消", "Cancelled"),
    PaymentState.SENT: ("已送银行", "Sent"),
    PaymentState.UNKNOWN: ("结果未知", "Unknown"),
    PaymentState.ACCEPTED: ("银行已受理", "Accepted"),
    PaymentState.SETTLED: ("已到账", "Settled"),
    PaymentState.RETURNED: ("已退票", "Returned"),
}


class Text(Response):
    """A wording in both languages."""

    zh: str
    en: str


class Coded(Response):
    """A code with its wording."""

    code: str
    label: Text


class OrgRef(Response):
    """A node of the organisation tree."""

    path: str
    name: str


class StaffRef(Response):
    """A colleague."""

    staff_id: UUID
    name: str


class Deadline(Response):
    """By when the next step is to be done; the server computes all of it."""

    kind: str
    title: Text
    state: str
    due_at: datetime
    soon_at: datetime
    unit: str
    units_left: int
    raw_day: None = None
    provisional: bool
    rule: Text
    done_at: None = None
    pause_reason: None = None


class AllowedAction(Response):
    """A button: `code` is the last part of the address of its command."""

    code: str
    label: Text
    service: str = "welfare"
    primary: bool
    blocked: Text | None


def coded(code: str, names: tuple[str, str]) -> Coded:
    """A code with its pair of names."""
    return Coded(code=code, label=Text(zh=names[0], en=names[1]))


def state_of(state: State) -> Coded:
    """A step as a coded wording."""
    return coded(state.value, STEP_NAMES[state])


def hardship_of(code: str | None) -> Coded | None:
    """A class of hardship as a coded wording."""
    return None if code is None else coded(code, HARDSHIP_NAMES[Hardship(code)])


def payment_state_of(code: str) -> Coded:
    """Where a payment is."""
    return coded(code, PAYMENT_NAMES[PaymentState(code)])


def programme_name(programme: Programme | None, code: str) -> Coded:
    """A programme by its name; by its code when it is gone."""
    return coded(code, (programme.zh, programme.en) if programme else (code, code))


def org_ref(path: str) -> OrgRef:
    """The union at a node."""
    region = region_at(path)
    return OrgRef(path=path, name=f"{region.zh}总工会" if region else path)


def staff_ref(staff_id: UUID | None, names: Mapping[UUID, str]) -> StaffRef | None:
    """A colleague with the name, as far as it was told."""
    if staff_id is None:
        return None
    return StaffRef(staff_id=staff_id, name=names.get(staff_id, ""))


def clock_of(
    state: State, due_at: datetime | None, calendar: WorkCalendar, now: datetime
) -> Deadline | None:
    """The deadline of the next step; None when nothing is due."""
    if due_at is None or state not in LIMIT_NAMES:
        return None
    zh, en = LIMIT_NAMES[state]
    day, today = local_date(due_at), local_date(now)
    days = WORKDAYS.get(state)
    return Deadline(
        kind=f"welfare_{state.value}",
        title=Text(zh=zh, en=en),
        state="running",
        due_at=due_at.astimezone(CHINA),
        soon_at=(due_at - SOON).astimezone(CHINA),
        unit="workday",
        units_left=calendar.workdays_between(today, day),
        provisional=not calendar.is_known(day),
        rule=Text(
            zh=f"上一步起 {days} 个工作日" if days else "审批起按项目规定的天数",
            en=f"{days} working days from the step before" if days else "Days set by the programme",
        ),
    )
