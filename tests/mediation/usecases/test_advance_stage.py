"""A dispute goes on only when its stage lacks nothing, and the refusal lists all that is lacking."""

from datetime import UTC, datetime, timedelta

import pytest

from services.mediation.domain.deadlines import Track
from shared.contracts.mediation import (
    DisputeAccepted,
    DisputeProgressed,
    MediationPeriodOver,
    StageAdvanced,
)
from tests.mediation.bench import NOT_RUNNING, WRONG_STAGE, Mediation
from tests.mediation.forms import agreement

MISSING = {
    "acceptance": [
        "scope_unchecked",
        "consent_missing_workers",
        "consent_missing_employer",
        "mediator_missing",
    ],
    "assessment_1": ["item_open_facts_clear", "signature_missing_mediator", "grade_unconfirmed"],
    "meeting": ["meeting_held", "meeting_waivable"],
    "assessment_2": ["judgement_missing", "signature_missing_supervisor", "lawyer_missing"],
    "mediation": ["session_missing", "agreement_or_outcome"],
    "assessment_3": ["item_open_outcome", "signature_missing_mediator"],
    "performance": ["instalments_due", "review_unsettled"],
}


@pytest.mark.parametrize("stage", MISSING)
async def test_a_stage_that_is_not_ready_lists_what_is_missing_with_its_cure(
    mediation: Mediation, stage: str
) -> None:
    way = {
        "acceptance": mediation.open,
        "assessment_1": mediation.to_assessment_1,
        "meeting": mediation.to_meeting,
        "assessment_2": mediation.to_assessment_2,
        "mediation": mediation.to_mediation,
        "assessment_3": mediation.to_agreement,
        "performance": mediation.to_performance,
    }
    dispute_id = await way[stage]()
    problem = await mediation.refuse(
        f"/disputes/{dispute_id}/advance", {"from_stage": stage}, by=mediation.supervisor
    )
    assert (problem["status"], problem["code"]) == (409, "stage_not_ready")
    missing = problem["details"]["missing"]
    assert {one["code"] for one in missing} >= set(MISSING[stage])
    assert all(one["zh"] and one["en"] and one["cure"] for one in missing)
    (*_, progressed) = await mediation.told(DisputeProgressed)
    assert progressed.missing == tuple(one["code"] for one in missing)


async def test_leaving_acceptance_accepts_the_dispute(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1()
    (accepted,) = await mediation.told(DisputeAccepted)
    (moved,) = await mediation.told(StageAdvanced)
    assert (moved.from_stage, moved.to_stage) == ("acceptance", "assessment_1")
    assert accepted.accepted_on == (await mediation.dispute(dispute_id)).accepted_on
    assert (await mediation.row(dispute_id))["stage"] == "assessment_1"
    assert (await mediation.audited(dispute_id))[-1] == "dispute.advance"


async def test_a_committee_gets_a_clock_of_its_own_and_the_statutory_one_is_not_told_twice(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.open()
    await mediation.as_if(dispute_id, track=Track.COMMITTEE)
    await mediation.rig.fire("period_over", dispute_id, "mediation_statutory")
    await mediation.as_if(dispute_id, **await _acceptable(mediation, dispute_id))
    await mediation.do(
        f"/disputes/{dispute_id}/advance", {"from_stage": "acceptance"}, by=mediation.supervisor
    )
    pending = await mediation.rig.context.db.pool.fetch(
        "SELECT occurrence FROM kernel.timer WHERE owner = $1 AND state = 'pending'", dispute_id
    )
    assert [one["occurrence"] for one in pending] == ["mediation_committee"]
    (over,) = await mediation.told(MediationPeriodOver)
    assert over.deadline == "mediation_statutory"


async def _acceptable(mediation: Mediation, dispute_id: object) -> dict[str, object]:
    ready = await mediation.dispute(await mediation.to_assessment_1())
    names = ("in_scope", "mediators", "consents", "declarations")
    return {name: getattr(ready, name) for name in names}


async def test_leaving_mediation_makes_the_agreement_the_outcome_and_dates_the_reviews(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.to_agreement()
    dispute = await mediation.dispute(dispute_id)
    assert dispute.is_settled
    assert [one.kind for one in dispute.deadlines[-2:]] == [
        "arbitration_review",
        "judicial_confirmation",
    ]
    timers = await mediation.rig.context.db.pool.fetch(
        "SELECT kind, occurrence, due_at FROM kernel.timer WHERE owner = $1 ORDER BY occurrence",
        dispute_id,
    )
    assert [(one["kind"], one["occurrence"]) for one in timers] == [
        ("instalment_due", "1"),
        ("instalment_due", "2"),
    ]
    first = (datetime.now(UTC) + timedelta(days=8)).date()
    assert timers[0]["due_at"].astimezone(UTC).date() in {first, first - timedelta(days=1)}


async def test_a_screen_that_shows_another_stage_is_out_of_date(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1()
    problem = await mediation.refuse(
        f"/disputes/{dispute_id}/advance", {"from_stage": "acceptance"}
    )
    assert (problem["status"], problem["code"]) == (409, "stale_version")
    assert problem["details"]["current"] == {"stage": "assessment_1"}


async def test_the_archive_leads_nowhere_and_a_suspended_dispute_stands_still(
    mediation: Mediation,
) -> None:
    done, stopped = await mediation.to_archive(), await mediation.open()
    await mediation.suspended(stopped)
    for dispute_id, stage, expected in (
        (done, "archive", WRONG_STAGE),
        (stopped, "acceptance", NOT_RUNNING),
    ):
        await mediation.refuses(
            f"/disputes/{dispute_id}/advance",
            {stage: (mediation.supervisor, {"from_stage": stage}, expected)},
        )


async def test_an_agreement_that_lost_a_signature_does_not_lead_on(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}"
    today = datetime.now(UTC).date()
    await mediation.do(f"{at}/agreement", agreement(today), method="PUT")
    await mediation.do(f"{at}/agreement/sign", {"hands": ["workers", "employer", "mediator"]})
    problem = await mediation.refuse(f"{at}/advance", {"from_stage": "mediation"})
    codes = [one["code"] for one in problem["details"]["missing"]]
    assert codes == ["session_missing", "agreement_lacks_seal_at"]
