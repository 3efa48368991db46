"""A mediation ends without agreement: a code, the letter on arbitration, and nothing left running."""

import pytest
from sqlmodel import select

from services.mediation.tables import BookingRow, OfferRow
from shared.contracts.mediation import MediationFailed, StageAdvanced
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_RUNNING, WRONG_STAGE, Mediation
from tests.mediation.forms import agreement as text
from tests.mediation.usecases.meetings import schedule
from tests.mediation.usecases.test_draft_agreement import TODAY

NOT_A_FAILURE = (409, "agreement_is_not_a_failure")


@pytest.mark.parametrize(
    "outcome",
    [
        "withdrawn",
        "refused",
        "gap_too_wide",
        "party_unreachable",
        "period_over",
        "refused_to_sign",
        "out_of_scope",
        "other",
    ],
)
async def test_from_mediation_it_goes_to_the_closing_assessment(
    mediation: Mediation, outcome: str
) -> None:
    dispute_id = await mediation.to_assessment_2()
    offer = await mediation.offer(dispute_id)
    answer = await mediation.do(f"/disputes/{dispute_id}/end", {"outcome": outcome, "reason": "x"})
    assert answer["stage"] == "assessment_3"
    dispute = await mediation.dispute(dispute_id)
    assert dispute.outcome == outcome
    assert dispute.advice is not None
    (failed,) = await mediation.told(MediationFailed)
    (*_, moved) = await mediation.told(StageAdvanced)
    assert (failed.failure, moved.to_stage) == (outcome, "assessment_3")
    assert [one["state"] for one in await mediation.rig.rows(select(OfferRow))] == ["withdrawn"]
    assert await mediation.rig.timers(dispute_id) == await mediation.rig.timers(offer["id"]) == {}
    assert (await mediation.audited(dispute_id))[-1] == "dispute.end"


async def test_at_the_door_it_goes_straight_to_the_archive(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    body = {"outcome": "out_of_scope", "reason": "农民合作社纠纷"}
    answer = await mediation.do(f"/disputes/{dispute_id}/end", body, by=mediation.supervisor)
    assert answer["stage"] == "archive"


async def test_a_meeting_that_will_not_take_place_frees_its_room(mediation: Mediation) -> None:
    dispute_id = await mediation.to_meeting()
    await schedule(mediation, dispute_id)
    await mediation.do(f"/disputes/{dispute_id}/end", {"outcome": "withdrawn"})
    assert await mediation.rig.rows(select(BookingRow)) == []
    assert (await mediation.dispute(dispute_id)).conference is None


async def test_what_is_not_ended(mediation: Mediation) -> None:
    settled, signed = await mediation.to_agreement(), await mediation.to_mediation()
    await mediation.do(f"/disputes/{signed}/agreement", text(TODAY), method="PUT")
    hands = ["workers", "employer", "mediator", "seal"]
    await mediation.do(f"/disputes/{signed}/agreement/sign", {"hands": hands})
    stopped = await mediation.suspended(await mediation.open())
    other, by = {"outcome": "other"}, mediation.supervisor
    for dispute_id, table in (
        (settled, {"has an outcome": (by, other, WRONG_STAGE)}),
        (
            signed,
            {
                "signed by all": (by, other, NOT_A_FAILURE),
                "agreement": (by, {"outcome": "agreement"}, NOT_A_FAILURE),
                "no such code": (by, {"outcome": "bored"}, INVALID),
                "dispatcher": (mediation.dispatcher, other, NOT_ALLOWED),
            },
        ),
        (stopped, {"suspended": (by, other, NOT_RUNNING)}),
    ):
        await mediation.refuses(f"/disputes/{dispute_id}/end", table)
