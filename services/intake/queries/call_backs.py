"""Who has to be called back, the most urgent first."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import tuple_
from sqlmodel import col

from services.intake.domain.clocks import Clock
from services.intake.domain.wording import Text, org_name
from services.intake.queries.paging import PAGE_ROWS, cursor_after, read_cursor
from services.intake.queries.shapes import (
    PersonMasked,
    case_clock,
    cases_with_callers,
    has_open_part,
    hotline_only,
    in_scope,
    masked,
    profile_for,
    reference_of,
    state_text,
    title_of,
)
from services.intake.tables import CaseRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import Reader

router = APIRouter(tags=["call-backs"])
WAITING = ("handled", "called_back")


class CallBackItem(Response):
    """A caller who is waiting to be asked how it went."""

    case_id: UUID
    case_no: str
    version: int
    title: str
    state: Text
    outcome: str | None
    org_name: str
    caller: PersonMasked
    attempts: int
    handled_at: datetime | None
    clock: Clock


class CallBacks(Response):
    """A page of the queue."""

    items: list[CallBackItem]
    next_cursor: str | None


@router.get("/call-backs")
async def get_call_backs(reader: Reader, cursor: str | None = None) -> CallBacks:
    """Handled cases of the reader's area; one that another service works on again is not in the queue."""
    hotline_only(reader.actor)
    key = tuple_(col(CaseRow.call_back_due), col(CaseRow.id))
    query = (
        cases_with_callers()
        .where(
            col(CaseRow.state).in_(WAITING),
            col(CaseRow.call_back_due).is_not(None),
            in_scope(reader.actor),
            ~has_open_part(),
        )
        .order_by(col(CaseRow.call_back_due), col(CaseRow.id))
        .limit(PAGE_ROWS + 1)
    )
    rows = await reader.all(query.where(key > read_cursor(cursor)) if cursor else query)
    page, more = rows[:PAGE_ROWS], len(rows) > PAGE_ROWS
    at = now()
    rules = (await reference_of(reader)).rules(at)
    items = [
        CallBackItem(
            case_id=row["id"],
            case_no=row["number"],
            version=row["version"],
            title=title_of(reader.context.cipher, row),
            state=state_text(row).label,
            outcome=row["outcome"],
            org_name=org_name(row["org"]).zh,
            caller=masked(row["caller_id"], profile_for(reader, row)),
            attempts=row["call_backs"],
            handled_at=row["handled_at"],
            clock=case_clock(row, rules, at),
        )
        for row in page
    ]
    last = cursor_after(page[-1]["call_back_due"], page[-1]["id"]) if more else None
    return CallBacks(items=items, next_cursor=last)
