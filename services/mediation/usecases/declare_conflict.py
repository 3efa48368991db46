"""A mediator declares how near they stand to the parties; everybody declares for themselves."""

from uuid import UUID

from services.mediation.domain.consent import ConflictDeclaration, Relation
from services.mediation.domain.handling import with_declaration
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["disputes"])


class DeclareConflict(Request):
    """`none` frees the mediator to serve; any other relation needs both sides' consent (rule 23)."""

    relation: Relation


@router.post("/disputes/{dispute_id}/declarations")
async def post_declaration(dispute_id: UUID, body: DeclareConflict, cmd: Command) -> DisputeChanged:
    """Declare one's own relation to the parties."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        declaration = ConflictDeclaration(tx.actor.id, body.relation, local_date(tx.now))
        after = with_declaration(loaded.dispute, declaration)
        save_dispute(tx, loaded, after, Deeds("dispute.declare"))
        return tx.answer(changed(after, loaded.scheme))
