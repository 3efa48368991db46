"""One timeline over all services: a line for each fact, and on it the messages that it caused."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlmodel import col

from services.workbench.domain.delivery import SENT_AGAIN
from services.workbench.domain.story import SHOWN, Who, staff_in, tell
from services.workbench.domain.text import Text
from services.workbench.queries.case_access import load_visible
from services.workbench.queries.paging import PAGE_ROWS, cursor_after, earlier
from services.workbench.store.directory import load_names
from services.workbench.store.read_model import to_fact
from services.workbench.tables import DeliveryRow, FactRow, OpenWorkRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.people import SYSTEM_ID

router = APIRouter(tags=["case"])


class Echo(Response):
    """What a fact caused in another lane."""

    service: str
    tone: str
    text: Text


class TimelineItem(Response):
    """A fact as people read it."""

    id: UUID
    at: datetime
    service: str
    text: Text
    by: str | None
    caused: list[Echo]
    news: bool


class TimelinePage(Response):
    """Newest first."""

    items: list[TimelineItem]
    next_cursor: str | None


@router.get("/cases/{case_id}/timeline")
async def get_timeline(
    case_id: UUID, reader: Reader, service: str | None = None, cursor: str | None = None
) -> TimelinePage:
    """Fifty facts of a case."""
    await load_visible(reader, case_id)
    at, key = col(FactRow.at), col(FactRow.id)
    query = select(FactRow).where(col(FactRow.case_id) == case_id, col(FactRow.name).in_(SHOWN))
    query = query.where(col(FactRow.service) == service) if service else query
    query = query.where(earlier(at, key, cursor)) if cursor else query
    rows = await reader.all(query.order_by(at.desc(), key.desc()).limit(PAGE_ROWS + 1))
    page = rows[:PAGE_ROWS]
    seen = await reader.scalar(
        select(col(OpenWorkRow.seen_at)).where(
            col(OpenWorkRow.staff_id) == reader.actor.id, col(OpenWorkRow.case_id) == case_id
        )
    )
    items = await _items(reader, page, seen)
    more = cursor_after(page[-1]["at"], page[-1]["id"]) if len(rows) > PAGE_ROWS else None
    return TimelinePage(items=items, next_cursor=more)


async def _items(
    reader: ReadDoor, rows: Sequence[Any], seen: datetime | None
) -> list[TimelineItem]:
    facts = [(row, fact) for row in rows if (fact := to_fact(row))]
    ids = [fact.actor for _, fact in facts]
    ids += [one for _, fact in facts for one in staff_in(fact.body)]
    names = await load_names(reader.context.db, reader.context.cipher, ids)
    echoes = await _echoes(reader, [row["id"] for row in rows])
    who: Who = lambda staff_id: names.get(staff_id, "—") if staff_id else "—"  # noqa: E731
    return [
        TimelineItem(
            id=row["id"],
            at=row["at"],
            service=row["service"],
            text=tell(fact.name, fact.body, who) or Text(fact.name, fact.name),
            by=None if fact.actor == SYSTEM_ID else names.get(fact.actor),
            caused=echoes.get(row["id"], []),
            news=seen is not None and row["at"] > seen and fact.actor != reader.actor.id,
        )
        for row, fact in facts
    ]


async def _echoes(reader: ReadDoor, causes: list[UUID]) -> Mapping[UUID, list[Echo]]:
    """Messages by the fact that caused them: how many, how many arrived, how many did not.

    One that was sent again counts by what became of the newer one.
    """
    if not causes:
        return {}
    state = col(DeliveryRow.state)
    rows = await reader.all(
        select(
            col(DeliveryRow.cause_id),
            func.count().label("sent"),
            func.count().filter(state.in_(("delivered", "posted"))).label("arrived"),
            func.count().filter(state == "failed").label("failed"),
            func.count().filter(col(DeliveryRow.call_task)).label("calls"),
        )
        .where(
            col(DeliveryRow.cause_id).in_(causes),
            col(DeliveryRow.reason).is_distinct_from(SENT_AGAIN),
        )
        .group_by(col(DeliveryRow.cause_id))
    )
    return {row["cause_id"]: [_echo(row)] for row in rows}


def _echo(row: Any) -> Echo:
    sent, arrived, failed = row["sent"], row["arrived"], row["failed"]
    if failed:
        zh = f"通知 {arrived} / {sent} 送达；{failed} 人未送达"
        en = f"{arrived} of {sent} messages arrived; {failed} failed"
        if row["calls"]:
            zh, en = f"{zh}，已转电话任务", f"{en}, to be called"
        return Echo(service="notify", tone="soon", text=Text(zh, en))
    tone = "done" if arrived == sent else "normal"
    return Echo(
        service="notify",
        tone=tone,
        text=Text(f"通知 {arrived} / {sent} 已送达", f"{arrived} of {sent} messages arrived"),
    )
