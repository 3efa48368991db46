"""The operator's one list of work, due first: missed calls, returned cases, held forms, call-backs, drafts."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, or_, select
from sqlmodel import col

from services.workbench.domain.case_actions import DECIDERS
from services.workbench.domain.clock import Clock, nearest
from services.workbench.domain.labels import RETURN_REASONS, label, org_name
from services.workbench.domain.permissions import QUEUE_READERS, allow
from services.workbench.domain.summary import CALL_BACK, REGISTERED, RETURNED
from services.workbench.domain.text import Text
from services.workbench.gateways.services import ask
from services.workbench.queries.paging import PAGE_ROWS, cursor_after, later
from services.workbench.queries.shapes import Names, names_for, title_of
from services.workbench.queries.visible import visible
from services.workbench.store.directory import Person, load_people, person_or_unknown
from services.workbench.store.folded import to_card
from services.workbench.tables import CardRow, DeliveryRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import end_of_day, local_date
from shared.vocabulary.identifiers import mask_name

Kind = Literal["missed", "returned", "held", "callback", "draft"]
KINDS: tuple[Kind, ...] = ("missed", "returned", "held", "callback", "draft")
router = APIRouter(tags=["queue"])


class QueueItem(Response):
    """One thing to do."""

    id: str
    kind: Kind
    case_id: UUID | None
    case_no: str | None
    draft_id: UUID | None
    call_id: UUID | None
    clock: Clock | None
    who_masked: str
    phone_tail: str
    summary: Text
    org_name: str | None


class Queue(Response):
    """The list, the number of each kind, and what comes later."""

    items: list[QueueItem]
    next_cursor: str | None
    counts: dict[str, int]
    later: dict[str, Any] | None
    as_of: datetime


@router.get("/queue")
async def get_queue(reader: Reader, kind: Kind | None = None, cursor: str | None = None) -> Queue:
    """Returned cases to decide about, call-backs and telephone tasks due by the end of today, one's own forms."""
    allow(reader.actor, QUEUE_READERS)
    at = now()
    tonight = end_of_day(local_date(at))
    forms = await _forms(reader)
    counts = Counter(dict.fromkeys(("all", *KINDS), 0))
    counts.update(one.kind for one in forms)
    returned = await _returned(reader)
    counts["returned"] = len(returned)
    counts["callback"] = await _count(reader, tonight)
    counts["all"] = sum(counts[one] for one in KINDS)
    cards: list[Any] = []
    if kind in (None, "callback"):
        cards = await _due(reader, tonight, cursor)
    page, more = cards[:PAGE_ROWS], len(cards) > PAGE_ROWS
    items = await _items(reader, page)
    if cursor is None:
        items = [*returned, *items] if kind in (None, "returned") else items
        items += [one for one in forms if kind in (None, one.kind)]
    last = page[-1] if more else None
    return Queue(
        items=items,
        next_cursor=cursor_after(last["due_at"], last["case_id"]) if last else None,
        counts=dict(counts),
        later=await _later(reader, tonight),
        as_of=at,
    )


def _callable() -> Any:
    """Handled cases to be called back, and registered ones whose message did not arrive."""
    tasks = select(col(DeliveryRow.case_id)).where(col(DeliveryRow.call_task))
    return or_(
        col(CardRow.state) == CALL_BACK,
        (col(CardRow.state) == REGISTERED) & col(CardRow.case_id).in_(tasks),
    )


async def _due(reader: ReadDoor, until: datetime, cursor: str | None) -> list[Any]:
    when, key = col(CardRow.due_at), col(CardRow.case_id)
    query = select(CardRow).where(
        visible(reader.actor), col(CardRow.closed_at).is_(None), _callable(), when < until
    )
    query = query.where(later(when, key, cursor)) if cursor else query
    return list(await reader.all(query.order_by(when, key).limit(PAGE_ROWS + 1)))


async def _returned(reader: ReadDoor) -> list[QueueItem]:
    """Cases whose unit asks to be relieved of them, for those who decide (rule 40); the oldest first."""
    if not reader.actor.has(*DECIDERS):
        return []
    rows = await reader.all(
        select(CardRow)
        .where(visible(reader.actor), col(CardRow.state) == RETURNED)
        .order_by(col(CardRow.touched_at), col(CardRow.case_id))
        .limit(PAGE_ROWS)
    )
    names = await names_for(reader, rows)
    people = await load_people(
        reader.context.db, reader.context.cipher, (row["caller_id"] for row in rows)
    )
    return [_returned_item(row, names, person_or_unknown(people, row["caller_id"])) for row in rows]


def _returned_item(row: Any, names: Names, who: Person) -> QueueItem:
    card = to_card(row)
    title, why = title_of(row, names), label(RETURN_REASONS, card.case.return_reason)
    return QueueItem(
        id=f"returned:{row['case_id']}",
        kind="returned",
        case_id=row["case_id"],
        case_no=row["number"],
        draft_id=None,
        call_id=None,
        clock=nearest(card, names.at, names.calendar),
        who_masked=who.name_masked,
        phone_tail=who.phone_tail,
        summary=Text(f"{title}：退单，{why.zh}", f"{title}: returned, {why.en}"),
        org_name=org_name(row["org"]),
    )


async def _count(reader: ReadDoor, until: datetime) -> int:
    query = select(func.count()).where(
        visible(reader.actor),
        col(CardRow.closed_at).is_(None),
        _callable(),
        col(CardRow.due_at) < until,
    )
    return int(await reader.scalar(query))


async def _later(reader: ReadDoor, since: datetime) -> dict[str, Any] | None:
    row = await reader.one(
        select(func.count().label("count"), func.min(col(CardRow.due_at)).label("first")).where(
            visible(reader.actor),
            col(CardRow.state) == CALL_BACK,
            col(CardRow.closed_at).is_(None),
            col(CardRow.due_at) >= since,
        )
    )
    if row is None or not row["count"]:
        return None
    return {"kind": "callback", "count": row["count"], "from": row["first"]}


async def _items(reader: ReadDoor, rows: list[Any]) -> list[QueueItem]:
    names = await names_for(reader, rows)
    people = await load_people(
        reader.context.db, reader.context.cipher, (row["caller_id"] for row in rows)
    )
    return [_call_back(row, names, person_or_unknown(people, row["caller_id"])) for row in rows]


def _call_back(row: Any, names: Names, who: Person) -> QueueItem:
    title = title_of(row, names)
    waits = row["state"] == CALL_BACK
    summary = (
        Text(title, title)
        if waits
        else Text(f"{title}：短信未送达，请电话告知", f"{title}: message failed, please call")
    )
    return QueueItem(
        id=f"callback:{row['case_id']}",
        kind="callback",
        case_id=row["case_id"],
        case_no=row["number"],
        draft_id=None,
        call_id=None,
        clock=nearest(to_card(row), names.at, names.calendar),
        who_masked=who.name_masked,
        phone_tail=who.phone_tail,
        summary=summary,
        org_name=None,
    )


async def _forms(reader: ReadDoor) -> list[QueueItem]:
    """One's own unfinished forms, kept sealed by intake; none are shown while it is away."""
    found = await ask(reader.context, reader.actor, "intake", "drafts")
    return list(_drafts(found["items"])) if found else []


def _drafts(found: list[dict[str, Any]]) -> Iterator[QueueItem]:
    for one in found:
        call = one["call"]
        title = call.get("title") or (call.get("narrative") or "")[:20] or "未填诉求"
        yield QueueItem(
            id=f"draft:{one['draft_id']}",
            kind="held" if one["state"] == "held" else "draft",
            case_id=None,
            case_no=None,
            draft_id=UUID(one["draft_id"]),
            call_id=None,
            clock=None,
            who_masked=mask_name(call.get("caller_name") or "") or "匿名",
            phone_tail=(call.get("phone") or "")[-4:],
            summary=Text(title, title),
            org_name=None,
        )
