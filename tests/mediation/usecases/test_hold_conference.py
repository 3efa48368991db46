"""The joint meeting is on record: who came, minutes, decisions with an owner and a due date."""

from typing import Any

import pytest

from shared.contracts.mediation import ConferenceHeld, DisputeProgressed
from tests.mediation.bench import INVALID, NOT_ALLOWED, WRONG_STAGE, Mediation
from tests.mediation.usecases.meetings import hold, record, schedule


async def test_a_complete_record_leads_on(mediation: Mediation) -> None:
    dispute_id = await mediation.to_meeting(claimant_count=30)
    await schedule(mediation, dispute_id)
    await hold(mediation, dispute_id)
    (told,) = await mediation.told(ConferenceHeld)
    assert (told.attended, told.decisions) == (3, 1)
    meeting = (await mediation.dispute(dispute_id)).conference
    assert meeting is not None
    assert meeting.decisions[0].text == "约谈用人单位"
    (*_, progressed) = await mediation.told(DisputeProgressed)
    assert progressed.next_meeting_at is None
    assert (await mediation.audited(dispute_id))[-1] == "conference.hold"
    answer = await mediation.do(f"/disputes/{dispute_id}/advance", {"from_stage": "meeting"})
    assert answer["stage"] == "assessment_2"


@pytest.mark.parametrize(
    ("attendance", "code"),
    [
        ([True], "meeting_attendance"),
        ([False, False, False], "meeting_present"),
    ],
)
async def test_a_record_that_is_saved_incomplete_does_not_count(
    mediation: Mediation, attendance: list[bool], code: str
) -> None:
    dispute_id = await mediation.to_meeting(claimant_count=30)
    await schedule(mediation, dispute_id)
    people = (*mediation.mediators, mediation.supervisor)
    came = [
        {"person_id": str(one.id), "present": present, "absence_reason": "出差"}
        for one, present in zip(people, attendance, strict=False)
    ]
    await hold(mediation, dispute_id, attendance=came)
    problem = await mediation.refuse(f"/disputes/{dispute_id}/advance", {"from_stage": "meeting"})
    assert [one["code"] for one in problem["details"]["missing"]] == [code]


async def test_what_is_not_recorded(mediation: Mediation) -> None:
    dispute_id = await mediation.to_meeting()
    at, by = f"/disputes/{dispute_id}/conference/minutes", mediation.mediator
    await mediation.refuses(at, {"not scheduled": (by, record(mediation), WRONG_STAGE)})
    await schedule(mediation, dispute_id)
    nameless: dict[str, Any] = {"text": "约谈", "due": "2027-01-15"}
    await mediation.refuses(
        at,
        {
            "no minutes": (by, record(mediation, minutes=" "), INVALID),
            "nothing decided": (by, record(mediation, decisions=[]), INVALID),
            "nobody's task": (by, record(mediation, decisions=[nameless]), INVALID),
            "dispatcher": (mediation.dispatcher, record(mediation), NOT_ALLOWED),
        },
    )
    await mediation.do(f"/disputes/{dispute_id}/conference/waive", {"reason": "事实清楚"})
    await mediation.refuses(at, {"waived": (by, record(mediation), WRONG_STAGE)})
