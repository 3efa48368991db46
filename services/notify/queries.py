"""What is read of notify: the messages of a case, and whom to phone because a message did not arrive."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import or_, select, tuple_
from sqlmodel import col

from services.notify.domain.contact import Contact
from services.notify.domain.delivery import RESEND_DAYS_MAX, SENT_AGAIN, DeliveryState
from services.notify.domain.permissions import READERS, SENDERS, may_resend, may_see_recipient
from services.notify.store.contacts import to_contact
from services.notify.tables import CaseFileRow, ContactRow, DeliveryRow
from shared.kernel.auth import require
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.kernel.transaction import Record
from shared.vocabulary.errors import FieldError, Invalid
from shared.vocabulary.identifiers import mask_name
from shared.vocabulary.people import Actor
from shared.vocabulary.phones import mask_phone

router = APIRouter(tags=["deliveries"])
DELIVERIES_SHOWN_MAX = 500
PAGE_ROWS = 50


class Recipient(Response):
    """A person, masked; empty when unknown, erased, or not to be known (a confidential case)."""

    id: UUID
    name: str
    phone: str


class DeliveryShown(Response):
    """One message and what became of it; its text stays sealed."""

    delivery_id: UUID
    version: int
    case_id: UUID
    cause_id: UUID
    template: str
    channel: str
    audience: str
    recipient: Recipient
    state: str
    send_after: datetime
    queued_at: datetime
    reason: str
    call_task: bool
    may_resend: bool


class Deliveries(Response):
    """The messages of a case, oldest first."""

    items: list[DeliveryShown]


class CallTask(Response):
    """Somebody to phone."""

    case_number: str
    delivery: DeliveryShown


class CallTasks(Response):
    """A page of the list, oldest first."""

    items: list[CallTask]
    next_cursor: str | None


@router.get("/deliveries")
async def get_deliveries(case_id: UUID, reader: Reader) -> Deliveries:
    """The messages about a case of the reader's area."""
    require(reader.actor, *READERS)
    rows = await reader.all(
        select(DeliveryRow, col(CaseFileRow.confidential))
        .outerjoin(CaseFileRow, col(CaseFileRow.id) == col(DeliveryRow.case_id))
        .where(col(DeliveryRow.case_id) == case_id, _in_scope(reader.actor))
        .order_by(col(DeliveryRow.queued_at), col(DeliveryRow.id))
        .limit(DELIVERIES_SHOWN_MAX)
    )
    hidden = any(row["confidential"] for row in rows)
    people = {}
    if may_see_recipient(reader.actor, confidential=hidden):
        people = await _people(reader, rows)
    return Deliveries(items=[_shown(row, people, reader.actor) for row in rows])


@router.get("/call-tasks")
async def get_call_tasks(reader: Reader, cursor: str | None = None) -> CallTasks:
    """Messages that did not arrive, for the people who may phone instead."""
    require(reader.actor, *SENDERS)
    key = tuple_(col(DeliveryRow.queued_at), col(DeliveryRow.id))
    query = (
        select(DeliveryRow, col(CaseFileRow.number))
        .outerjoin(CaseFileRow, col(CaseFileRow.id) == col(DeliveryRow.case_id))
        .where(col(DeliveryRow.call_task), _in_scope(reader.actor))
        .order_by(col(DeliveryRow.queued_at), col(DeliveryRow.id))
        .limit(PAGE_ROWS + 1)
    )
    rows = await reader.all(query.where(key > _read_cursor(cursor)) if cursor else query)
    page = rows[:PAGE_ROWS]
    people = await _people(reader, page)
    items = [
        CallTask(case_number=row["number"] or "", delivery=_shown(row, people, reader.actor))
        for row in page
    ]
    return CallTasks(items=items, next_cursor=_cursor(page[-1]) if len(rows) > PAGE_ROWS else None)


def _in_scope(actor: Actor) -> Any:
    org = col(DeliveryRow.org)
    return or_(org == actor.org, org.startswith(f"{actor.org}.", autoescape=True))


async def _people(reader: ReadDoor, rows: Sequence[Record]) -> dict[UUID, Contact]:
    ids = {row["recipient_id"] for row in rows}
    found = await reader.all(select(ContactRow).where(col(ContactRow.id).in_(ids)))
    return {row["id"]: to_contact(row, reader.context.cipher) for row in found}


def _may_resend(row: Record, actor: Actor) -> bool:
    failed = row["state"] == DeliveryState.FAILED and row["reason"] != SENT_AGAIN
    young = now() - row["queued_at"] <= timedelta(days=RESEND_DAYS_MAX)
    return failed and young and row["fields_sealed"] is not None and may_resend(actor, row["org"])


def _shown(row: Record, people: dict[UUID, Contact], actor: Actor) -> DeliveryShown:
    person = people.get(row["recipient_id"]) or Contact(row["recipient_id"])
    return DeliveryShown(
        delivery_id=row["id"],
        version=row["version"],
        case_id=row["case_id"],
        cause_id=row["cause_id"],
        template=row["template"],
        channel=row["channel"],
        audience=row["audience"],
        recipient=Recipient(
            id=person.id, name=mask_name(person.name), phone=mask_phone(person.phone)
        ),
        state=row["state"],
        send_after=row["send_after"],
        queued_at=row["queued_at"],
        reason=row["reason"],
        call_task=row["call_task"],
        may_resend=_may_resend(row, actor),
    )


def _cursor(row: Record) -> str:
    return urlsafe_b64encode(f"{row['queued_at'].isoformat()} {row['id']}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, _, row_id = urlsafe_b64decode(cursor).decode().partition(" ")
        return datetime.fromisoformat(at), UUID(row_id)
    except (ValueError, NotBase64):
        zh = "翻页位置无效，请从第一页重新查看。"
        en = "The cursor is not valid. Start from the first page."
        raise Invalid(FieldError("cursor", "cursor_malformed", zh, en)) from None
