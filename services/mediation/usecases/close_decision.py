"""A decision of the joint meeting was carried out."""

from uuid import UUID

from services.mediation.domain.handling import close_decision as closed
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["conferences"])


class CloseDecision(Request):
    """Nothing but the act."""


@router.post("/disputes/{dispute_id}/decisions/{decision_id}/done")
async def post_done(
    dispute_id: UUID, decision_id: UUID, body: CloseDecision, cmd: Command
) -> DisputeChanged:
    """Mark a decision as carried out today."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        after = closed(loaded.dispute, decision_id, local_date(tx.now))
        save_dispute(tx, loaded, after, Deeds("decision.done"))
        return tx.answer(changed(after, loaded.scheme))
