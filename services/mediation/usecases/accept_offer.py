"""A lawyer accepts a dispute on the phone, having declared that no conflict of interest exists."""

from uuid import UUID

from services.mediation.domain.comparison import refuse_near
from services.mediation.domain.consent import ConflictDeclaration, Relation
from services.mediation.domain.handling import assign_lawyer, with_declaration
from services.mediation.domain.lawyers import accepted
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.comparison import load_comparison
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.offers import load_offer, save_offer
from shared.contracts.mediation import LawyerAssigned
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotFound, Refused

router = CommandRouter(tags=["offers"])


class AcceptOffer(Request):
    """`no_conflict` is the lawyer's own declaration; without it nothing is accepted."""

    no_conflict: bool


class ConflictUndeclared(Refused):
    """The declaration is a condition of taking a case (特邀调解规定 15)."""

    code = "conflict_undeclared"
    zh = "接受前请核对并勾选“没有冲突”；如有或不确定，请谢绝并选择“利益冲突”。"
    en = (
        "Check the parties and declare that there is no conflict; if there is one, decline instead."
    )


@router.post("/offers/{offer_id}/accept")
async def post_accept(offer_id: UUID, body: AcceptOffer, cmd: Command) -> DisputeChanged:
    """Accept an offer in time; the first answer wins."""
    async with cmd.transaction() as tx:
        return tx.answer(await accept_offer(offer_id, body, tx))


async def accept_offer(offer_id: UUID, body: AcceptOffer, tx: Tx) -> DisputeChanged:
    """The lawyer becomes the dispute's lawyer, unless a conflict came to light since they were asked."""
    offer = await load_offer(tx, offer_id)
    if offer.lawyer_id != tx.actor.id:
        raise NotFound("offer", offer_id)
    taken = accepted(offer, tx.now)
    if not body.no_conflict:
        raise ConflictUndeclared
    loaded = await load_dispute(tx, offer.dispute_id, Deed.ANSWER_OFFER)
    declaration = ConflictDeclaration(tx.actor.id, Relation.NONE, local_date(tx.now))
    after = with_declaration(assign_lawyer(loaded.dispute, tx.actor.id), declaration)
    refuse_near(await load_comparison(tx, tx.actor.id, loaded))
    save_offer(tx, taken)
    fact = LawyerAssigned(
        dispute_id=after.id, case_id=after.case_id, lawyer_id=tx.actor.id, offer_id=offer.id
    )
    save_dispute(tx, loaded, after, Deeds("lawyer.accept", [fact]))
    return changed(after, loaded.scheme)
