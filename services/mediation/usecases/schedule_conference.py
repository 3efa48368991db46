"""The joint meeting (一会) is scheduled: a room, people, an agenda; a clash is refused with the next free slot."""

from datetime import timedelta
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.mediation.domain.conference import (
    AGENDA_ITEMS_MAX,
    AgendaItem,
    Booking,
    Conference,
    MeetingClash,
    clashes,
    next_free,
)
from services.mediation.domain.handling import schedule_meeting
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.bookings import load_bookings, save_booking
from services.mediation.store.calendar import load_calendar
from services.mediation.store.disputes import Deeds, Loaded, load_dispute, save_dispute
from shared.contracts.mediation import ConferenceScheduled
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["conferences"])
MEMBERS_MAX = 30


class ScheduleConference(Request):
    """When, where, for how long, who, about what; the chair is one of the members."""

    starts_at: AwareDatetime
    minutes: int = Field(ge=15, le=480)
    room: str = Field(min_length=1, max_length=40)
    chair_id: UUID
    member_ids: list[UUID] = Field(min_length=1, max_length=MEMBERS_MAX)
    agenda: list[str] = Field(min_length=1, max_length=AGENDA_ITEMS_MAX)


@router.post("/disputes/{dispute_id}/conference")
async def post_conference(
    dispute_id: UUID, body: ScheduleConference, cmd: Command
) -> DisputeChanged:
    """Schedule the meeting, or move it."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        return tx.answer(await schedule_conference(loaded, body, tx))


async def schedule_conference(loaded: Loaded, body: ScheduleConference, tx: Tx) -> DisputeChanged:
    """The room and every member must be free."""
    known = loaded.dispute.conference
    booking = Booking(
        known.booking.id if known else new_id(),
        body.room,
        frozenset({*body.member_ids, body.chair_id}),
        body.starts_at,
        body.starts_at + timedelta(minutes=body.minutes),
    )
    taken = await load_bookings(tx, tx.now)
    if found := clashes(booking, taken):
        free = next_free(booking, taken, await load_calendar(tx))
        raise MeetingClash(
            clashes=[{"room": one.room, "members": len(one.members)} for one in found],
            next_free=free.starts_at.isoformat() if free else None,
        )
    agenda = tuple(
        AgendaItem(no, topic, loaded.dispute.id) for no, topic in enumerate(body.agenda, 1)
    )
    meeting = Conference(booking=booking, chair=body.chair_id, agenda=agenda)
    after = schedule_meeting(loaded.dispute, loaded.scheme, meeting)
    save_booking(tx, after.id, booking)
    fact = ConferenceScheduled(
        dispute_id=after.id,
        case_id=after.case_id,
        conference_id=booking.id,
        starts_at=booking.starts_at,
        room=booking.room,
        attendee_ids=tuple(sorted(booking.members)),
    )
    save_dispute(tx, loaded, after, Deeds("conference.schedule", [fact]))
    return changed(after, loaded.scheme)
