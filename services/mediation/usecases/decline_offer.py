"""A lawyer declines a dispute, for one of five reasons; the next one is asked at once."""

from uuid import UUID

from pydantic import Field

from services.mediation.domain.lawyers import DeclineReason, declined
from services.mediation.domain.permissions import Deed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.offers import add_next_offer, load_offer, save_offer
from services.mediation.store.roster import save_tie
from shared.contracts.mediation import LawyerDeclined
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotFound

router = CommandRouter(tags=["offers"])
NOTE_CHARACTERS_MAX = 200


class DeclineOffer(Request):
    """`other` needs a note."""

    reason: DeclineReason
    note: str = Field(default="", max_length=NOTE_CHARACTERS_MAX)


class Declined(Response):
    """The offer is closed; nothing is left for the lawyer to do."""

    offer_id: UUID


@router.post("/offers/{offer_id}/decline")
async def post_decline(offer_id: UUID, body: DeclineOffer, cmd: Command) -> Declined:
    """Decline an open offer."""
    async with cmd.transaction() as tx:
        return tx.answer(await decline_offer(offer_id, body, tx))


async def decline_offer(offer_id: UUID, body: DeclineOffer, tx: Tx) -> Declined:
    """The dispute goes to the next lawyer, or to the coordinator when nobody is left."""
    offer = await load_offer(tx, offer_id)
    if offer.lawyer_id != tx.actor.id:
        raise NotFound("offer", offer_id)
    closed = declined(offer, body.reason, body.note)
    loaded = await load_dispute(tx, offer.dispute_id, Deed.ANSWER_OFFER)
    dispute = loaded.dispute
    save_offer(tx, closed)
    if body.reason is DeclineReason.CONFLICT and dispute.employer_id is not None:
        save_tie(tx, tx.actor.id, dispute.employer_id)
    await tx.flush()
    fact = LawyerDeclined(
        dispute_id=dispute.id,
        case_id=dispute.case_id,
        offer_id=offer.id,
        lawyer_id=offer.lawyer_id,
        reason=body.reason.value,
    )
    following = await add_next_offer(tx, dispute, but_not=offer.lawyer_id)
    deeds = Deeds("lawyer.decline", [fact, *following], why=body.note or None)
    save_dispute(tx, loaded, dispute, deeds)
    return Declined(offer_id=offer.id)
