"""More workers join a case: the dispute counts them, and its grade may rise."""

from dataclasses import replace

from services.mediation.domain.dispute import Status
from services.mediation.domain.grade import Circumstances
from services.mediation.domain.handling import with_new_facts
from services.mediation.store.disputes import Deeds, load_dispute_of_case, save_dispute
from shared.contracts.intake import ClaimantsJoined
from shared.contracts.mediation import GradeChanged
from shared.kernel.transaction import Tx


async def add_claimants(event: ClaimantsJoined, tx: Tx) -> None:
    """The dispute of that case, if it has one that is not archived, with the new number of claimants."""
    loaded = await load_dispute_of_case(tx, event.case_id)
    if loaded is None or loaded.dispute.status is Status.ARCHIVED:
        return
    before = loaded.dispute
    grown = with_new_facts(before, loaded.scheme, Circumstances(people=event.claimant_count))
    after = replace(grown, amount_fen=event.amount_fen or before.amount_fen)
    facts = []
    if after.grade != before.grade:
        facts.append(
            GradeChanged(
                dispute_id=after.id,
                case_id=after.case_id,
                from_grade=before.grade.value,
                to_grade=after.grade.value,
                automatic=True,
            )
        )
    everybody = tuple(dict.fromkeys((*loaded.claimant_ids, *event.claimant_ids)))
    changed = replace(loaded, dispute=after, claimant_ids=everybody)
    save_dispute(tx, loaded, changed, Deeds("dispute.claimants", facts))
