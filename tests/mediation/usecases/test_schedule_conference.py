"""The joint meeting gets a time, a room and people; a clash is refused with the next free slot."""

import asyncio
from datetime import datetime, timedelta

from sqlmodel import select

from services.mediation.domain.conference import Booking
from services.mediation.store.bookings import load_bookings, save_booking
from services.mediation.tables import BookingRow
from shared.contracts.mediation import ConferenceScheduled, DisputeProgressed
from shared.vocabulary.calendar import CHINA
from shared.vocabulary.ids import new_id
from tests.mediation.bench import INVALID, NOT_ALLOWED, WRONG_STAGE, Mediation
from tests.mediation.usecases.meetings import SOON, hold, plan, schedule

WAITS_S = 0.5


async def test_the_meeting_is_booked_and_everybody_told(mediation: Mediation) -> None:
    dispute_id = await mediation.to_meeting()
    await schedule(mediation, dispute_id)
    (row,) = await mediation.rig.rows(select(BookingRow))
    assert (row["room"], row["starts_at"], row["ends_at"]) == (
        "301",
        SOON,
        SOON + timedelta(hours=1),
    )
    (told,) = await mediation.told(ConferenceScheduled)
    people = {mediation.supervisor.id, *(one.id for one in mediation.mediators)}
    assert (told.conference_id, told.starts_at, set(told.attendee_ids)) == (row["id"], SOON, people)
    (*_, progressed) = await mediation.told(DisputeProgressed)
    assert progressed.next_meeting_at == SOON
    assert (await mediation.audited(dispute_id))[-1] == "conference.schedule"


async def test_a_meeting_is_moved_and_its_old_time_is_free_again(mediation: Mediation) -> None:
    dispute_id, other = await mediation.to_meeting(), await mediation.to_meeting()
    await schedule(mediation, dispute_id)
    later = SOON + timedelta(minutes=30)
    await schedule(mediation, dispute_id, starts_at=later.isoformat())
    (row,) = await mediation.rig.rows(select(BookingRow))
    assert row["starts_at"] == later
    await schedule(mediation, other, starts_at=(SOON - timedelta(minutes=30)).isoformat())


async def test_a_clash_names_the_next_free_slot(mediation: Mediation) -> None:
    first, second = await mediation.to_meeting(), await mediation.to_meeting()
    await schedule(mediation, first)
    stranger = str(new_id())
    elsewhere = {"chair_id": stranger, "member_ids": [stranger]}
    for changes, clash in (
        (elsewhere, {"room": True, "members": 0}),
        ({"room": "302"}, {"room": False, "members": 3}),
    ):
        at = f"/disputes/{second}/conference"
        problem = await mediation.refuse(at, plan(mediation, **changes))
        assert (problem["status"], problem["code"]) == (409, "meeting_clash")
        assert problem["details"]["clashes"] == [clash]
        free = datetime.fromisoformat(problem["details"]["next_free"])
        assert free >= SOON + timedelta(hours=1)
        assert free.astimezone(CHINA).hour in {10, 14, 8}
        await mediation.do(at, plan(mediation, starts_at=free.isoformat(), **changes))


async def test_who_books_while_another_books_waits_and_sees_the_clash(
    mediation: Mediation,
) -> None:
    first, second = await mediation.to_meeting(), await mediation.to_meeting()
    rig, by = mediation.rig, mediation.mediator
    room = Booking(new_id(), "301", frozenset(), SOON, SOON + timedelta(hours=1))
    async with rig.context.db.transaction(actor=by) as tx:
        assert await load_bookings(tx, tx.now) == []
        asked = asyncio.ensure_future(
            rig.post(f"/disputes/{second}/conference", plan(mediation), actor=by)
        )
        done, _ = await asyncio.wait([asked], timeout=WAITS_S)
        assert not done
        save_booking(tx, first, room)
    answer = await asked
    assert (answer.status_code, answer.json()["code"]) == (409, "meeting_clash")


async def test_a_meeting_with_minutes_is_not_planned_anew(mediation: Mediation) -> None:
    dispute_id = await mediation.to_meeting()
    await schedule(mediation, dispute_id)
    await hold(mediation, dispute_id)
    held = (mediation.mediator, plan(mediation), (409, "meeting_minuted"))
    await mediation.refuses(f"/disputes/{dispute_id}/conference", {"held": held})


async def test_what_is_not_scheduled(mediation: Mediation) -> None:
    early, dispute_id = await mediation.to_assessment_1(), await mediation.to_meeting()
    by = mediation.mediator
    await mediation.refuses(
        f"/disputes/{early}/conference", {"too early": (by, plan(mediation), WRONG_STAGE)}
    )
    await mediation.refuses(
        f"/disputes/{dispute_id}/conference",
        {
            "no zone": (by, plan(mediation, starts_at="2026-12-01T09:00:00"), INVALID),
            "14 minutes": (by, plan(mediation, minutes=14), INVALID),
            "no room": (by, plan(mediation, room=" "), INVALID),
            "no agenda": (by, plan(mediation, agenda=[]), INVALID),
            "nobody": (by, plan(mediation, member_ids=[]), INVALID),
            "dispatcher": (mediation.dispatcher, plan(mediation), NOT_ALLOWED),
        },
    )
