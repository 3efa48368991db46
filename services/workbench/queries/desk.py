"""The frame around every page: badges and open work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlmodel import col

from services.workbench.domain.permissions import OPERATIONS_READERS
from services.workbench.domain.summary import CALL_BACK
from services.workbench.queries.shapes import names_for, title_of
from services.workbench.queries.visible import mediated_by, visible, within
from services.workbench.store.desks import OPEN_WORK_MAX
from services.workbench.tables import ApplicationRow, CardRow, DeliveryRow, DeskRow, OpenWorkRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.kernel.tables import parked
from shared.vocabulary.calendar import end_of_day, local_date
from shared.vocabulary.people import Role

router = APIRouter(tags=["desk"])


class OpenWork(Response):
    """A case one has open; `news` when something happened since one last looked."""

    case_id: UUID
    case_no: str
    title: str
    news: bool


class Desk(Response):
    """Numbers on the menu and the cases one has open."""

    unread: int
    badges: dict[str, int]
    open_work: list[OpenWork]


@router.get("/desk")
async def get_desk(reader: Reader) -> Desk:
    """Asked again and again by the page: it is no sign of a person."""
    return Desk(
        unread=await _unread(reader), badges=await _badges(reader), open_work=await _open(reader)
    )


async def _unread(reader: ReadDoor) -> int:
    read_to: datetime | None = await reader.scalar(
        select(col(DeskRow.notices_read_to)).where(col(DeskRow.staff_id) == reader.actor.id)
    )
    query = select(func.count()).where(
        col(DeliveryRow.recipient_id) == reader.actor.id, col(DeliveryRow.state) == "posted"
    )
    if read_to:
        query = query.where(col(DeliveryRow.told_at) > read_to)
    return int(await reader.scalar(query))


async def _badges(reader: ReadDoor) -> dict[str, int]:
    actor, tonight = reader.actor, end_of_day(local_date(now()))
    open_cases = (visible(actor), col(CardRow.closed_at).is_(None))
    badges: dict[str, int] = {}
    if actor.has(Role.OPERATOR, Role.DISPATCHER):
        badges["callbacks"] = await _count(
            reader, *open_cases, col(CardRow.state) == CALL_BACK, col(CardRow.due_at) < tonight
        )
    if actor.has(Role.MEDIATOR):
        badges["schedule"] = await _count(
            reader, *open_cases, mediated_by(actor), col(CardRow.due_at) < tonight
        )
    if actor.has(Role.SUPERVISOR):
        badges["lights"] = await _count(
            reader, *open_cases, col(CardRow.reminded) | col(CardRow.overdue)
        )
    if actor.has(Role.WELFARE_OFFICER, Role.REVIEWER, Role.APPROVER):
        badges["review"] = await reader.scalar(
            select(func.count()).where(
                col(ApplicationRow.closed_at).is_(None),
                within(col(ApplicationRow.org), actor.org),
            )
        )
    if actor.has(*OPERATIONS_READERS):
        states = parked.c.state.in_(("head", "dead"))
        badges["operations"] = await reader.scalar(select(func.count()).where(states))
    return badges


async def _count(reader: ReadDoor, *where: Any) -> int:
    return int(await reader.scalar(select(func.count()).select_from(CardRow).where(*where)))


async def _open(reader: ReadDoor) -> list[OpenWork]:
    rows = await reader.all(
        select(CardRow, col(OpenWorkRow.seen_at))
        .join(OpenWorkRow, col(OpenWorkRow.case_id) == col(CardRow.case_id))
        .where(col(OpenWorkRow.staff_id) == reader.actor.id, visible(reader.actor))
        .order_by(col(OpenWorkRow.seen_at).desc())
        .limit(OPEN_WORK_MAX)
    )
    names = await names_for(reader, rows)
    return [
        OpenWork(
            case_id=row["case_id"],
            case_no=row["number"] or "",
            title=title_of(row, names),
            news=row["touched_at"] is not None and row["touched_at"] > row["seen_at"],
        )
        for row in rows
    ]
