"""A mediator decides whether the matter is a labour dispute, and what makes it a hard one."""

from dataclasses import replace
from uuid import UUID

from services.mediation.domain.dispute import refuse_ended
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["disputes"])


class RecordScope(Request):
    """`in_scope` by 调解仲裁法 2; the other two ask for a second mediator (rule 25)."""

    in_scope: bool
    complex_case: bool = False
    party_asked_two: bool = False


@router.post("/disputes/{dispute_id}/scope")
async def post_scope(dispute_id: UUID, body: RecordScope, cmd: Command) -> DisputeChanged:
    """Record the check of scope."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        refuse_ended(loaded.dispute)
        after = replace(
            loaded.dispute,
            in_scope=body.in_scope,
            complex_case=body.complex_case,
            party_asked_two=body.party_asked_two,
        )
        save_dispute(tx, loaded, after, Deeds("dispute.scope"))
        return tx.answer(changed(after, loaded.scheme))
