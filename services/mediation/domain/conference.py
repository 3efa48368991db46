"""The joint meeting (会商): agenda, attendance, minutes, decisions with owner and due date; clashes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from services.mediation.domain.missing import Missing
from shared.vocabulary.calendar import CHINA, WorkCalendar, local_date
from shared.vocabulary.errors import Refused

AGENDA_ITEMS_MAX = 30
DECISIONS_MAX = 50
OFFICE_HOURS = ((time(8, 30), time(12, 0)), (time(14, 30), time(17, 30)))
SLOT_STEP = timedelta(minutes=30)
SEARCH_WORKDAYS_MAX = 30


@dataclass(frozen=True, slots=True)
class Booking:
    """A room and the people who cannot be elsewhere from `starts_at` to `ends_at`."""

    id: UUID
    room: str
    members: frozenset[UUID]
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Booking") -> bool:
        """Whether the two share time; one may begin when the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Clash:
    """Another booking at the same time, and what is booked twice."""

    booking: UUID
    room: bool
    members: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point to be discussed; `dispute_id` where it is a case."""

    no: int
    topic: str
    dispute_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether an invited person came; an absence has a reason or a substitute."""

    person: UUID
    present: bool
    absence_reason: str = ""
    substitute: UUID | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, who sees to it, and by when."""

    id: UUID
    text: str
    owner: UUID | None
    due: date | None
    done_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Not done after its due date."""
        return self.done_on is None and self.due is not None and today > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """One meeting about one dispute, or of the periodic series."""

    booking: Booking
    chair: UUID
    agenda: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    minutes: str = ""
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingWaiver:
    """Below the scheme's grade a meeting may be left out, with a reason."""

    reason: str
    by: UUID
    on: date


class MeetingClash(Refused):
    """The room or a member is taken."""

    code = "meeting_clash"
    zh = "会议室或参会人在该时段已有安排，请改用系统建议的下一个空档，或调整参会人。"
    en = "The room or a member is taken then. Use the proposed free slot, or change the members."


class MeetingMinuted(Refused):
    """It took place: its record is amended, not replaced by another plan."""

    code = "meeting_minuted"
    zh = "会商已经召开并形成纪要，不能再改期；需要补充内容的，请修改纪要。"
    en = "The meeting took place and has minutes. Amend the minutes instead of moving it."


class DecisionUnknown(Refused):
    """No such open decision."""

    code = "decision_not_open"
    zh = "没有这项待办决定，或已经办结，请刷新后核对。"
    en = "There is no such open decision, or it is done already. Refresh and check."


def lacking(conference: Conference | None) -> list[Missing]:
    """What keeps a meeting from counting as held."""
    if conference is None:
        return [_lack("held", "尚未召开会商", "The joint meeting has not been held", "schedule")]
    found = []
    if not conference.agenda:
        found.append(_lack("agenda", "会商缺少议题", "The meeting has no agenda", "agenda"))
    answered = {one.person for one in conference.attendance}
    if not answered >= conference.booking.members:
        found.append(
            _lack("attendance", "会商签到不完整", "The attendance is incomplete", "attendance")
        )
    if conference.attendance and not any(one.present for one in conference.attendance):
        found.append(_lack("present", "没有人到会", "Nobody attended", "attendance"))
    if not conference.minutes.strip():
        found.append(_lack("minutes", "会商缺少纪要", "The meeting has no minutes", "minutes"))
    if not conference.decisions:
        found.append(
            _lack("decisions", "会商没有形成决定", "The meeting decided nothing", "decisions")
        )
    if any(
        one.owner is None or one.due is None or not one.text.strip() for one in conference.decisions
    ):
        found.append(
            _lack(
                "decision_owner",
                "有决定未写明责任人或期限",
                "A decision has no owner or no due date",
                "decisions",
            )
        )
    return found


def clashes(wanted: Booking, existing: Iterable[Booking]) -> tuple[Clash, ...]:
    """The bookings that take the room or a member of the wanted one at its time."""
    found = []
    for other in existing:
        room = wanted.room == other.room
        members = wanted.members & other.members
        if other.id != wanted.id and wanted.overlaps(other) and (room or members):
            found.append(Clash(other.id, room, members))
    return tuple(found)


def next_free(
    wanted: Booking, existing: Collection[Booking], calendar: WorkCalendar
) -> Booking | None:
    """The first slot from the wanted start on, within office hours of a workday; None if none is near."""
    length = wanted.ends_at - wanted.starts_at
    day = local_date(wanted.starts_at)
    for _ in range(SEARCH_WORKDAYS_MAX):
        day = calendar.next_workday(day)
        for opens, closes in OFFICE_HOURS:
            start = datetime.combine(day, opens, CHINA)
            end = datetime.combine(day, closes, CHINA)
            while start + length <= end:
                slot = replace(wanted, starts_at=start, ends_at=start + length)
                if start >= wanted.starts_at and not clashes(slot, existing):
                    return slot
                start += SLOT_STEP
        day += timedelta(days=1)
    return None


def done(conference: Conference, decision_id: UUID, on: date) -> Conference:
    """The meeting with one decision carried out."""
    if all(one.id != decision_id or one.done_on for one in conference.decisions):
        raise DecisionUnknown(decision_id=str(decision_id))
    changed = tuple(
        replace(one, done_on=on) if one.id == decision_id else one for one in conference.decisions
    )
    return replace(conference, decisions=changed)


def _lack(code: str, zh: str, en: str, part: str) -> Missing:
    return Missing(f"meeting_{code}", f"{zh}，请补全。", f"{en}. Complete it.", f"meeting.{part}")
