"""The parties choose what to make of their agreement: arbitration review, judicial confirmation, or neither."""

from uuid import UUID

from services.mediation.domain.agreement import ReviewChoice
from services.mediation.domain.permissions import Deed
from services.mediation.domain.settling import choose_review as chosen
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.calendar import load_calendar
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["agreements"])


class ChooseReview(Request):
    """One route, not both."""

    choice: ReviewChoice


@router.post("/disputes/{dispute_id}/agreement/review")
async def post_review(dispute_id: UUID, body: ChooseReview, cmd: Command) -> DisputeChanged:
    """Record the choice."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        calendar = await load_calendar(tx)
        after = chosen(loaded.dispute, body.choice, local_date(tx.now), calendar)
        save_dispute(tx, loaded, after, Deeds("agreement.review"))
        return tx.answer(changed(after, loaded.scheme))
