"""The lawyer's telephone: offers without any person's data, and the disputes that were accepted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import col

from services.workbench.domain.card import Card
from services.workbench.domain.categories import CATEGORIES
from services.workbench.domain.clock import Clock, clocks_of
from services.workbench.domain.labels import STAGES, coded, label
from services.workbench.domain.permissions import LAWYERS, allow
from services.workbench.domain.text import Coded, Text
from services.workbench.queries.paging import PAGE_ROWS, cursor_after, later
from services.workbench.queries.shapes import Names, matter_of, names_for, title_of
from services.workbench.store.directory import load_people
from services.workbench.store.folded import to_card
from services.workbench.tables import CardRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.regions import region_of_code

OFFERS_MAX = 50
SURNAMES_MAX = 3
OPINION = Text("写法律意见", "Write the legal opinion")
MEETING = Text("参加会商", "Attend the joint meeting")
router = APIRouter(tags=["lawyer"])


class Offer(Response):
    """What a lawyer must know to say yes or no: employer and surnames for the conflict check, nothing more.

    What is asked, what is paid and what the system compared is mediation's to say (`GET /offers` there).
    """

    offer_id: UUID
    dispute_id: UUID
    case_id: UUID
    title: str
    category: Coded
    region: Coded
    people: int
    group: bool
    amount_fen: int | None
    meeting_at: datetime | None
    online: bool = False
    employer_name: str | None
    surnames: list[str]
    surname_count: int
    clock: Clock | None


class Offers(Response):
    """The most urgent first."""

    items: list[Offer]


class Task(Response):
    """Something the lawyer still has to do."""

    kind: str
    title: Text
    detail: Text | None
    clock: Clock | None


class Accepted(Response):
    """A dispute the lawyer works on."""

    dispute_id: UUID
    case_id: UUID
    case_no: str
    title: str
    region: Coded
    people: int
    amount_fen: int | None
    stage: Coded
    tasks: list[Task]


class AcceptedPage(Response):
    """Nearest first."""

    items: list[Accepted]
    next_cursor: str | None


@router.get("/offers")
async def get_offers(reader: Reader) -> Offers:
    """Open offers to oneself."""
    allow(reader.actor, LAWYERS)
    rows = await reader.all(
        select(CardRow)
        .where(col(CardRow.offer_lawyer_id) == reader.actor.id, col(CardRow.closed_at).is_(None))
        .limit(OFFERS_MAX)
    )
    names = await names_for(reader, rows)
    offers = [await _offer(reader, row, to_card(row), names) for row in rows]
    offers.sort(key=lambda one: one.clock.due_at if one.clock and one.clock.due_at else names.at)
    return Offers(items=offers)


async def _offer(reader: ReadDoor, row: Any, card: Card, names: Names) -> Offer:
    side = card.case
    asked = () if side.hidden else (side.caller_id, *side.claimant_ids)
    people = await load_people(reader.context.db, reader.context.cipher, asked)
    surnames = list(dict.fromkeys(one.surname for one in people.values() if one.surname))
    clocks = [one for one in clocks_of(card, names.at, names.calendar) if one.kind == "offer"]
    employer = names.employers.get(row["employer_id"]) if row["employer_id"] else None
    matter = matter_of(row)
    return Offer(
        offer_id=row["offer_id"],
        dispute_id=row["dispute_id"],
        case_id=row["case_id"],
        title=f"{matter}（{row['people']} 人）" if row["people"] > 1 else matter,
        category=Coded(row["category"] or "", label(CATEGORIES, row["category"])),
        region=_region(row["region"]),
        people=row["people"],
        group=row["is_group"],
        amount_fen=row["amount_fen"],
        meeting_at=card.dispute.next_meeting_at if card.dispute else None,
        employer_name=employer.name if employer else None,
        surnames=surnames[:SURNAMES_MAX],
        surname_count=len(surnames),
        clock=clocks[0] if clocks else None,
    )


@router.get("/lawyer/disputes")
async def get_accepted(reader: Reader, cursor: str | None = None) -> AcceptedPage:
    """Disputes the lawyer accepted and that are still open."""
    allow(reader.actor, LAWYERS)
    when, key = col(CardRow.due_at), col(CardRow.case_id)
    query = select(CardRow).where(
        col(CardRow.lawyer_id) == reader.actor.id, col(CardRow.closed_at).is_(None)
    )
    query = query.where(later(when, key, cursor)) if cursor else query
    rows = await reader.all(query.order_by(when, key).limit(PAGE_ROWS + 1))
    page = rows[:PAGE_ROWS]
    names = await names_for(reader, page)
    last = page[-1] if len(rows) > PAGE_ROWS else None
    return AcceptedPage(
        items=[_accepted(row, to_card(row), names) for row in page],
        next_cursor=cursor_after(last["due_at"], last["case_id"]) if last else None,
    )


def _accepted(row: Any, card: Card, names: Names) -> Accepted:
    side = card.dispute
    clocks = {one.kind: one for one in clocks_of(card, names.at, names.calendar)}
    tasks = []
    if side and "legal_opinion" in " ".join(side.missing):
        tasks.append(Task(kind="opinion", title=OPINION, detail=None, clock=clocks.get("close")))
    if side and side.next_meeting_at:
        where = Text(side.meeting_room, side.meeting_room) if side.meeting_room else None
        tasks.append(Task(kind="meeting", title=MEETING, detail=where, clock=clocks.get("meeting")))
    return Accepted(
        dispute_id=row["dispute_id"],
        case_id=row["case_id"],
        case_no=row["number"] or "",
        title=title_of(row, names),
        region=_region(row["region"]),
        people=row["people"],
        amount_fen=row["amount_fen"],
        stage=coded(STAGES, row["stage"] or ""),
        tasks=tasks,
    )


def _region(code: str | None) -> Coded:
    found = region_of_code(code or "")
    return Coded(code or "", Text(found.zh, found.en) if found else Text(code or "—", code or "—"))
