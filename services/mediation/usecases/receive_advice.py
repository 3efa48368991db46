"""How the letter on the right to arbitration reached the workers: signed for, refused, or served (rule 32)."""

from datetime import date
from uuid import UUID

from services.mediation.domain.days import past_day
from services.mediation.domain.outcome import Receipt
from services.mediation.domain.permissions import Deed
from services.mediation.domain.settling import receive_advice as received
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import ArbitrationAdvised
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["disputes"])


class ReceiveAdvice(Request):
    """`refused` is recorded like a signature."""

    receipt: Receipt
    on: date | None = None


@router.post("/disputes/{dispute_id}/advice")
async def post_advice(dispute_id: UUID, body: ReceiveAdvice, cmd: Command) -> DisputeChanged:
    """Record the receipt."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        today = local_date(tx.now)
        after = received(loaded.dispute, body.receipt, past_day("on", body.on, today))
        fact = ArbitrationAdvised(
            dispute_id=after.id, case_id=after.case_id, delivered=body.receipt.value
        )
        save_dispute(tx, loaded, after, Deeds("advice.receive", [fact]))
        return tx.answer(changed(after, loaded.scheme))
