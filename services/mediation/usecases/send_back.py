"""A supervisor sends a dispute back to the stage before, or stops and resumes it, each with a reason."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.mediation.domain.permissions import Deed
from services.mediation.domain.stages import resume, send_back, suspend
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.offers import add_next_offer, has_open_offer
from shared.contracts.mediation import StageAdvanced
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["disputes"])


class Reason(Request):
    """Why."""

    reason: str = Field(min_length=2, max_length=500)


class Standstill(Reason):
    """`suspend` on suspicion of a sham (特邀调解规定 18), `resume` when it is cleared."""

    act: Literal["suspend", "resume"]


@router.post("/disputes/{dispute_id}/send-back")
async def post_send_back(dispute_id: UUID, body: Reason, cmd: Command) -> DisputeChanged:
    """Back to the stage before."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.SEND_BACK, cmd.if_match)
        after = send_back(loaded.dispute, loaded.scheme, body.reason)
        fact = StageAdvanced(
            dispute_id=after.id,
            case_id=after.case_id,
            from_stage=loaded.dispute.stage,
            to_stage=after.stage,
        )
        save_dispute(tx, loaded, after, Deeds("dispute.send_back", [fact], why=body.reason))
        return tx.answer(changed(after, loaded.scheme))


@router.post("/disputes/{dispute_id}/standstill")
async def post_standstill(dispute_id: UUID, body: Standstill, cmd: Command) -> DisputeChanged:
    """Stop the work, not the clocks; or go on: then the next lawyer is asked if nobody is."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.SUSPEND, cmd.if_match)
        act = suspend if body.act == "suspend" else resume
        after = act(loaded.dispute, body.reason)
        facts = [] if await has_open_offer(tx, after.id) else await add_next_offer(tx, after)
        save_dispute(tx, loaded, after, Deeds(f"dispute.{body.act}", facts, why=body.reason))
        return tx.answer(changed(after, loaded.scheme))
