"""Below G2 the joint meeting may be left out, with a recorded reason; the dispute moves on."""

from uuid import UUID

from pydantic import Field

from services.mediation.domain.conference import MeetingWaiver
from services.mediation.domain.permissions import Deed
from services.mediation.domain.stages import waive_meeting
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.bookings import free_booking
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import ConferenceWaived, StageAdvanced
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["conferences"])


class WaiveConference(Request):
    """Why no meeting is needed."""

    reason: str = Field(min_length=2, max_length=500)


@router.post("/disputes/{dispute_id}/conference/waive")
async def post_waive(dispute_id: UUID, body: WaiveConference, cmd: Command) -> DisputeChanged:
    """Waive the meeting."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.WAIVE_MEETING, cmd.if_match)
        before = loaded.dispute
        waiver = MeetingWaiver(body.reason, tx.actor.id, local_date(tx.now))
        after = waive_meeting(before, loaded.scheme, waiver)
        if before.meeting_ahead is not None:
            free_booking(tx, before.meeting_ahead.booking)
        about = {"dispute_id": after.id, "case_id": after.case_id}
        facts = [
            ConferenceWaived(**about, waived_by=tx.actor.id),
            StageAdvanced(**about, from_stage=before.stage, to_stage=after.stage),
        ]
        save_dispute(tx, loaded, after, Deeds("conference.waive", facts, why=body.reason))
        return tx.answer(changed(after, loaded.scheme))
