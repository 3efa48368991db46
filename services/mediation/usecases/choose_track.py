"""A mediator says on whose initiative the union mediates: the statutory dates are counted anew (domain section 3.3)."""

from datetime import date
from uuid import UUID

from services.mediation.domain.deadlines import Track
from services.mediation.domain.permissions import Deed
from services.mediation.domain.tracks import choose_track, start_of
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.calendar import load_calendar
from services.mediation.store.clocks import set_clocks
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.facts import dates
from shared.contracts.mediation import TrackChosen
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["disputes"])


class ChooseTrack(Request):
    """`started_on`: the day the court's papers were signed for, or both sides agreed to the arbitrators' referral.

    The union's own mediation and that of an enterprise count from the receipt of the application.
    """

    track: Track
    started_on: date | None = None


@router.post("/disputes/{dispute_id}/track")
async def post_track(dispute_id: UUID, body: ChooseTrack, cmd: Command) -> DisputeChanged:
    """Choose the track of a dispute that is not accepted yet."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        before = loaded.dispute
        started = start_of(body.track, before, body.started_on, local_date(tx.now))
        calendar = await load_calendar(tx)
        after = choose_track(before, loaded.scheme, body.track, started, calendar)
        set_clocks(tx, after, before)
        fact = TrackChosen(
            dispute_id=after.id,
            case_id=after.case_id,
            track=after.track.value,
            started_on=started,
            deadlines=dates(after.deadlines),
        )
        save_dispute(tx, loaded, after, Deeds("dispute.track", [fact]))
        return tx.answer(changed(after, loaded.scheme))
