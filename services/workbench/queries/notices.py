"""Messages to the person inside the workbench."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import col

from services.workbench.domain.labels import notice_title
from services.workbench.domain.text import Text
from services.workbench.queries.paging import PAGE_ROWS, cursor_after, earlier
from services.workbench.queries.shapes import names_for, title_of
from services.workbench.tables import CardRow, DeliveryRow, DeskRow
from shared.kernel.command import Response
from shared.kernel.reader import Reader

router = APIRouter(tags=["desk"])


class Notice(Response):
    """A message; `href` leads to what it is about."""

    notice_id: UUID
    at: datetime
    title: str
    text: Text
    href: str | None
    read: bool


class Notices(Response):
    """Newest first."""

    items: list[Notice]
    next_cursor: str | None


@router.get("/notices")
async def get_notices(reader: Reader, cursor: str | None = None) -> Notices:
    """One's own messages."""
    at, key = col(DeliveryRow.told_at), col(DeliveryRow.delivery_id)
    query = (
        select(CardRow, key, at, col(DeliveryRow.template))
        .select_from(DeliveryRow)
        .join(CardRow, col(CardRow.case_id) == col(DeliveryRow.case_id), isouter=True)
        .where(col(DeliveryRow.recipient_id) == reader.actor.id, col(DeliveryRow.state) == "posted")
    )
    query = query.where(earlier(at, key, cursor)) if cursor else query
    rows = await reader.all(query.order_by(at.desc(), key.desc()).limit(PAGE_ROWS + 1))
    page = rows[:PAGE_ROWS]
    read_to = await reader.scalar(
        select(col(DeskRow.notices_read_to)).where(col(DeskRow.staff_id) == reader.actor.id)
    )
    names = await names_for(reader, page)
    items = []
    for row in page:
        text = notice_title(row["template"])
        about = title_of(row, names) if row["case_id"] else ""
        items.append(
            Notice(
                notice_id=row["delivery_id"],
                at=row["told_at"],
                title=f"{text.zh}：{about}" if about else text.zh,
                text=text,
                href=f"/cases/{row['case_id']}" if row["case_id"] else None,
                read=read_to is not None and row["told_at"] <= read_to,
            )
        )
    last = page[-1] if len(rows) > PAGE_ROWS else None
    more = cursor_after(last["told_at"], last["delivery_id"]) if last else None
    return Notices(items=items, next_cursor=more)
