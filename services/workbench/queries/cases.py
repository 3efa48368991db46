"""The list of cases: filters and search in the address, pages of fifty, nothing a reader may not see."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from services.workbench.domain.categories import codes_of
from services.workbench.domain.permissions import CASE_READERS, allow
from services.workbench.domain.summary import CLOSED, STATES
from services.workbench.queries.ladder import is_watched, on_step, was_dispatched, was_returned
from services.workbench.queries.paging import (
    COUNT_MAX,
    PAGE_ROWS,
    cursor_after,
    earlier,
    later,
)
from services.workbench.queries.shapes import CaseRow as Shown
from services.workbench.queries.shapes import case_row, names_for
from services.workbench.queries.visible import (
    about_party,
    in_region,
    matching,
    own,
    visible,
    within,
)
from services.workbench.tables import CardRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import end_of_day, local_date

SOON = timedelta(days=2)
ANY = "any"
Lens = Literal[
    "reminded",
    "overdue",
    "group",
    "unassigned",
    "returned",
    "supervised",
    "step_reminded",
    "step_overdue",
    "step_urge",
    "step_circulate",
]
"""What supervisors look for; `step_…` is where a case stands on the ladder."""
router = APIRouter(tags=["cases"])


class CaseList(Response):
    """A page; `total` is exact up to 10,000."""

    items: list[Shown]
    next_cursor: str | None
    total: int
    as_of: datetime


class CaseFilter(Response):
    """What the address says. Without a state, or with `open`: what is not closed; with `any`: everything."""

    scope: Literal["mine", "group", "all"] = "all"
    state: str | None = None
    category: str | None = None
    track: str | None = None
    region: str | None = None
    stage: str | None = None
    grade: str | None = None
    due: Literal["over", "today", "soon"] | None = None
    lens: Lens | None = None
    employer: UUID | None = None
    party: UUID | None = None
    group: Annotated[str | None, Query(max_length=20)] = None
    since: datetime | None = None
    handled_since: datetime | None = None
    closed_since: datetime | None = None
    rated: bool = False
    q: Annotated[str, Query(max_length=60)] = ""
    sort: Literal["due", "registered"] = "due"
    cursor: str | None = None


@router.get("/cases")
async def get_cases(reader: Reader, asked: Annotated[CaseFilter, Query()]) -> CaseList:
    """Cases by due time or time of registration."""
    allow(reader.actor, CASE_READERS)
    at = now()
    where = list(conditions(reader, asked, at))
    by_due = asked.sort == "due" and asked.state != CLOSED
    when, key = col(CardRow.due_at if by_due else CardRow.registered_at), col(CardRow.case_id)
    query = select(CardRow).where(*where)
    if by_due:
        query = query.order_by(when, key)
        query = query.where(later(when, key, asked.cursor)) if asked.cursor else query
    else:
        query = query.order_by(when.desc(), key.desc()).where(when.is_not(None))
        query = query.where(earlier(when, key, asked.cursor)) if asked.cursor else query
    rows = await reader.all(query.limit(PAGE_ROWS + 1))
    page = rows[:PAGE_ROWS]
    names = await names_for(reader, page)
    last = page[-1] if len(rows) > PAGE_ROWS else None
    return CaseList(
        items=[case_row(row, names) for row in page],
        next_cursor=cursor_after(last["due_at" if by_due else "registered_at"], last["case_id"])
        if last
        else None,
        total=await count(reader, where),
        as_of=at,
    )


async def count(reader: ReadDoor, where: list[ColumnElement[bool]]) -> int:
    """How many, up to the limit."""
    some = select(col(CardRow.case_id)).where(*where).limit(COUNT_MAX).subquery()
    return int(await reader.scalar(select(func.count()).select_from(some)))


def conditions(reader: ReadDoor, asked: CaseFilter, at: datetime) -> Iterator[ColumnElement[bool]]:
    """What the filter means, for this reader."""
    yield visible(reader.actor)
    if asked.scope == "mine":
        yield own(reader.actor)
    if asked.scope == "group":
        yield within(col(CardRow.org), reader.actor.org)
    yield from _states(asked)
    yield from _values(asked)
    if asked.party:
        yield about_party(reader.actor, asked.party)
    if asked.q.strip():
        yield matching(reader.actor, asked.q, reader.context.cipher)
    yield from _lenses(asked, at)


def _values(asked: CaseFilter) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (CardRow.category, asked.category),
        (CardRow.track, asked.track),
        (CardRow.stage, asked.stage),
        (CardRow.grade, asked.grade),
        (CardRow.employer_id, asked.employer),
    ):
        if value:
            yield col(column) == value
    for stamp, since in (
        (CardRow.registered_at, asked.since),
        (CardRow.handled_at, asked.handled_since),
        (CardRow.closed_at, asked.closed_since),
    ):
        if since:
            yield col(stamp) >= since
    if asked.region:
        yield in_region(asked.region)
    if asked.group:
        yield col(CardRow.category).in_(codes_of(asked.group))
    if asked.rated:
        yield col(CardRow.satisfaction).is_not(None)


def _states(asked: CaseFilter) -> Iterator[ColumnElement[bool]]:
    """One state; everything with `any`; what is not closed when nothing else is asked for."""
    searched = asked.q.strip() or asked.handled_since or asked.closed_since
    if asked.state in STATES:
        yield col(CardRow.state) == asked.state
    elif asked.due or (asked.state != ANY and not searched):
        yield col(CardRow.closed_at).is_(None)


def _lenses(asked: CaseFilter, at: datetime) -> Iterator[ColumnElement[bool]]:
    until = {"over": at, "today": end_of_day(local_date(at)), "soon": at + SOON}
    if asked.due:
        yield col(CardRow.due_at) < until[asked.due]
    if asked.due in ("today", "soon"):
        yield col(CardRow.due_at) >= at
    lenses: dict[str, Any] = {
        "reminded": col(CardRow.reminded) & ~col(CardRow.overdue),
        "overdue": col(CardRow.overdue),
        "group": col(CardRow.is_group),
        "unassigned": col(CardRow.pool_empty),
        "returned": was_dispatched() & was_returned(),
        "supervised": is_watched(),
    }
    if asked.lens in lenses:
        yield lenses[asked.lens]
    elif asked.lens:
        yield on_step(asked.lens.removeprefix("step_"))
