"""Mediators are assigned, the one who presides first; a mediator may take an unassigned dispute."""

from uuid import UUID

from pydantic import Field

from services.mediation.domain.handling import assign_mediators as with_mediators
from services.mediation.domain.mediators import (
    MEDIATORS_PER_DISPUTE_MAX,
    MediatorUnfit,
    Unfit,
    unfit,
)
from services.mediation.domain.permissions import Deed, require_own_part
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, Loaded, load_dispute, save_dispute
from services.mediation.store.roster import load_mediator
from shared.contracts.mediation import MediatorAssigned
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["disputes"])


class AssignMediators(Request):
    """Ids of mediators of the roster; the first presides."""

    mediator_ids: list[UUID] = Field(min_length=1, max_length=MEDIATORS_PER_DISPUTE_MAX)


@router.post("/disputes/{dispute_id}/mediators")
async def post_mediators(dispute_id: UUID, body: AssignMediators, cmd: Command) -> DisputeChanged:
    """Assign mediators, replacing those before."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.ASSIGN_MEDIATORS, cmd.if_match)
        return tx.answer(await assign_mediators(loaded, tuple(body.mediator_ids), tx))


async def assign_mediators(loaded: Loaded, wanted: tuple[UUID, ...], tx: Tx) -> DisputeChanged:
    """Each of them must be fit for this dispute today."""
    dispute = loaded.dispute
    require_own_part(tx.actor, dispute, wanted)
    for mediator_id in wanted:
        mediator = await load_mediator(tx, mediator_id)
        if mediator is None:
            raise MediatorUnfit(why=Unfit.UNAVAILABLE.value)
        reason = unfit(mediator, dispute.org, (), local_date(tx.now))
        if reason is not None and mediator_id not in dispute.mediators:
            raise MediatorUnfit(why=reason.value)
    after = with_mediators(dispute, wanted)
    facts = [
        MediatorAssigned(
            dispute_id=after.id,
            case_id=after.case_id,
            mediator_id=mediator_id,
            presides=mediator_id == wanted[0],
        )
        for mediator_id in wanted
        if mediator_id not in dispute.mediators
    ]
    save_dispute(tx, loaded, after, Deeds("mediators.assign", facts))
    return changed(after, loaded.scheme)
