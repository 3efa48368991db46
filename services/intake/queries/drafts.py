"""One's own unfinished call forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import col, select

from services.intake.store.drafts import DRAFTS_PER_PERSON_MAX, open_draft
from services.intake.tables import DraftRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.errors import NotFound

router = APIRouter(tags=["drafts"])


class Draft(Response):
    """A form as it was left."""

    draft_id: UUID
    state: str
    saved_at: datetime
    call: dict[str, Any]


class Drafts(Response):
    """All of one's drafts, the latest first."""

    items: list[Draft]
    next_cursor: str | None = None


@router.get("/drafts")
async def get_drafts(reader: Reader) -> Drafts:
    """One's own drafts."""
    rows = await reader.all(
        select(DraftRow)
        .where(col(DraftRow.owner_id) == reader.actor.id)
        .order_by(col(DraftRow.saved_at).desc())
        .limit(DRAFTS_PER_PERSON_MAX)
    )
    return Drafts(items=[_draft(reader, row) for row in rows])


@router.get("/drafts/{draft_id}")
async def get_draft(draft_id: UUID, reader: Reader) -> Draft:
    """One draft of one's own."""
    row = await reader.one(
        select(DraftRow).where(
            col(DraftRow.owner_id) == reader.actor.id, col(DraftRow.id) == draft_id
        )
    )
    if row is None:
        raise NotFound("draft", draft_id)
    return _draft(reader, row)


def _draft(reader: ReadDoor, row: Mapping[str, Any]) -> Draft:
    return Draft(
        draft_id=row["id"],
        state=row["state"],
        saved_at=row["saved_at"],
        call=open_draft(reader.context.cipher, row["id"], row["content_sealed"]),
    )
