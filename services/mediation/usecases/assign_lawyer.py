"""The coordinator assigns a lawyer who agreed by telephone, or has the next one asked."""

from uuid import UUID

from services.mediation.domain.comparison import Comparison, Nearness
from services.mediation.domain.dispute import refuse_ended
from services.mediation.domain.handling import assign_lawyer as with_lawyer
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.comparison import load_comparison
from services.mediation.store.disputes import Deeds, Loaded, load_dispute, save_dispute
from services.mediation.store.offers import add_next_offer, withdraw_open_offer
from services.mediation.store.roster import load_candidates
from shared.contracts.mediation import LawyerAssigned
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotFound, Refused

router = CommandRouter(tags=["disputes"])


class AssignLawyer(Request):
    """A lawyer of the roster, who replaces a present one; none: the next one who can be asked is asked."""

    lawyer_id: UUID | None = None


class LawyerIsTied(Refused):
    """The lawyer acts for, or is near to, the employer."""

    code = "lawyer_tied_to_employer"
    zh = "该律师与用人单位有利害关系，不能指派，请改选其他律师。"
    en = "The lawyer is tied to the employer and cannot be assigned. Choose another one."


class LawyerDeclaredNear(Refused):
    """The lawyer disclosed a relation to a party of this dispute, as its mediator once."""

    code = "lawyer_declared_near"
    zh = "该律师已申报与本案当事人有利害关系，不能指派，请改选其他律师。"
    en = "The lawyer disclosed a relation to a party of this dispute. Choose another one."


class LawyerAssignedAlready(Refused):
    """Another lawyer is named, not asked for, once there is one."""

    code = "lawyer_assigned_already"
    zh = "本案已有承办律师；需要更换的，请选定新的律师后指派。"
    en = "The dispute has a lawyer. To replace them, choose the new one by name."


@router.post("/disputes/{dispute_id}/lawyer")
async def post_lawyer(dispute_id: UUID, body: AssignLawyer, cmd: Command) -> DisputeChanged:
    """Assign a lawyer, or ask the next one."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.OFFER_TO_LAWYER, cmd.if_match)
        return tx.answer(await assign_lawyer(loaded, body.lawyer_id, tx))


async def assign_lawyer(loaded: Loaded, lawyer_id: UUID | None, tx: Tx) -> DisputeChanged:
    """An open offer to somebody else is withdrawn first."""
    dispute = loaded.dispute
    refuse_ended(dispute)
    if lawyer_id is None and dispute.lawyer is not None:
        raise LawyerAssignedAlready
    if await withdraw_open_offer(tx, dispute.id):
        await tx.flush()
    if lawyer_id is None:
        facts = await add_next_offer(tx, dispute)
        save_dispute(tx, loaded, dispute, Deeds("lawyer.offer", facts))
        return changed(dispute, loaded.scheme)
    lawyers, _, _ = await load_candidates(tx, dispute.id, dispute.employer_id)
    if all(one.id != lawyer_id for one in lawyers):
        raise NotFound("lawyer", lawyer_id)
    _refuse_near(await load_comparison(tx, lawyer_id, loaded))
    after = with_lawyer(dispute, lawyer_id)
    fact = LawyerAssigned(
        dispute_id=after.id, case_id=after.case_id, lawyer_id=lawyer_id, offer_id=None
    )
    save_dispute(tx, loaded, after, Deeds("lawyer.assign", [fact]))
    return changed(after, loaded.scheme)


def _refuse_near(compared: Comparison) -> None:
    if Nearness.TIED in compared.found:
        raise LawyerIsTied
    if Nearness.DECLARED in compared.found:
        raise LawyerDeclaredNear
