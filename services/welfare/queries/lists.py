"""Lists: the queues of welfare's people, the public list, programmes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import ColumnElement, and_, exists, false, func, literal, or_, select, true, tuple_
from sqlmodel import col

from services.welfare.domain.application_state import State
from services.welfare.domain.payment import PaymentState
from services.welfare.domain.permissions import STAFF
from services.welfare.domain.programme import Programme
from services.welfare.queries.shapes import (
    Coded,
    Deadline,
    OrgRef,
    StaffRef,
    Text,
    clock_of,
    hardship_of,
    org_ref,
    programme_name,
    staff_ref,
    state_of,
)
from services.welfare.store.dossiers import dossier_of
from services.welfare.store.people import profile_of, staff_name
from services.welfare.store.reference import calendar_of, programme_of
from services.welfare.tables import (
    ApplicationRow,
    CalendarDayRow,
    PartyRow,
    PaymentRow,
    ProgrammeRow,
    PublicityRow,
    StaffRow,
)
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.kernel.transaction import Record
from shared.vocabulary.calendar import WorkCalendar, local_date, office_close
from shared.vocabulary.errors import FieldError, Invalid
from shared.vocabulary.identifiers import mask_name
from shared.vocabulary.money import format_yuan
from shared.vocabulary.people import Actor

router = APIRouter(tags=["lists"])
PAGE_ROWS = 50
PUBLIC_ROWS = 100
PROGRAMMES_MAX = 200
A = ApplicationRow
NEVER = literal("infinity")


class ApplicationItem(Response):
    """One line of a queue."""

    application_id: UUID
    application_no: str
    case_id: UUID
    title: Text
    name_masked: str
    programme: Coded
    state: Coded
    hardship: Coded | None
    amount_fen: int
    org: OrgRef
    handler: StaffRef | None
    clock: Deadline | None
    opened_at: datetime


class ApplicationList(Response):
    """A page of a queue, due first, with the size of every queue."""

    items: list[ApplicationItem]
    next_cursor: str | None
    counts: dict[str, int]
    as_of: datetime


def _payment(*states: PaymentState) -> ColumnElement[bool]:
    return exists().where(
        col(PaymentRow.application_id) == col(A.id),
        col(PaymentRow.state).in_([state.value for state in states]),
    )


def _in(*states: State) -> ColumnElement[bool]:
    return col(A.state).in_([state.value for state in states])


_P = PaymentState
_ALIVE = _payment(_P.ORDERED, _P.SENT, _P.UNKNOWN, _P.ACCEPTED)


def queues(today: date) -> dict[str, ColumnElement[bool]]:
    """Every queue by its code."""
    over = col(A.id).in_(
        select(PublicityRow.application_id).where(col(PublicityRow.ends_on) < today)  # type: ignore[call-overload]
    )
    return {
        "all": true(),
        "first_review": _in(State.APPLIED),
        "sent_back": _in(State.SENT_BACK),
        "visit": _in(State.FIRST_REVIEW),
        "submit": _in(State.HOME_VISIT),
        "review": _in(State.SUBMITTED),
        "public": _in(State.PUBLIC),
        "approval": and_(_in(State.PUBLIC), over),
        "release": and_(_in(State.APPROVED), ~_ALIVE),
        "bank": _payment(_P.ORDERED, _P.SENT, _P.ACCEPTED),
        "unknown": _payment(_P.UNKNOWN),
        "returned": and_(_in(State.APPROVED), ~_ALIVE, _payment(_P.RETURNED)),
        "record": _in(State.PAID),
    }


def within(actor: Actor, org: Any) -> ColumnElement[bool]:
    """The rows of the actor's subtree, for those whose work it is."""
    if not actor.has(*STAFF):
        return false()
    return or_(org == actor.org, org.startswith(f"{actor.org}.", autoescape=True))


@router.get("/applications")
async def get_applications(
    reader: Reader, queue: str = "all", cursor: str | None = None
) -> ApplicationList:
    """A queue of the reader's area, due first."""
    at = now()
    known = queues(local_date(at))
    if queue not in known:
        raise Invalid(
            FieldError("queue", "queue_unknown", "没有这个队列，请从菜单进入。", "No such queue.")
        )
    mine = within(reader.actor, col(A.org))
    due = func.coalesce(col(A.due_at), func.cast(NEVER, A.__table__.c.due_at.type))  # type: ignore[attr-defined]
    query = select(A, due.label("order_at")).where(mine, known[queue])
    if cursor:
        query = query.where(tuple_(due, col(A.id)) > tuple_(*_after(cursor)))
    rows = await reader.all(query.order_by(due, col(A.id)).limit(PAGE_ROWS + 1))
    shown = rows[:PAGE_ROWS]
    sizes = [func.count().filter(where).label(name) for name, where in known.items()]
    counts = await reader.one(select(*sizes).select_from(A).where(mine))
    more = len(rows) > PAGE_ROWS
    return ApplicationList(
        items=await _items(reader, shown, at),
        next_cursor=_cursor(shown[-1]) if more else None,
        counts=dict(counts or {}),
        as_of=at,
    )


def _cursor(row: Record) -> str:
    due = row["due_at"]
    return f"{due.isoformat() if due else 'never'}|{row['id']}"


def _after(cursor: str) -> tuple[Any, Any]:
    due, _, key = cursor.partition("|")
    try:
        at = datetime.max.replace(tzinfo=UTC) if due == "never" else datetime.fromisoformat(due)
        return literal(at, A.__table__.c.due_at.type), literal(UUID(key), A.__table__.c.id.type)  # type: ignore[attr-defined]
    except ValueError:
        raise Invalid(
            FieldError(
                "cursor", "cursor_unknown", "翻页位置无效，请从第一页重新打开。", "Start again."
            )
        ) from None


async def _items(reader: ReadDoor, rows: list[Record], at: datetime) -> list[ApplicationItem]:
    programmes = await read_programmes(reader)
    names = await staff_names(reader, [row["handler_id"] for row in rows if row["handler_id"]])
    parties = {row["party_id"] for row in rows}
    profiles = await reader.all(select(PartyRow).where(col(PartyRow.id).in_(parties)))
    cipher = reader.context.cipher
    known = {row["id"]: profile_of(row, cipher).name for row in profiles}
    calendar = await read_calendar(reader)
    listed = _Listed(programmes, names, calendar, at)
    return [_item(row, _name(reader, row, known), listed) for row in rows]


@dataclass(frozen=True, slots=True)
class _Listed:
    """What every line of a page needs."""

    programmes: dict[tuple[str, int], Programme]
    names: dict[UUID, str]
    calendar: WorkCalendar
    at: datetime


def _name(reader: ReadDoor, row: Record, known: dict[UUID, str]) -> str:
    form = dossier_of(row, reader.context.cipher).form
    return form.name if form else known.get(row["party_id"], "")


def _item(row: Record, name: str, listed: _Listed) -> ApplicationItem:
    masked = mask_name(name)
    programme = listed.programmes.get((row["programme"], row["year"]))
    called = programme_name(programme, row["programme"])
    state = State(row["state"])
    return ApplicationItem(
        application_id=row["id"],
        application_no=row["number"],
        case_id=row["case_id"],
        title=Text(zh=f"{masked} · {called.label.zh}", en=f"{masked} · {called.label.en}"),
        name_masked=masked,
        programme=called,
        state=state_of(state),
        hardship=hardship_of(row["hardship"]),
        amount_fen=row["amount_fen"],
        org=org_ref(row["org"]),
        handler=staff_ref(row["handler_id"], listed.names),
        clock=clock_of(state, row["due_at"], listed.calendar, listed.at),
        opened_at=row["opened_at"],
    )


async def read_programmes(reader: ReadDoor) -> dict[tuple[str, int], Programme]:
    """Every programme by code and year."""
    rows = await reader.all(select(ProgrammeRow).limit(PROGRAMMES_MAX))
    return {(row["code"], row["year"]): programme_of(row) for row in rows}


async def read_calendar(reader: ReadDoor) -> WorkCalendar:
    """The work calendar."""
    return calendar_of(await reader.all(select(CalendarDayRow)))


async def staff_names(reader: ReadDoor, ids: list[UUID]) -> dict[UUID, str]:
    """Names of colleagues, as far as they were told."""
    if not ids:
        return {}
    rows = await reader.all(select(StaffRow).where(col(StaffRow.id).in_(set(ids))))
    return {row["id"]: staff_name(row, reader.context.cipher) for row in rows}


class PublicLine(Response):
    """What anybody may read: masked name, unit, class, amount, and until when (rule 65)."""

    name_masked: str
    unit: str
    programme: Coded
    hardship: Coded | None
    amount_fen: int
    org: OrgRef
    starts_on: date
    ends_on: date
    ends_at: datetime
    line: str


class PublicList(Response):
    """A page of the public list, the first to end first."""

    items: list[PublicLine]
    next_cursor: str | None


@router.get("/publicity")
async def get_publicity(reader: Reader, org: str = "zq", cursor: str | None = None) -> PublicList:
    """What is public now in a subtree; for everybody who is signed in."""
    row = PublicityRow
    query = select(row).where(
        or_(col(row.org) == org, col(row.org).startswith(f"{org}.", autoescape=True)),
        col(row.ends_on) >= local_date(now()),
    )
    if cursor:
        query = query.where(
            tuple_(col(row.ends_on), col(row.application_id)) > _public_after(cursor)
        )
    found = await reader.all(
        query.order_by(col(row.ends_on), col(row.application_id)).limit(PUBLIC_ROWS + 1)
    )
    programmes = await read_programmes(reader)
    shown = found[:PUBLIC_ROWS]
    last = shown[-1] if len(found) > PUBLIC_ROWS else None
    return PublicList(
        items=[_line(one, programmes) for one in shown],
        next_cursor=f"{last['ends_on']}|{last['application_id']}" if last else None,
    )


def _public_after(cursor: str) -> Any:
    day, _, key = cursor.partition("|")
    columns = PublicityRow.__table__.c  # type: ignore[attr-defined]
    try:
        at, which = date.fromisoformat(day), UUID(key)
    except ValueError:
        raise Invalid(
            FieldError(
                "cursor", "cursor_unknown", "翻页位置无效，请从第一页重新打开。", "Start again."
            )
        ) from None
    return tuple_(literal(at, columns.ends_on.type), literal(which, columns.application_id.type))


def _line(row: Record, programmes: dict[tuple[str, int], Programme]) -> PublicLine:
    hardship = hardship_of(row["hardship"])
    programme = programmes.get((row["programme"], row["starts_on"].year))
    called = hardship.label.zh if hardship else ""
    amount = format_yuan(row["amount_fen"])
    return PublicLine(
        name_masked=row["name_masked"],
        unit=row["unit"],
        programme=programme_name(programme, row["programme"]),
        hardship=hardship,
        amount_fen=row["amount_fen"],
        org=org_ref(row["org"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        ends_at=office_close(row["ends_on"]),
        line=f"{row['name_masked']} · {row['unit']} · {called} · {amount} 元",
    )


class ProgrammeItem(Response):
    """A programme of a year."""

    programme: Coded
    year: int
    edition: int
    fund: str
    per: str
    cap_fen: int
    yearly_cap_fen: int
    standards: dict[str, int]
    file_based: bool
    opens_on: date | None
    closes_on: date | None
    publicity_workdays: int
    is_open: bool


@router.get("/programmes")
async def get_programmes(reader: Reader, year: int | None = None) -> list[ProgrammeItem]:
    """The programmes of a year (this one unless asked otherwise)."""
    today = local_date(now())
    wanted = year or today.year
    found = [p for p in (await read_programmes(reader)).values() if p.year == wanted]
    return [_programme(one, today) for one in sorted(found, key=lambda p: p.code)]


def _programme(programme: Programme, today: date) -> ProgrammeItem:
    early = programme.opens_on is not None and today < programme.opens_on
    late = programme.closes_on is not None and today > programme.closes_on
    return ProgrammeItem(
        programme=programme_name(programme, programme.code),
        year=programme.year,
        edition=programme.version,
        fund=programme.fund.value,
        per=programme.per.value,
        cap_fen=programme.cap_fen,
        yearly_cap_fen=programme.yearly_cap_fen,
        standards={key.value: fen for key, fen in programme.standards.items()},
        file_based=programme.file_based,
        opens_on=programme.opens_on,
        closes_on=programme.closes_on,
        publicity_workdays=programme.publicity_workdays,
        is_open=not early and not late,
    )
