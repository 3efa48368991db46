"""The grade is confirmed by a person, or lowered by a supervisor with a reason (rule 49)."""

from shared.contracts.mediation import GradeChanged
from shared.vocabulary.people import Actor, Role
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_RUNNING, Mediation

NEEDS_REASON = (409, "grade_down_needs_reason")


async def test_a_mediator_stands_by_the_grade(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1()
    await mediation.do(f"/disputes/{dispute_id}/grade", {"grade": "G0"})
    assert (await mediation.dispute(dispute_id)).grade_confirmed_by == mediation.mediator.id
    assert await mediation.told(GradeChanged) == []
    assert (await mediation.audited(dispute_id))[-1] == "grade.confirm"


async def test_a_supervisor_lowers_it_with_a_reason(mediation: Mediation) -> None:
    dispute_id = await mediation.open(claimant_count=100)
    body = {"grade": "G1", "reason": "多数已撤回"}
    await mediation.do(f"/disputes/{dispute_id}/grade", body, by=mediation.supervisor)
    dispute, row = await mediation.dispute(dispute_id), await mediation.row(dispute_id)
    assert (dispute.grade, row["grade"]) == ("G1", "G1")
    assert dispute.grade_confirmed_by == mediation.supervisor.id
    (told,) = await mediation.told(GradeChanged)
    assert (told.from_grade, told.to_grade, told.automatic) == ("G3", "G1", False)
    assert (await mediation.audited(dispute_id))[-1] == "grade.lower"


async def test_what_is_not_a_grade_to_set(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1(claimant_count=30)
    lower, by = {"grade": "G1", "reason": "人数减少"}, mediation.supervisor
    at = f"/disputes/{dispute_id}/grade"
    await mediation.refuses(
        at,
        {
            "lowered by its mediator": (mediation.mediator, lower, NOT_ALLOWED),
            "without a reason": (by, {"grade": "G1", "reason": " "}, NEEDS_REASON),
            "higher": (by, {"grade": "G4", "reason": "更重"}, NEEDS_REASON),
            "unknown": (by, {"grade": "G9"}, INVALID),
            "dispatcher": (mediation.dispatcher, lower, NOT_ALLOWED),
        },
    )
    await mediation.suspended(dispute_id)
    await mediation.refuses(at, {"suspended": (by, {"grade": "G2"}, NOT_RUNNING)})


async def test_a_supervisor_of_another_county_who_mediates_here_does_not_lower_it(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.to_assessment_1(claimant_count=30)
    both = Actor(mediation.mediator.id, frozenset({Role.MEDIATOR, Role.SUPERVISOR}), "zq.441202")
    lower = (both, {"grade": "G1", "reason": "人数减少"}, NOT_ALLOWED)
    await mediation.refuses(f"/disputes/{dispute_id}/grade", {"": lower})
