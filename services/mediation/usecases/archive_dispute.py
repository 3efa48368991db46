"""The file is complete: the dispute is archived, and its case may be closed."""

from uuid import UUID

from services.mediation.domain.permissions import Deed
from services.mediation.domain.stages import archive
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import DisputeClosed
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["disputes"])


class ArchiveDispute(Request):
    """Nothing but the act."""


@router.post("/disputes/{dispute_id}/archive")
async def post_archive(dispute_id: UUID, body: ArchiveDispute, cmd: Command) -> DisputeChanged:
    """Archive the dispute."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.ARCHIVE, cmd.if_match)
        after = archive(loaded.dispute, loaded.scheme)
        outcome = after.outcome.value if after.outcome else "other"
        fact = DisputeClosed(dispute_id=after.id, case_id=after.case_id, outcome=outcome)
        save_dispute(tx, loaded, after, Deeds("dispute.archive", [fact]))
        return tx.answer(changed(after, loaded.scheme))
