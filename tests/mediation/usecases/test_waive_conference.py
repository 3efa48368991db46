"""Below G2 the joint meeting may be left out with a reason; from G2 on it may not."""

import pytest
from sqlmodel import select

from services.mediation.tables import BookingRow
from shared.contracts.mediation import ConferenceWaived, StageAdvanced
from tests.mediation.bench import INVALID, NOT_ALLOWED, WRONG_STAGE, Mediation
from tests.mediation.usecases.meetings import schedule

WHY = {"reason": "事实清楚，金额小"}


@pytest.mark.parametrize("people", [1, 29])
async def test_the_dispute_moves_on_and_a_planned_meeting_is_given_up(
    mediation: Mediation, people: int
) -> None:
    dispute_id = await mediation.to_meeting(claimant_count=people)
    await schedule(mediation, dispute_id)
    await mediation.do(f"/disputes/{dispute_id}/conference/waive", WHY)
    dispute = await mediation.dispute(dispute_id)
    assert dispute.stage == (await mediation.row(dispute_id))["stage"] == "assessment_2"
    assert dispute.meeting_waiver is not None
    assert dispute.meeting_waiver.reason == WHY["reason"]
    assert dispute.conference is None
    assert await mediation.rig.rows(select(BookingRow)) == []
    (waived,) = await mediation.told(ConferenceWaived)
    assert waived.waived_by == mediation.mediator.id
    (*_, moved) = await mediation.told(StageAdvanced)
    assert (moved.from_stage, moved.to_stage) == ("meeting", "assessment_2")
    assert (await mediation.audited(dispute_id))[-1] == "conference.waive"


@pytest.mark.parametrize("people", [30, 100, 300])
async def test_from_g2_on_the_meeting_is_required(mediation: Mediation, people: int) -> None:
    dispute_id = await mediation.to_meeting(claimant_count=people)
    await mediation.refuses(
        f"/disputes/{dispute_id}/conference/waive",
        {
            "mediator": (mediation.mediator, WHY, (409, "meeting_required")),
            "supervisor": (mediation.supervisor, WHY, (409, "meeting_required")),
        },
    )


async def test_what_else_is_refused(mediation: Mediation) -> None:
    early, dispute_id = await mediation.to_assessment_1(), await mediation.to_meeting()
    await mediation.refuses(
        f"/disputes/{early}/conference/waive",
        {"too early": (mediation.mediator, WHY, WRONG_STAGE)},
    )
    await mediation.refuses(
        f"/disputes/{dispute_id}/conference/waive",
        {
            "no reason": (mediation.mediator, {"reason": " "}, INVALID),
            "dispatcher": (mediation.dispatcher, WHY, NOT_ALLOWED),
        },
    )
