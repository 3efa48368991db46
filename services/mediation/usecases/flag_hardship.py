"""A mediator sees that a claimant is in hardship: welfare opens an application for aid."""

from uuid import UUID

from pydantic import Field

from services.mediation.domain.dispute import refuse_not_running
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.hardships import add_hardship
from shared.contracts.mediation import HardshipFlagged
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.errors import NotFound

router = CommandRouter(tags=["disputes"])


class FlagHardship(Request):
    """Which claimant, for which programme."""

    party_id: UUID
    programme: str = Field(default="accident", pattern=r"^[a-z_]{2,40}$")


@router.post("/disputes/{dispute_id}/hardship", status_code=201)
async def post_hardship(dispute_id: UUID, body: FlagHardship, cmd: Command) -> DisputeChanged:
    """Flag hardship of one claimant, once."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        refuse_not_running(loaded.dispute)
        if body.party_id not in loaded.claimant_ids:
            raise NotFound("claimant", body.party_id)
        add_hardship(tx, dispute_id, body.party_id, body.programme)
        fact = HardshipFlagged(
            dispute_id=dispute_id,
            case_id=loaded.dispute.case_id,
            party_id=body.party_id,
            programme=body.programme,
            org=loaded.dispute.org,
            region=loaded.region,
        )
        save_dispute(tx, loaded, loaded.dispute, Deeds("hardship.flag", [fact]))
        return tx.answer(changed(loaded.dispute, loaded.scheme))
