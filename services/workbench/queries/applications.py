"""The welfare officers' queue: applications by state, oldest first, each with what blocks it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import func, select
from sqlmodel import col

from services.workbench.domain.application import Application
from services.workbench.domain.clock import Clock
from services.workbench.domain.labels import (
    APPLICATION_STATES,
    DUES,
    HARDSHIP,
    PAYMENTS,
    PROGRAMMES,
    coded,
    coded_or_none,
    label,
)
from services.workbench.domain.permissions import WELFARE_READERS, allow
from services.workbench.domain.summary import end_of
from services.workbench.domain.text import Coded
from services.workbench.queries.paging import PAGE_ROWS, cursor_after, later
from services.workbench.queries.shapes import OrgRef, PersonMasked, StaffRef, org_ref
from services.workbench.queries.visible import within
from services.workbench.store.directory import (
    load_calendar,
    load_names,
    load_people,
    person_or_unknown,
)
from services.workbench.store.folded import to_application
from services.workbench.tables import ApplicationRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import WorkCalendar, local_date

router = APIRouter(tags=["welfare"])


class ApplicationLine(Response):
    """An application in the queue."""

    application_id: UUID
    application_no: str
    case_id: UUID
    beneficiary: PersonMasked
    programme: Coded
    state: Coded
    hardship: Coded | None
    amount_fen: int | None
    org: OrgRef
    handler: StaffRef | None
    blocked: int
    warned: int
    objections: int
    payment: Coded | None
    clock: Clock | None
    since: datetime | None


class ApplicationQueue(Response):
    """A page, with the number of each state."""

    items: list[ApplicationLine]
    next_cursor: str | None
    counts: dict[str, int]
    as_of: datetime


class ApplicationFilter(Response):
    """What the address says."""

    state: str | None = None
    programme: str | None = None
    case_id: UUID | None = None
    closed: bool = False
    cursor: str | None = None


@router.get("/applications")
async def get_applications(
    reader: Reader, asked: Annotated[ApplicationFilter, Query()]
) -> ApplicationQueue:
    """Applications of the reader's part of the organisation."""
    allow(reader.actor, WELFARE_READERS)
    when, key = col(ApplicationRow.state_since), col(ApplicationRow.application_id)
    scope = within(col(ApplicationRow.org), reader.actor.org)
    query = select(ApplicationRow).where(scope)
    if not asked.closed and not asked.case_id:
        query = query.where(col(ApplicationRow.closed_at).is_(None))
    for column, value in (
        (ApplicationRow.state, asked.state),
        (ApplicationRow.programme, asked.programme),
        (ApplicationRow.case_id, asked.case_id),
    ):
        query = query.where(col(column) == value) if value else query
    query = query.where(later(when, key, asked.cursor)) if asked.cursor else query
    rows = await reader.all(query.order_by(when, key).limit(PAGE_ROWS + 1))
    page = rows[:PAGE_ROWS]
    last = page[-1] if len(rows) > PAGE_ROWS else None
    counts = await reader.all(
        select(col(ApplicationRow.state), func.count().label("count"))
        .where(scope, col(ApplicationRow.closed_at).is_(None))
        .group_by(col(ApplicationRow.state))
    )
    return ApplicationQueue(
        items=await _lines(reader, [to_application(row) for row in page]),
        next_cursor=cursor_after(last["state_since"], last["application_id"]) if last else None,
        counts={row["state"]: row["count"] for row in counts},
        as_of=now(),
    )


async def _lines(reader: ReadDoor, found: list[Application]) -> list[ApplicationLine]:
    db, cipher = reader.context.db, reader.context.cipher
    people = await load_people(db, cipher, (one.party_id for one in found))
    names = await load_names(db, cipher, (one.handler_id for one in found))
    calendar = await load_calendar(db)
    return [_line(one, people, names, calendar) for one in found]


def _line(
    one: Application, people: Any, names: dict[UUID, str], calendar: WorkCalendar
) -> ApplicationLine:
    who = person_or_unknown(people, one.party_id)
    handler = one.handler_id
    return ApplicationLine(
        application_id=one.application_id,
        application_no=one.number or "",
        case_id=one.case_id,
        beneficiary=PersonMasked(
            party_id=who.party_id, name_masked=who.name_masked, phone_masked=who.phone_masked
        ),
        programme=coded(PROGRAMMES, one.programme or ""),
        state=coded(APPLICATION_STATES, one.state),
        hardship=coded_or_none(HARDSHIP, one.hardship),
        amount_fen=one.amount_fen,
        org=org_ref(one.org),
        handler=StaffRef(staff_id=handler, name=names.get(handler, "—")) if handler else None,
        blocked=len(one.blocked),
        warned=len(one.warned),
        objections=one.objections_open,
        payment=coded_or_none(PAYMENTS, one.payment),
        clock=_publicity(one, calendar),
        since=one.state_since,
    )


def _publicity(one: Application, calendar: WorkCalendar) -> Clock | None:
    if one.publicity_ends is None or one.state != "public":
        return None
    due = end_of(one.publicity_ends)
    left = calendar.workdays_between(local_date(now()), local_date(due))
    return Clock("publicity", label(DUES, "publicity"), "running", due, due, "workday", left)
