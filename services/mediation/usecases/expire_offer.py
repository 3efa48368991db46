"""A lawyer did not answer in time: nothing is held against them, the next one is asked."""

from services.mediation.domain.lawyers import OfferState, expired
from services.mediation.domain.permissions import Deed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.offers import add_next_offer, load_offer, save_offer
from shared.contracts.mediation import LawyerOfferExpired
from shared.kernel.timers import DueTimer
from shared.kernel.transaction import Tx


async def expire_offer(timer: DueTimer, tx: Tx) -> None:
    """Close the offer that is still open and ask the next lawyer; an answered one is left alone."""
    offer = await load_offer(tx, timer.owner)
    if offer.state is not OfferState.OPEN:
        return
    loaded = await load_dispute(tx, offer.dispute_id, Deed.OFFER_TO_LAWYER)
    dispute = loaded.dispute
    save_offer(tx, expired(offer, max(tx.now, timer.due_at, offer.expires_at)))
    await tx.flush()
    fact = LawyerOfferExpired(
        dispute_id=dispute.id,
        case_id=dispute.case_id,
        offer_id=offer.id,
        lawyer_id=offer.lawyer_id,
    )
    following = await add_next_offer(tx, dispute, but_not=offer.lawyer_id)
    save_dispute(tx, loaded, dispute, Deeds("lawyer.expire", [fact, *following]))
