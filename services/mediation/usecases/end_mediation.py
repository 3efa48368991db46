"""A mediation ends without agreement: the code says why, the letter on arbitration is issued with it (rule 32)."""

from uuid import UUID

from pydantic import Field

from services.mediation.domain.outcome import ArbitrationAdvice, Outcome
from services.mediation.domain.permissions import Deed
from services.mediation.domain.stages import end
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.bookings import free_booking
from services.mediation.store.clocks import stop_clocks
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.offers import withdraw_open_offer
from shared.contracts.mediation import MediationFailed, StageAdvanced
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["disputes"])


class EndMediation(Request):
    """The closing code of 在线调解规则 25, and a remark."""

    outcome: Outcome
    reason: str = Field(default="", max_length=500)


@router.post("/disputes/{dispute_id}/end")
async def post_end(dispute_id: UUID, body: EndMediation, cmd: Command) -> DisputeChanged:
    """End the mediation without agreement."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.END, cmd.if_match)
        before = loaded.dispute
        after = end(before, loaded.scheme, body.outcome, ArbitrationAdvice(local_date(tx.now)))
        await withdraw_open_offer(tx, before.id)
        if before.meeting_ahead is not None:
            free_booking(tx, before.meeting_ahead.booking)
        stop_clocks(tx, after)
        about = {"dispute_id": after.id, "case_id": after.case_id}
        facts = [
            MediationFailed(**about, failure=body.outcome.value),
            StageAdvanced(**about, from_stage=before.stage, to_stage=after.stage),
        ]
        save_dispute(tx, loaded, after, Deeds("dispute.end", facts, why=body.reason or None))
        return tx.answer(changed(after, loaded.scheme))
