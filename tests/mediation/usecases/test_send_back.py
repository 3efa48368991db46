"""A supervisor sends a dispute back, or stops and resumes it, each with a reason."""

import pytest

from shared.contracts.mediation import LawyerOffered, StageAdvanced
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_RUNNING, WRONG_STAGE, Mediation

WHY = {"reason": "材料不齐"}


@pytest.mark.parametrize(
    ("stage", "before"),
    [("assessment_1", "acceptance"), ("meeting", "assessment_1"), ("assessment_2", "meeting")],
)
async def test_a_dispute_goes_back_one_stage(mediation: Mediation, stage: str, before: str) -> None:
    way = {
        "assessment_1": mediation.to_assessment_1,
        "meeting": mediation.to_meeting,
        "assessment_2": mediation.to_assessment_2,
    }
    dispute_id = await way[stage]()
    await mediation.do(f"/disputes/{dispute_id}/send-back", WHY, by=mediation.supervisor)
    assert (await mediation.row(dispute_id))["stage"] == before
    (*_, moved) = await mediation.told(StageAdvanced)
    assert (moved.from_stage, moved.to_stage) == (stage, before)
    assert (await mediation.audited(dispute_id))[-1] == "dispute.send_back"


async def test_what_is_not_sent_back(mediation: Mediation) -> None:
    first, settled = await mediation.open(), await mediation.to_agreement()
    by = mediation.supervisor
    for dispute_id in (first, settled):
        await mediation.refuses(
            f"/disputes/{dispute_id}/send-back",
            {
                "stage": (by, WHY, WRONG_STAGE),
                "no reason": (by, {"reason": " "}, INVALID),
                "dispatcher": (mediation.dispatcher, WHY, NOT_ALLOWED),
            },
        )
    mediators = (mediation.mediator, WHY, NOT_ALLOWED)
    await mediation.refuses(f"/disputes/{settled}/send-back", {"its mediator": mediators})


async def test_suspicion_stops_the_work_and_its_end_lets_it_go_on(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    at, by = f"/disputes/{dispute_id}/standstill", mediation.supervisor
    await mediation.do(at, {"act": "suspend", **WHY}, by=by)
    assert (await mediation.row(dispute_id))["status"] == "suspended"
    assert "period_over" in await mediation.rig.timers(dispute_id)
    await mediation.refuses(at, {"twice": (by, {"act": "suspend", **WHY}, NOT_RUNNING)})
    await mediation.do(at, {"act": "resume", **WHY}, by=by)
    assert (await mediation.row(dispute_id))["status"] == "running"
    await mediation.refuses(at, {"twice": (by, {"act": "resume", **WHY}, WRONG_STAGE)})
    assert (await mediation.audited(dispute_id))[-2:] == ["dispute.suspend", "dispute.resume"]
    assert len(await mediation.told(LawyerOffered)) == 1, "the offer stood all the time"


async def test_who_may_not_stop_it(mediation: Mediation) -> None:
    dispute_id, settled = await mediation.to_assessment_1(), await mediation.to_agreement()
    stop = {"act": "suspend", **WHY}
    await mediation.refuses(
        f"/disputes/{dispute_id}/standstill",
        {
            "its mediator": (mediation.mediator, stop, NOT_ALLOWED),
            "no such act": (mediation.supervisor, {"act": "pause", **WHY}, INVALID),
        },
    )
    ended = {"ended": (mediation.supervisor, stop, NOT_RUNNING)}
    await mediation.refuses(f"/disputes/{settled}/standstill", ended)
