"""A lawyer did not answer in time: the next one is asked; an answered offer is left alone."""

from datetime import timedelta

import pytest
from sqlmodel import select

from services.mediation.tables import OfferRow
from shared.contracts.mediation import LawyerOfferExpired, LawyerPoolEmpty
from tests.mediation.bench import Mediation


async def test_the_next_lawyer_is_asked(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    first = await mediation.offer(dispute_id)
    assert await mediation.rig.fire("offer_expired", first["id"]) == 1
    second = await mediation.offer(dispute_id)
    assert second["lawyer_id"] != first["lawyer_id"]
    assert second["attempt"] == 2
    (expired,) = await mediation.told(LawyerOfferExpired)
    assert (expired.offer_id, expired.lawyer_id) == (first["id"], first["lawyer_id"])
    states = [one["state"] for one in await mediation.rig.rows(select(OfferRow))]
    assert sorted(states) == ["expired", "open"]
    assert (await mediation.audited(dispute_id))[-1] == "lawyer.expire"


@pytest.mark.parametrize(("people", "hours"), [(3, 24), (99, 24), (100, 2)])
async def test_a_grave_dispute_waits_two_hours_others_a_day(
    mediation: Mediation, people: int, hours: int
) -> None:
    offer = await mediation.offer(await mediation.open(claimant_count=people))
    assert offer["expires_at"] - offer["offered_at"] == timedelta(hours=hours)
    timers = await mediation.rig.timers(offer["id"])
    assert timers == {"offer_expired": offer["expires_at"]}


async def test_after_the_last_of_the_roster_the_coordinator_is_told(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    for _ in mediation.lawyers:
        offer = await mediation.offer(dispute_id)
        await mediation.rig.fire("offer_expired", offer["id"])
    assert await mediation.offer(dispute_id) is None
    assert len(await mediation.told(LawyerPoolEmpty)) == 1


async def test_an_accepted_offer_does_not_expire(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    lawyer = await mediation.accept(dispute_id)
    await mediation.rig.context.db.pool.fetch(
        "INSERT INTO kernel.timer (id, owner, kind, occurrence, due_at, state, attempts)"
        " VALUES (gen_random_uuid(), $1, 'offer_expired', '', now(), 'pending', 0)",
        offer["id"],
    )
    assert await mediation.rig.fire("offer_expired", offer["id"]) == 1
    assert (await mediation.dispute(dispute_id)).lawyer == lawyer.id
    assert await mediation.told(LawyerOfferExpired) == []


async def test_nobody_is_asked_for_a_suspended_dispute(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    await mediation.suspended(dispute_id)
    await mediation.rig.fire("offer_expired", offer["id"])
    assert await mediation.offer(dispute_id) is None
    assert len(await mediation.told(LawyerOfferExpired)) == 1
    assert await mediation.told(LawyerPoolEmpty) == []
