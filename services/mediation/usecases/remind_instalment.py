"""The morning after an instalment was due: if it did not arrive, everybody concerned is told (rule 30)."""

from services.mediation.domain.agreement import InstalmentState
from services.mediation.domain.permissions import Deed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import InstalmentOverdue
from shared.kernel.timers import DueTimer
from shared.kernel.transaction import Tx
from shared.vocabulary.ids import derived_id


async def remind_instalment(timer: DueTimer, tx: Tx) -> None:
    """Tell that the instalment is overdue; a settled one is left alone."""
    loaded = await load_dispute(tx, timer.owner, Deed.SEE)
    dispute = loaded.dispute
    plan = dispute.agreement.instalments if dispute.agreement else ()
    due = [one for one in plan if str(one.no) == timer.occurrence]
    if not due or due[0].state is not InstalmentState.DUE:
        return
    fact = InstalmentOverdue(
        dispute_id=dispute.id,
        case_id=dispute.case_id,
        agreement_id=derived_id(dispute.id, "agreement"),
        no=due[0].no,
    )
    save_dispute(tx, loaded, dispute, Deeds("instalment.overdue", [fact]))
