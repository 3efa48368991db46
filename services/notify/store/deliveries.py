"""Deliveries: the root that is told about, and the queue of what has still to leave the house."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import or_
from sqlmodel import col, select

from services.notify.domain.delivery import Delivery, DeliveryState
from services.notify.domain.errand import CONTACT_WAIT_H, CaseFile, Errand
from services.notify.domain.plan import Plan
from services.notify.domain.quiet_hours import may_leave
from services.notify.domain.templates import Channel, Template
from services.notify.tables import DeliveryRow, OutgoingRow
from shared.contracts.base import Event
from shared.contracts.notify import (
    MessageDelivered,
    MessageFailed,
    MessagePosted,
    MessageQueued,
    MessageSent,
)
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.calendar import local_date, start_of_day

WAITING = "waiting"
CONTACT_OVERDUE = "contact_overdue"
PLANNED_MAX = 200
OUTGOING_OF_PERSON_MAX = 200
COUNTED = ("queued", "sent", "delivered")
"""States of messages that count against a person's daily limit."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as it was read: root, queue row while it has not left, and what stays as it is."""

    delivery: Delivery
    root: Record
    queued: Record | None

    @property
    def waits(self) -> bool:
        """Whether the person's profile has not come yet."""
        return self.queued is not None and self.queued["state"] == WAITING


async def load_planned(
    tx: Tx, people: Collection[UUID], now: datetime
) -> dict[UUID, list[datetime]]:
    """When each person's other text messages of today and later leave or left; urgent ones are not counted."""
    rows = await tx.all(
        select(DeliveryRow.recipient_id, DeliveryRow.send_after)
        .where(
            col(DeliveryRow.recipient_id).in_(list(people)),
            col(DeliveryRow.channel) == Channel.SMS.value,
            col(DeliveryRow.urgent).is_(False),
            col(DeliveryRow.state).in_(COUNTED),
            col(DeliveryRow.send_after) >= start_of_day(local_date(now)),
        )
        .limit(PLANNED_MAX * max(1, len(people)))
    )
    planned: dict[UUID, list[datetime]] = {one: [] for one in people}
    for row in rows:
        planned[row["recipient_id"]].append(row["send_after"])
    return planned


async def load_existing(tx: Tx, ids: Collection[UUID]) -> set[UUID]:
    """Which of the messages exist already."""
    rows = await tx.all(select(DeliveryRow.id).where(col(DeliveryRow.id).in_(list(ids))))
    return {row["id"] for row in rows}


@dataclass(frozen=True, slots=True)
class Draft:
    """A new message before it is stored."""

    errand: Errand
    case: CaseFile
    template: Template
    recipient_id: UUID
    fields: Mapping[str, str]
    plan: Plan


def add_delivery(tx: Tx, draft: Draft) -> None:
    """A message: posted behind the login, queued for the provider, waiting for a profile, or failed at once."""
    message_id = draft.errand.delivery_id(draft.recipient_id)
    state = _first_state(draft.plan)
    values = {
        "id": message_id,
        "case_id": draft.case.case_id,
        "cause_id": draft.errand.cause_id,
        "org": draft.case.org,
        "template": draft.template.id,
        "audience": draft.template.audience.value,
        "channel": draft.plan.channel.value,
        "recipient_id": draft.recipient_id,
        "urgent": draft.template.urgent,
        "state": state.value,
        "send_after": draft.plan.send_after,
        "queued_at": tx.now,
        "reason": draft.plan.reason,
        "call_task": draft.plan.call_task,
        "correlation_id": tx.correlation_id,
        "fields_sealed": _seal_fields(tx, draft, message_id) if draft.plan.reason else None,
    }
    tx.insert(DeliveryRow, values)
    for fact in _first_facts(draft, message_id):
        tx.emit(fact)
    if state is DeliveryState.QUEUED:
        _add_outgoing(tx, draft, message_id)


def _first_state(plan: Plan) -> DeliveryState:
    if plan.reason:
        return DeliveryState.FAILED
    return DeliveryState.DELIVERED if plan.channel is Channel.IN_APP else DeliveryState.QUEUED


def _first_facts(draft: Draft, message_id: UUID) -> list[Event]:
    same: dict[str, Any] = {
        "delivery_id": message_id,
        "case_id": draft.case.case_id,
        "cause_id": draft.errand.cause_id,
    }
    told: dict[str, Any] = {
        "template": draft.template.code,
        "audience": draft.template.audience.value,
        "recipient_id": draft.recipient_id,
    }
    if draft.plan.channel is Channel.IN_APP:
        return [MessagePosted(**same, **told)]
    queued = MessageQueued(
        **same, **told, channel=Channel.SMS.value, send_after=draft.plan.send_after
    )
    if not draft.plan.reason:
        return [queued]
    return [
        queued,
        MessageFailed(**same, reason=draft.plan.reason, call_task=draft.plan.call_task),
    ]


def _seal_fields(tx: Tx, draft: Draft, message_id: UUID) -> str:
    known = {
        name: draft.fields[name] for name in sorted(draft.template.fields) if name in draft.fields
    }
    return tx.cipher.seal(msgspec.json.encode(known).decode(), fields_place(message_id))


def outgoing_values(
    message_id: UUID, template: Template, recipient_id: UUID, send_after: datetime
) -> Any:
    """The queue row of a message that may leave, without what fills its text."""
    return {
        "id": message_id,
        "recipient_id": recipient_id,
        "template": template.code,
        "urgent": template.urgent,
        "state": DeliveryState.QUEUED.value,
        "send_after": send_after,
        "tries": 0,
        "claimed_until": None,
        "reason": "",
        "content_sealed": None,
    }


def _add_outgoing(tx: Tx, draft: Draft, message_id: UUID) -> None:
    values = outgoing_values(message_id, draft.template, draft.recipient_id, draft.plan.send_after)
    values["fields_sealed"] = _seal_fields(tx, draft, message_id)
    if draft.plan.waits:
        values["state"] = WAITING
    tx.insert(OutgoingRow, values)
    if draft.plan.waits:
        tx.timer(CONTACT_OVERDUE, message_id, tx.now + timedelta(hours=CONTACT_WAIT_H))


async def claim_due(tx: Tx, limit: int) -> list[Stored]:
    """Messages whose time has come, or that a dead worker left behind; at night only the urgent ones."""
    free = or_(
        col(OutgoingRow.claimed_until).is_(None),
        col(OutgoingRow.claimed_until) <= tx.now,
    )
    due = (
        select(OutgoingRow)
        .where(col(OutgoingRow.state) != WAITING, col(OutgoingRow.send_after) <= tx.now, free)
        .order_by(col(OutgoingRow.send_after), col(OutgoingRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if not may_leave(tx.now, urgent=False):
        due = due.where(col(OutgoingRow.urgent))
    return await _with_roots(tx, await tx.all(due))


async def load_messages(tx: Tx, ids: Collection[UUID]) -> dict[UUID, Stored]:
    """Messages of the provider's receipts or answers, locked; the queue before the roots, as everywhere."""
    rows = await tx.all(
        select(OutgoingRow)
        .where(col(OutgoingRow.id).in_(list(ids)))
        .order_by(col(OutgoingRow.id))
        .with_for_update()
    )
    queued = {row["id"]: row for row in rows}
    roots = await _roots(tx, ids)
    return {row["id"]: _stored(row, queued.get(row["id"])) for row in roots}


async def load_message(tx: Tx, message_id: UUID) -> Stored | None:
    """One message, locked."""
    return (await load_messages(tx, [message_id])).get(message_id)


async def load_outgoing_of(tx: Tx, person_id: UUID, *, waiting: bool = False) -> list[Stored]:
    """What has not left yet for a person; `waiting` for those that wait for the profile."""
    query = select(OutgoingRow).where(col(OutgoingRow.recipient_id) == person_id)
    if waiting:
        query = query.where(col(OutgoingRow.state) == WAITING)
    rows = await tx.all(
        query.order_by(col(OutgoingRow.id)).limit(OUTGOING_OF_PERSON_MAX).with_for_update()
    )
    return await _with_roots(tx, rows)


async def _with_roots(tx: Tx, rows: Sequence[Record]) -> list[Stored]:
    roots = {row["id"]: row for row in await _roots(tx, [row["id"] for row in rows])}
    return [_stored(roots[row["id"]], row) for row in rows]


async def _roots(tx: Tx, ids: Collection[UUID]) -> list[Record]:
    if not ids:
        return []
    return await tx.all(
        select(DeliveryRow)
        .where(col(DeliveryRow.id).in_(list(ids)))
        .order_by(col(DeliveryRow.id))
        .with_for_update()
    )


def _stored(root: Record, queued: Record | None) -> Stored:
    state = root["state"]
    if queued is not None and queued["state"] != WAITING:
        state = queued["state"]
    delivery = Delivery(
        id=root["id"],
        template=root["template"],
        audience=root["audience"],
        channel=root["channel"],
        recipient_id=root["recipient_id"],
        send_after=queued["send_after"] if queued else root["send_after"],
        urgent=root["urgent"],
        state=DeliveryState(state),
        tries=queued["tries"] if queued else 0,
        claimed_until=queued["claimed_until"] if queued else None,
        reason=root["reason"],
        call_task=root["call_task"],
        version=root["version"],
    )
    return Stored(delivery, root, queued)


LEFT = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.FAILED})


def save_delivery(tx: Tx, stored: Stored, after: Delivery, *, provider: str = "") -> None:
    """What became of the message: on its way it changes the queue only; what leaves it is told."""
    if after.state not in LEFT:
        _save_outgoing(tx, after)
        return
    fact = _fact(stored, after, provider)
    if fact is None:
        return
    sent_at = tx.now if after.state is DeliveryState.SENT else stored.root["send_after"]
    values = {
        "state": after.state.value,
        "send_after": sent_at,
        "reason": after.reason,
        "call_task": after.call_task,
        "fields_sealed": _kept(stored, after),
    }
    tx.correlation_id = stored.root["correlation_id"]
    tx.update(DeliveryRow, after.id, values, stored.root["version"])
    tx.emit(fact)
    if stored.queued is not None:
        tx.delete(OutgoingRow, after.id)
        tx.cancel_timer(CONTACT_OVERDUE, after.id)


def _kept(stored: Stored, after: Delivery) -> str | None:
    """What fills the text is kept until the message arrives."""
    if after.state is DeliveryState.DELIVERED:
        return None
    row = stored.root if stored.queued is None else stored.queued
    kept: str | None = row["fields_sealed"]
    return kept


def _fact(stored: Stored, after: Delivery, provider: str) -> Event | None:
    """What is new about the message, if anything is."""
    before = stored.root
    same = {"delivery_id": after.id, "case_id": before["case_id"], "cause_id": before["cause_id"]}
    match after.state:
        case DeliveryState.SENT:
            return MessageSent(**same, provider=provider, attempt=after.tries)
        case DeliveryState.DELIVERED if before["state"] != after.state:
            return MessageDelivered(**same)
        case DeliveryState.FAILED if (before["state"], before["reason"], before["call_task"]) != (
            after.state,
            after.reason,
            after.call_task,
        ):
            return MessageFailed(**same, reason=after.reason, call_task=after.call_task)
    return None


def _save_outgoing(tx: Tx, after: Delivery) -> None:
    values = {
        "state": after.state.value,
        "send_after": after.send_after,
        "tries": after.tries,
        "claimed_until": after.claimed_until,
        "reason": after.reason,
    }
    tx.change(OutgoingRow, after.id, values)


def save_claims(tx: Tx, claimed: Sequence[tuple[Stored, Delivery, str]]) -> None:
    """Claims with the number and text that every try will use, in one write."""
    rows = [
        {
            **dict(stored.queued or {}),
            "state": after.state.value,
            "tries": after.tries,
            "claimed_until": after.claimed_until,
            "content_sealed": tx.cipher.seal(content, _content_place(after.id)),
        }
        for stored, after, content in claimed
    ]
    if rows:
        tx.upsert_many(OutgoingRow, rows, ("id",))


def save_reachable(tx: Tx, stored: Stored) -> None:
    """The profile came: the message may leave."""
    tx.change(OutgoingRow, stored.delivery.id, {"state": DeliveryState.QUEUED.value})
    tx.cancel_timer(CONTACT_OVERDUE, stored.delivery.id)


def open_fields(queued: Record, cipher: FieldCipher) -> dict[str, str]:
    """What fills the template of a queued message."""
    plain = cipher.open(queued["fields_sealed"], fields_place(queued["id"]))
    return msgspec.json.decode(plain, type=dict[str, str])


def open_content(queued: Record, cipher: FieldCipher) -> str | None:
    """The number and text of the first try, if there was one."""
    sealed = queued["content_sealed"]
    return cipher.open(sealed, _content_place(queued["id"])) if sealed else None


def fields_place(message_id: UUID) -> str:
    """What the sealed fields of a message are bound to."""
    return place("outgoing", "fields_sealed", message_id)


def _content_place(message_id: UUID) -> str:
    return place("outgoing", "content_sealed", message_id)
