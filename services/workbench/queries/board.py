"""The board of disputes: the stages of the scheme as columns, the worst card on top."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, func, select, true
from sqlmodel import col

from services.workbench.domain.clock import Clock, nearest
from services.workbench.domain.labels import STAGES, label
from services.workbench.domain.lacks import lack
from services.workbench.domain.permissions import BOARD_READERS, allow
from services.workbench.domain.text import Coded, Text
from services.workbench.queries.paging import PAGE_ROWS, cursor_after, later
from services.workbench.queries.shapes import (
    Names,
    OrgRef,
    StaffRef,
    matter_of,
    names_for,
    org_ref,
)
from services.workbench.queries.visible import in_region, matching, mediated_by, visible, within
from services.workbench.store.folded import to_card
from services.workbench.tables import CardRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.people import Actor
from shared.vocabulary.regions import CITY_PATH, children_of, county_of

SOON = timedelta(days=2)
GRAVE = ("G2", "G3", "G4")
Lens = Literal["over", "soon", "grave", "missing", "paused"]
LENSES: tuple[Lens, ...] = ("over", "soon", "grave", "missing", "paused")
NOTES = {
    "assessment_1": Text("事前", "before"),
    "meeting": Text("会商", "joint meeting"),
    "assessment_2": Text("事中", "during"),
    "assessment_3": Text("事后", "after"),
}
SCHEME = Text("一会三研判 · 默认方案", "One meeting, three assessments · default")
router = APIRouter(tags=["board"])


class BoardFilter(Response):
    """What the address says; `amount` is the least amount in fen."""

    scope: Literal["mine", "group", "all"] = "group"
    region: str | None = None
    people: int | None = None
    amount: int | None = None
    lens: Lens | None = None
    q: Annotated[str, Query(max_length=60)] = ""


class Lacking(Response):
    """How many guards are missing, and the first of them."""

    count: int
    first: Text


class BoardCard(Response):
    """A dispute on the board; no personal data."""

    dispute_id: UUID
    case_id: UUID
    case_no: str
    stage: str
    employer: str | None
    matter: str
    grade: str | None
    people: int
    amount_fen: int | None
    owner: StaffRef | None
    org: OrgRef
    clock: Clock | None
    missing: Lacking | None
    moved_by: StaffRef | None = None


class Column(Response):
    """A stage: how many, how many over time, the worst fifty."""

    stage: str
    name: Text
    note: Text | None
    count: int
    over: int
    hint: Text | None
    cards: list[BoardCard]
    next_cursor: str | None


class Board(Response):
    """The whole board."""

    scheme: Text
    scopes: dict[str, int]
    lenses: dict[str, int]
    regions: list[Coded]
    columns: list[Column]
    as_of: datetime


class BoardPage(Response):
    """The rest of a column."""

    items: list[BoardCard]
    next_cursor: str | None


@router.get("/board")
async def get_board(reader: Reader, asked: Annotated[BoardFilter, Query()]) -> Board:
    """Open disputes by stage."""
    allow(reader.actor, BOARD_READERS)
    at = now()
    where = [*_open(reader.actor), *_filters(reader, asked)]
    scopes = {name: _scope(reader.actor, name) for name in ("mine", "group", "all")}
    numbers = await _numbers(reader, where, scopes, at)
    shown = [*where, scopes[asked.scope], _lens(asked.lens, at)]
    counts = await _stages(reader, shown, at)
    columns = [await _column(reader, stage, shown, counts.get(stage)) for stage in STAGES]
    return Board(
        scheme=SCHEME,
        scopes={name: numbers[name] for name in scopes},
        lenses={
            "all": numbers[asked.scope],
            **await _lenses(reader, [*where, scopes[asked.scope]], at),
        },
        regions=[
            Coded(one.path, Text(one.zh, one.en)) for one in children_of(county_of(CITY_PATH))
        ],
        columns=columns,
        as_of=at,
    )


@router.get("/board/{stage}")
async def get_column(
    stage: str, reader: Reader, asked: Annotated[BoardFilter, Query()], cursor: str | None = None
) -> BoardPage:
    """Fifty more cards of a stage."""
    allow(reader.actor, BOARD_READERS)
    where = [
        *_open(reader.actor),
        *_filters(reader, asked),
        _scope(reader.actor, asked.scope),
        _lens(asked.lens, now()),
    ]
    cards, more = await _cards(reader, stage, where, cursor)
    return BoardPage(items=cards, next_cursor=more)


def _open(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        visible(actor),
        col(CardRow.closed_at).is_(None),
        col(CardRow.dispute_id).is_not(None),
    )


def _filters(reader: ReadDoor, asked: BoardFilter) -> Iterator[ColumnElement[bool]]:
    if asked.region:
        yield in_region(asked.region)
    if asked.people:
        yield col(CardRow.people) >= asked.people
    if asked.amount:
        yield col(CardRow.amount_fen) >= asked.amount
    if asked.q.strip():
        yield matching(reader.actor, asked.q, reader.context.cipher)


def _scope(actor: Actor, scope: str) -> ColumnElement[bool]:
    if scope == "mine":
        return mediated_by(actor)
    return within(col(CardRow.org), actor.org) if scope == "group" else true()


def _lens(lens: str | None, at: datetime) -> ColumnElement[bool]:
    lenses: dict[str, ColumnElement[bool]] = {
        "over": col(CardRow.due_at) < at,
        "soon": (col(CardRow.due_at) >= at) & (col(CardRow.due_at) < at + SOON),
        "grave": col(CardRow.grade).in_(GRAVE),
        "missing": col(CardRow.missing) > 0,
        "paused": col(CardRow.due_at).is_(None),
    }
    return lenses.get(lens or "", true())


async def _numbers(
    reader: ReadDoor, where: list[Any], scopes: dict[str, ColumnElement[bool]], at: datetime
) -> dict[str, int]:
    counted = [func.count().filter(one).label(name) for name, one in scopes.items()]
    row = await reader.one(select(*counted).select_from(CardRow).where(*where))
    return dict(row) if row else {}


async def _lenses(reader: ReadDoor, where: list[Any], at: datetime) -> dict[str, int]:
    counted = [func.count().filter(_lens(one, at)).label(one) for one in LENSES]
    row = await reader.one(select(*counted).select_from(CardRow).where(*where))
    return dict(row) if row else {}


async def _stages(reader: ReadDoor, where: list[Any], at: datetime) -> dict[str, Any]:
    over = func.count().filter(col(CardRow.due_at) < at)
    rows = await reader.all(
        select(col(CardRow.stage), func.count().label("count"), over.label("over"))
        .where(*where)
        .group_by(col(CardRow.stage))
    )
    return {row["stage"]: row for row in rows}


async def _column(reader: ReadDoor, stage: str, where: list[Any], counted: Any) -> Column:
    cards, more = await _cards(reader, stage, where, None) if counted else ([], None)
    return Column(
        stage=stage,
        name=label(STAGES, stage),
        note=NOTES.get(stage),
        count=counted["count"] if counted else 0,
        over=counted["over"] if counted else 0,
        hint=None,
        cards=cards,
        next_cursor=more,
    )


async def _cards(
    reader: ReadDoor, stage: str, where: list[Any], cursor: str | None
) -> tuple[list[BoardCard], str | None]:
    when, key = col(CardRow.due_at), col(CardRow.case_id)
    query = select(CardRow).where(*where, col(CardRow.stage) == stage)
    query = query.where(later(when, key, cursor)) if cursor else query
    rows = await reader.all(query.order_by(when, key).limit(PAGE_ROWS + 1))
    page = rows[:PAGE_ROWS]
    names = await names_for(reader, page)
    last = page[-1] if len(rows) > PAGE_ROWS else None
    more = cursor_after(last["due_at"], last["case_id"]) if last else None
    return [board_card(row, names) for row in page], more


def board_card(row: Any, names: Names) -> BoardCard:
    """One dispute."""
    card = to_card(row)
    missing = card.dispute.missing if card.dispute else ()
    return BoardCard(
        dispute_id=row["dispute_id"],
        case_id=row["case_id"],
        case_no=row["number"] or "",
        stage=row["stage"],
        employer=names.employer(row["employer_id"]),
        matter=matter_of(row),
        grade=row["grade"],
        people=row["people"],
        amount_fen=row["amount_fen"],
        owner=names.person(row["owner_id"]),
        org=org_ref(row["org"]),
        clock=nearest(card, names.at, names.calendar),
        missing=Lacking(count=len(missing), first=lack(missing[0])) if missing else None,
    )
