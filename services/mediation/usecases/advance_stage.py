"""A mediator moves a dispute to its next stage; the guards list what is still missing."""

from uuid import UUID

from services.mediation.domain.permissions import Deed
from services.mediation.domain.stages import advance
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.calendar import load_calendar
from services.mediation.store.clocks import set_clocks, set_instalment_clocks
from services.mediation.store.disputes import Deeds, Loaded, load_dispute, save_dispute
from services.mediation.store.facts import dates
from services.mediation.store.offers import withdraw_open_offer
from shared.contracts.base import Event
from shared.contracts.mediation import DisputeAccepted, StageAdvanced
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import Conflict

router = CommandRouter(tags=["disputes"])


class AdvanceStage(Request):
    """The stage the mediator sees; nothing else is decided by the client."""

    from_stage: str


@router.post("/disputes/{dispute_id}/advance")
async def post_advance(dispute_id: UUID, body: AdvanceStage, cmd: Command) -> DisputeChanged:
    """On to the next stage."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.ADVANCE, cmd.if_match)
        if body.from_stage != loaded.dispute.stage:
            raise Conflict(current={"stage": loaded.dispute.stage})
        return tx.answer(await advance_stage(loaded, tx))


async def advance_stage(loaded: Loaded, tx: Tx) -> DisputeChanged:
    """Leaving acceptance and mediation starts further clocks."""
    before = loaded.dispute
    after = advance(before, loaded.scheme, local_date(tx.now), await load_calendar(tx))
    facts: list[Event] = [
        StageAdvanced(
            dispute_id=after.id,
            case_id=after.case_id,
            from_stage=before.stage,
            to_stage=after.stage,
        )
    ]
    if after.accepted_on is not None and before.accepted_on is None:
        facts.append(
            DisputeAccepted(
                dispute_id=after.id,
                case_id=after.case_id,
                accepted_on=after.accepted_on,
                deadlines=dates(after.deadlines),
            )
        )
    if after.outcome is None:
        set_clocks(tx, after, before)
    elif before.outcome is None:
        set_instalment_clocks(tx, after)
        await withdraw_open_offer(tx, after.id)
    save_dispute(tx, loaded, after, Deeds("dispute.advance", facts))
    return changed(after, loaded.scheme)
