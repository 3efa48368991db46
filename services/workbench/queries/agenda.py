"""The mediator's today: meetings, what is due, what waits for a signature, which payments are promised."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlmodel import col

from services.workbench.domain.card import Card
from services.workbench.domain.clock import Clock, nearest
from services.workbench.domain.labels import STAGES, coded
from services.workbench.domain.lacks import lack, to_sign
from services.workbench.domain.permissions import BOARD_READERS, allow
from services.workbench.domain.summary import is_supervised
from services.workbench.domain.text import Coded, Text
from services.workbench.queries.shapes import Names, names_for, title_of
from services.workbench.queries.visible import mediated_by, visible
from services.workbench.store.folded import to_card
from services.workbench.tables import CardRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import end_of_day, local_date

MINE_MAX = 300
"""Open disputes of one mediator looked at; more than anybody can handle."""
AHEAD = timedelta(days=7)
router = APIRouter(tags=["board"])


class Meeting(Response):
    """An appointment of today or tomorrow."""

    id: str
    kind: str
    dispute_id: UUID
    case_id: UUID
    case_no: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    room: str | None
    people: int
    ready: bool
    missing: Text | None


class AgendaItem(Response):
    """A dispute that asks for something today."""

    id: str
    dispute_id: UUID
    case_id: UUID
    case_no: str
    title: str
    stage: Coded
    grade: str | None
    people: int
    detail: Text | None
    amount_fen: int | None
    clock: Clock | None
    supervised: bool


class Lane(Response):
    """One's disputes in a stage."""

    stage: Coded
    count: int
    over: int


class Agenda(Response):
    """Everything for today; `signing`: agreements that are recorded and lack a hand or a seal."""

    meetings: list[Meeting]
    due: list[AgendaItem]
    signing: list[AgendaItem]
    payments: list[AgendaItem]
    lanes: list[Lane]
    as_of: datetime


@router.get("/agenda")
async def get_agenda(reader: Reader) -> Agenda:
    """One's own disputes."""
    allow(reader.actor, BOARD_READERS)
    rows = await reader.all(
        select(CardRow)
        .where(visible(reader.actor), mediated_by(reader.actor), col(CardRow.closed_at).is_(None))
        .order_by(col(CardRow.due_at).nulls_last(), col(CardRow.case_id))
        .limit(MINE_MAX)
    )
    names = await names_for(reader, rows)
    mine = [(row, to_card(row)) for row in rows]
    tonight = end_of_day(local_date(names.at))
    return Agenda(
        meetings=sorted(_meetings(mine, names), key=lambda one: one.starts_at),
        due=[
            _item(row, card, names, "due", None)
            for row, card in mine
            if row["due_at"] and row["due_at"] < tonight
        ],
        signing=[
            _item(row, card, names, "signing", lacks)
            for row, card in mine
            if card.dispute and (lacks := to_sign(card.dispute.missing))
        ],
        payments=[one for row, card in mine for one in _payments(row, card, names)],
        lanes=await _lanes(reader, names.at),
        as_of=names.at,
    )


def _meetings(mine: list[tuple[Any, Card]], names: Names) -> list[Meeting]:
    found = []
    for row, card in mine:
        side = card.dispute
        if side is None or side.next_meeting_at is None:
            continue
        if not names.at - timedelta(hours=12) < side.next_meeting_at < names.at + AHEAD:
            continue
        found.append(
            Meeting(
                id=f"meeting:{card.dispute_id}",
                kind="conference" if side.stage == "meeting" else "session",
                dispute_id=row["dispute_id"],
                case_id=row["case_id"],
                case_no=row["number"] or "",
                title=title_of(row, names),
                starts_at=side.next_meeting_at,
                ends_at=None,
                room=side.meeting_room,
                people=row["people"],
                ready=not side.missing,
                missing=lack(side.missing[0]) if side.missing else None,
            )
        )
    return found


def _payments(row: Any, card: Card, names: Names) -> list[AgendaItem]:
    side = card.dispute
    limit = (names.at + AHEAD).date().isoformat()
    parts = side.instalments if side else ()
    return [
        _item(
            row,
            card,
            names,
            f"payment:{one.no}",
            Text(f"第 {one.no} 期 {one.due} 到期", f"Instalment {one.no} due {one.due}"),
            one.amount_fen,
        )
        for one in parts
        if not one.paid and one.due <= limit
    ]


def _item(
    row: Any,
    card: Card,
    names: Names,
    why: str,
    detail: Text | None,
    amount_fen: int | None = None,
) -> AgendaItem:
    return AgendaItem(
        id=f"{why}:{row['case_id']}",
        dispute_id=row["dispute_id"],
        case_id=row["case_id"],
        case_no=row["number"] or "",
        title=title_of(row, names),
        stage=coded(STAGES, row["stage"] or ""),
        grade=row["grade"],
        people=row["people"],
        detail=detail,
        amount_fen=row["amount_fen"] if amount_fen is None else amount_fen,
        clock=nearest(card, names.at, names.calendar),
        supervised=is_supervised(card),
    )


async def _lanes(reader: ReadDoor, at: datetime) -> list[Lane]:
    rows = await reader.all(
        select(
            col(CardRow.stage),
            func.count().label("count"),
            func.count().filter(col(CardRow.due_at) < at).label("over"),
        )
        .where(visible(reader.actor), mediated_by(reader.actor), col(CardRow.closed_at).is_(None))
        .group_by(col(CardRow.stage))
    )
    found = {row["stage"]: row for row in rows}
    return [
        Lane(
            stage=coded(STAGES, stage),
            count=found[stage]["count"] if stage in found else 0,
            over=found[stage]["over"] if stage in found else 0,
        )
        for stage in STAGES
    ]
