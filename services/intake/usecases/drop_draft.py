"""An operator throws a draft away, or its call has been registered."""

from uuid import UUID

from services.intake.store.drafts import drop_draft
from shared.kernel.command import Command, CommandRouter, Response

router = CommandRouter(tags=["drafts"])


class Dropped(Response):
    """Nothing to say."""


@router.delete("/drafts/{draft_id}", status_code=204, response_model=None)
async def delete_draft(draft_id: UUID, cmd: Command) -> Dropped:
    """Drop one's own draft; one that is not there is gone already."""
    async with cmd.transaction() as tx:
        drop_draft(tx, draft_id)
        return tx.answer(Dropped())
