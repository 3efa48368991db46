"""An instalment of the agreement arrived, or was handed over for enforcement after default."""

from datetime import date
from typing import Literal
from uuid import UUID

from services.mediation.domain.agreement import InstalmentState
from services.mediation.domain.days import past_day
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.permissions import Deed
from services.mediation.domain.settling import settle_instalment as settled
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.clocks import INSTALMENT_DUE
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import InstalmentPaid
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import derived_id

router = CommandRouter(tags=["agreements"])


class SettleInstalment(Request):
    """`paid` when the worker confirmed it, `enforced` when a court or arbitration has it now."""

    state: Literal["paid", "enforced"]
    on: date | None = None


@router.post("/disputes/{dispute_id}/instalments/{no}")
async def post_instalment(
    dispute_id: UUID, no: int, body: SettleInstalment, cmd: Command
) -> DisputeChanged:
    """Record what became of an instalment."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        today = local_date(tx.now)
        state = InstalmentState(body.state)
        after = settled(loaded.dispute, no, state, past_day("on", body.on, today))
        tx.cancel_timer(INSTALMENT_DUE, after.id, str(no))
        facts = [_paid(after, no)] if state is InstalmentState.PAID else []
        save_dispute(tx, loaded, after, Deeds(f"instalment.{state.value}", facts))
        return tx.answer(changed(after, loaded.scheme))


def _paid(dispute: Dispute, no: int) -> InstalmentPaid:
    plan = dispute.agreement
    return InstalmentPaid(
        dispute_id=dispute.id,
        case_id=dispute.case_id,
        agreement_id=derived_id(dispute.id, "agreement"),
        no=no,
        amount_fen=sum(one.amount_fen for one in plan.instalments if one.no == no) if plan else 0,
        paid_fen=plan.paid_fen if plan else 0,
        total_fen=plan.amount_fen if plan else 0,
    )
