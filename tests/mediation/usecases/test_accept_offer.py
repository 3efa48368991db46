"""A lawyer accepts what was offered to them, in time, once, and free of conflict."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from services.mediation.tables import OfferRow
from shared.contracts.mediation import LawyerAssigned
from shared.contracts.workbench import StaffProfiled
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.mediation.bench import NOT_FOUND, Mediation, person

ACCEPT = {"no_conflict": True}


async def test_the_lawyer_leads_the_dispute_from_then_on(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    lawyer = await mediation.accept(dispute_id)
    dispute, row = await mediation.dispute(dispute_id), await mediation.row(dispute_id)
    assert dispute.lawyer == row["lawyer_id"] == lawyer.id
    assert [one.person for one in dispute.declarations] == [lawyer.id]
    assert [one["state"] for one in await mediation.rig.rows(select(OfferRow))] == ["accepted"]
    assert await mediation.rig.timers(offer["id"]) == {}
    (assigned,) = await mediation.told(LawyerAssigned)
    assert (assigned.lawyer_id, assigned.offer_id) == (lawyer.id, offer["id"])
    assert await mediation.audited(dispute_id) == ["dispute.open", "lawyer.accept"]


async def test_nobody_else_accepts_and_nothing_without_the_declaration(
    mediation: Mediation,
) -> None:
    offer = await mediation.offer(await mediation.open())
    asked = mediation.lawyer(offer["lawyer_id"])
    other = next(one for one in mediation.lawyers if one != asked)
    await mediation.refuses(
        f"/offers/{offer['id']}/accept",
        {
            "another lawyer": (other, ACCEPT, NOT_FOUND),
            "a supervisor": (mediation.supervisor, ACCEPT, NOT_FOUND),
            "no declaration": (asked, {"no_conflict": False}, (409, "conflict_undeclared")),
            "declaration left out": (asked, {}, (422, "invalid_input")),
        },
    )


async def test_of_two_lawyers_one_wins_and_the_other_reads_why(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    late = await mediation.offer(dispute_id)
    await mediation.rig.fire("offer_expired", late["id"])
    current = await mediation.offer(dispute_id)
    first, second = await asyncio.gather(
        *(
            mediation.rig.post(
                f"/offers/{one['id']}/accept", ACCEPT, actor=mediation.lawyer(one["lawyer_id"])
            )
            for one in (late, current)
        )
    )
    assert (first.status_code, second.status_code) == (409, 200)
    assert first.json()["code"] == "offer_closed"
    assert first.json()["details"] == {"state": "expired"}
    assert (await mediation.dispute(dispute_id)).lawyer == current["lawyer_id"]


async def test_one_lawyer_who_clicks_in_two_windows_accepts_once(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    asked = mediation.lawyer(offer["lawyer_id"])
    path = f"/offers/{offer['id']}/accept"
    both = [mediation.rig.post(path, ACCEPT, actor=asked, key=key) for key in ("a", "b")]
    codes = sorted(one.status_code for one in await asyncio.gather(*both))
    assert codes == [200, 409]
    assert len(await mediation.told(LawyerAssigned)) == 1


async def test_an_offer_whose_time_is_over_is_not_accepted_even_before_its_timer_fires(
    mediation: Mediation,
) -> None:
    offer = await mediation.offer(await mediation.open())
    past = datetime.now(UTC) - timedelta(seconds=1)
    await mediation.rig.context.db.pool.fetch("UPDATE offer SET expires_at = $1", past)
    problem = await mediation.refuse(
        f"/offers/{offer['id']}/accept", ACCEPT, by=mediation.lawyer(offer["lawyer_id"])
    )
    assert (problem["code"], problem["details"]) == ("offer_closed", {"state": "expired"})


async def test_who_mediated_the_case_never_leads_it(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    both = StaffProfiled(
        staff_id=offer["lawyer_id"],
        roles=("lawyer", "mediator"),
        org="zq",
        active=True,
        sealed="s",
    )
    await mediation.rig.deliver(both)
    ids = {"mediator_ids": [str(offer["lawyer_id"])]}
    await mediation.do(f"/disputes/{dispute_id}/mediators", ids, by=mediation.supervisor)
    problem = await mediation.refuse(
        f"/offers/{offer['id']}/accept", ACCEPT, by=mediation.lawyer(offer["lawyer_id"])
    )
    assert problem["code"] == "mediated_this_case"


async def test_an_offer_of_an_ended_dispute_is_withdrawn(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    await mediation.do(
        f"/disputes/{dispute_id}/end", {"outcome": "withdrawn"}, by=mediation.supervisor
    )
    problem = await mediation.refuse(
        f"/offers/{offer['id']}/accept", ACCEPT, by=mediation.lawyer(offer["lawyer_id"])
    )
    assert (problem["code"], problem["details"]) == ("offer_closed", {"state": "withdrawn"})


async def test_an_unknown_offer_is_not_found(mediation: Mediation) -> None:
    stranger = person(Role.LAWYER, "zq")
    await mediation.refuses(
        f"/offers/{stranger.id}/accept", {"unknown": (stranger, ACCEPT, NOT_FOUND)}
    )


async def test_a_relation_disclosed_since_the_offer_was_made_bars_the_lawyer(
    mediation: Mediation,
) -> None:
    employer = new_id()
    disputes = [await mediation.open(employer_id=employer) for _ in range(4)]
    offers = [await mediation.offer(one) for one in disputes]
    first, later = offers[0], offers[3]
    assert first["lawyer_id"] == later["lawyer_id"]
    lawyer = mediation.lawyer(first["lawyer_id"])
    await mediation.do(f"/offers/{first['id']}/decline", {"reason": "conflict"}, by=lawyer)
    barred = await mediation.refuse(f"/offers/{later['id']}/accept", ACCEPT, by=lawyer)
    assert barred["code"] == "lawyer_near_a_party"
    assert barred["details"] == {"found": ["tied_to_employer"]}
    assert (await mediation.dispute(disputes[3])).lawyer is None
    assert (await mediation.offer(disputes[3]))["id"] == later["id"]
