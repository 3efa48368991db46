"""The joint meeting took place: who came, the minutes, decisions with an owner and a due date."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import Field

from services.mediation.domain.conference import DECISIONS_MAX, Attendance, Decision
from services.mediation.domain.dispute import NotInThisStage
from services.mediation.domain.handling import record_meeting
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import ConferenceHeld
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["conferences"])
MINUTES_CHARACTERS_MAX = 10_000


class Came(Request):
    """Whether an invited person came; an absence has a reason or a substitute."""

    person_id: UUID
    present: bool
    absence_reason: str = Field(default="", max_length=200)
    substitute_id: UUID | None = None


class Decided(Request):
    """One decision: what, who sees to it, by when."""

    text: str = Field(min_length=1, max_length=500)
    owner_id: UUID
    due: date


class HoldConference(Request):
    """The record of the meeting."""

    attendance: list[Came] = Field(min_length=1, max_length=40)
    minutes: str = Field(min_length=1, max_length=MINUTES_CHARACTERS_MAX)
    decisions: list[Decided] = Field(min_length=1, max_length=DECISIONS_MAX)


@router.post("/disputes/{dispute_id}/conference/minutes")
async def post_minutes(dispute_id: UUID, body: HoldConference, cmd: Command) -> DisputeChanged:
    """Record the meeting."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        scheduled = loaded.dispute.conference
        if scheduled is None:
            raise NotInThisStage(stage=loaded.dispute.stage)
        held = replace(
            scheduled,
            attendance=tuple(
                Attendance(one.person_id, one.present, one.absence_reason, one.substitute_id)
                for one in body.attendance
            ),
            minutes=body.minutes,
            decisions=tuple(
                Decision(new_id(), one.text, one.owner_id, one.due) for one in body.decisions
            ),
        )
        after = record_meeting(loaded.dispute, loaded.scheme, held)
        fact = ConferenceHeld(
            dispute_id=after.id,
            case_id=after.case_id,
            conference_id=held.booking.id,
            attended=sum(one.present for one in held.attendance),
            decisions=len(held.decisions),
        )
        save_dispute(tx, loaded, after, Deeds("conference.hold", [fact]))
        return tx.answer(changed(after, loaded.scheme))
