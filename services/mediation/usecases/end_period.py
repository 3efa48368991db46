"""A period of the mediation is over: the parties are told that arbitration is open to them (rules 16, 18)."""

from services.mediation.domain.dispute import Status
from services.mediation.domain.permissions import Deed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import MediationPeriodOver
from shared.kernel.timers import DueTimer
from shared.kernel.transaction import Tx


async def end_period(timer: DueTimer, tx: Tx) -> None:
    """Tell it once, while the mediation has no outcome yet; the mediation itself may go on."""
    loaded = await load_dispute(tx, timer.owner, Deed.SEE)
    dispute = loaded.dispute
    if dispute.status is Status.ARCHIVED or dispute.outcome is not None:
        return
    fact = MediationPeriodOver(
        dispute_id=dispute.id, case_id=dispute.case_id, deadline=timer.occurrence
    )
    save_dispute(tx, loaded, dispute, Deeds("dispute.period_over", [fact]))
