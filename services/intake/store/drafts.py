"""Call forms somebody has not finished: sealed, their owner's alone, and gone after a while."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete
from sqlmodel import col, func, select

from services.intake.tables import DraftRow
from shared.kernel.context import Context
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.transaction import Tx
from shared.vocabulary.people import SYSTEM

DRAFTS_PER_PERSON_MAX = 50
KEPT = timedelta(days=30)


async def has_room(tx: Tx, draft_id: UUID) -> bool:
    """Whether the person may keep this draft beside the others."""
    others = select(func.count()).where(
        col(DraftRow.owner_id) == tx.actor.id, col(DraftRow.id) != draft_id
    )
    return int(await tx.scalar(others)) < DRAFTS_PER_PERSON_MAX


def save_draft(tx: Tx, draft_id: UUID, state: str, call: dict[str, Any]) -> None:
    """The draft as it is now."""
    where = place("draft", "content", draft_id)
    sealed = tx.cipher.seal(msgspec.json.encode(call).decode(), where)
    values = {"owner_id": tx.actor.id, "id": draft_id, "state": state, "content_sealed": sealed}
    tx.upsert(DraftRow, {**values, "saved_at": tx.now}, ("owner_id", "id"))


def open_draft(cipher: FieldCipher, draft_id: UUID, sealed: str) -> dict[str, Any]:
    """What was typed."""
    call: dict[str, Any] = msgspec.json.decode(
        cipher.open(sealed, place("draft", "content", draft_id))
    )
    return call


def drop_draft(tx: Tx, draft_id: UUID) -> None:
    """The person's draft is gone; another one's is not touched."""
    tx.delete(DraftRow, {"owner_id": tx.actor.id, "id": draft_id})


async def drop_old_drafts(context: Context) -> None:
    """Nobody comes back to a draft after a month, and it holds what people said."""
    async with context.db.transaction(actor=SYSTEM) as tx:
        await tx.all(delete(DraftRow).where(col(DraftRow.saved_at) < tx.now - KEPT))
