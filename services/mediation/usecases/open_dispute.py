"""A case that is a labour dispute reaches mediation: it is taken up, dated, graded, and offered to a lawyer."""

from services.mediation.domain.deadlines import Track
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.dispute import open_dispute as opened
from services.mediation.domain.grade import Circumstances, Grade
from services.mediation.store.calendar import load_calendar
from services.mediation.store.clocks import set_clocks
from services.mediation.store.disputes import Loaded, add_dispute
from services.mediation.store.offers import add_next_offer
from services.mediation.store.schemes import load_newest_scheme
from shared.contracts.intake import CaseRegistered
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import derived_id

DISPUTE = "dispute"


async def open_dispute(event: CaseRegistered, tx: Tx) -> None:
    """One dispute for one case, as a group dispute when ten or more claim; other tracks are none of ours."""
    if event.track != DISPUTE:
        return
    scheme = load_newest_scheme(tx.settings.default_scheme)
    begun = Dispute(
        id=derived_id(event.case_id, DISPUTE),
        case_id=event.case_id,
        org=event.org,
        employer_id=event.employer_id,
        track=Track.ORGANISATION,
        claimant_count=event.claimant_count,
        amount_fen=event.amount_fen or 0,
        received_on=local_date(event.received_at),
        scheme_id=scheme.id,
        scheme_version=scheme.version,
        stage=scheme.first.id,
        grade=Grade.G0,
    )
    what = Circumstances(people=event.claimant_count, violence=event.danger)
    dispute = opened(begun, scheme, what, await load_calendar(tx))
    loaded = Loaded(dispute, scheme, event.region, event.claimant_ids, tx.now)
    add_dispute(tx, loaded, await add_next_offer(tx, dispute))
    set_clocks(tx, dispute)
