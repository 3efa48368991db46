"""An operator's form is kept while it is being typed, and put aside while something else is more urgent."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from services.intake.domain.permissions import may_register
from services.intake.store.drafts import has_room
from services.intake.store.drafts import save_draft as store_draft
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed, Refused

router = CommandRouter(tags=["drafts"])
FIELDS_MAX = 60
"""The form has about thirty; more is no call form."""


class TooManyDrafts(Refused):
    """Somebody who keeps fifty calls waiting should finish some."""

    code = "too_many_drafts"
    zh = "未完成的草稿已达 50 份，请先登记或删除一部分。"
    en = "There are 50 unfinished drafts. Register or delete some first."


class NotADraft(Refused):
    """The content is larger than any call form."""

    status = 422
    code = "draft_malformed"
    zh = "草稿内容超出登记表的栏目，请刷新页面后重填。"
    en = "The draft holds more than the form has. Reload the page and type it again."


class SaveDraft(Request):
    """The form as it stands; nothing in it is checked yet."""

    state: Literal["draft", "held"]
    call: dict[str, Any]


class DraftSaved(Response):
    """When it was kept."""

    saved_at: datetime


@router.put("/drafts/{draft_id}")
async def put_draft(draft_id: UUID, draft: SaveDraft, cmd: Command) -> DraftSaved:
    """Keep one's own draft."""
    async with cmd.transaction() as tx:
        return tx.answer(await save_draft(draft_id, draft, tx))


async def save_draft(draft_id: UUID, draft: SaveDraft, tx: Tx) -> DraftSaved:
    """The browser makes the id, so that a draft typed offline keeps it."""
    if not may_register(tx.actor):
        raise NotAllowed
    if len(draft.call) > FIELDS_MAX:
        raise NotADraft
    if not await has_room(tx, draft_id):
        raise TooManyDrafts
    store_draft(tx, draft_id, draft.state, draft.call)
    return DraftSaved(saved_at=tx.now)
