"""A lawyer declines for one of five reasons, and the next one is asked at once."""

import pytest
from sqlmodel import col, select

from services.mediation.tables import LawyerTieRow, OfferRow
from shared.contracts.mediation import LawyerDeclined, LawyerOffered, LawyerPoolEmpty
from shared.vocabulary.ids import new_id
from tests.mediation.bench import INVALID, NOT_FOUND, Mediation


@pytest.mark.parametrize(
    ("reason", "note", "ties"),
    [
        ("conflict", "", 1),
        ("workload", "", 0),
        ("expertise", "", 0),
        ("absence", "", 0),
        ("other", "近期出庭较多", 0),
    ],
)
async def test_the_next_lawyer_is_asked_and_a_conflict_is_remembered(
    mediation: Mediation, reason: str, note: str, ties: int
) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    asked = mediation.lawyer(offer["lawyer_id"])
    body = {"reason": reason, "note": note}
    await mediation.do(f"/offers/{offer['id']}/decline", body, by=asked)
    (declined,) = await mediation.told(LawyerDeclined)
    assert (declined.lawyer_id, declined.reason) == (asked.id, reason)
    offers = await mediation.rig.rows(select(OfferRow).order_by(col(OfferRow.attempt)))
    assert [(one["state"], one["decline_reason"]) for one in offers] == [
        ("declined", reason),
        ("open", None),
    ]
    assert offers[1]["lawyer_id"] != asked.id
    assert await mediation.rig.timers(offer["id"]) == {}
    assert await mediation.rig.timers(offers[1]["id"]) == {"offer_expired": offers[1]["expires_at"]}
    assert len(await mediation.rig.rows(select(LawyerTieRow))) == ties
    assert (await mediation.audited(dispute_id))[-1] == "lawyer.decline"


async def test_a_disclosed_tie_keeps_the_employers_other_disputes_away(
    mediation: Mediation,
) -> None:
    employer = new_id()
    offer = await mediation.offer(await mediation.open(employer_id=employer))
    asked = mediation.lawyer(offer["lawyer_id"])
    await mediation.do(f"/offers/{offer['id']}/decline", {"reason": "conflict"}, by=asked)
    others = [await mediation.open(employer_id=employer) for _ in range(4)]
    offered = {(await mediation.offer(one))["lawyer_id"] for one in others}
    assert offered == {one.id for one in mediation.lawyers if one != asked}


async def test_when_all_declined_the_coordinator_is_told(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    for _ in mediation.lawyers:
        offer = await mediation.offer(dispute_id)
        by = mediation.lawyer(offer["lawyer_id"])
        await mediation.do(f"/offers/{offer['id']}/decline", {"reason": "absence"}, by=by)
    assert [one.attempt for one in await mediation.told(LawyerOffered)] == [1, 2, 3]
    (empty,) = await mediation.told(LawyerPoolEmpty)
    assert empty.attempts == 3
    assert await mediation.offer(dispute_id) is None


async def test_nobody_is_asked_for_a_suspended_dispute_until_it_is_resumed(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    await mediation.suspended(dispute_id)
    by = mediation.lawyer(offer["lawyer_id"])
    await mediation.do(f"/offers/{offer['id']}/decline", {"reason": "workload"}, by=by)
    assert await mediation.offer(dispute_id) is None
    resume = {"act": "resume", "reason": "已核实"}
    await mediation.do(f"/disputes/{dispute_id}/standstill", resume, by=mediation.supervisor)
    assert (await mediation.offer(dispute_id))["lawyer_id"] != by.id


async def test_who_may_not_decline(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    asked = mediation.lawyer(offer["lawyer_id"])
    other = next(one for one in mediation.lawyers if one != asked)
    at = f"/offers/{offer['id']}/decline"
    await mediation.refuses(
        at,
        {
            "another lawyer": (other, {"reason": "workload"}, NOT_FOUND),
            "other without a note": (asked, {"reason": "other"}, (409, "decline_needs_note")),
            "no such reason": (asked, {"reason": "bored"}, INVALID),
        },
    )
    await mediation.accept(dispute_id)
    closed = (asked, {"reason": "workload"}, (409, "offer_closed"))
    await mediation.refuses(at, {"after accepting": closed})
