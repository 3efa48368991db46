"""A signature binds exactly what was read; author and approver are two people."""

from typing import Any
from uuid import UUID

from shared.contracts.mediation import AssessmentSigned
from shared.vocabulary.people import Actor, Role
from tests.mediation.bench import NOT_ALLOWED, NOT_FOUND, NOT_READY, Mediation, person
from tests.mediation.forms import ITEMS_2

SAME_PERSON = (409, "assessment_signed_by_same_person")
NOT_ASKED = (409, "assessment_role_not_asked")


async def written(
    mediation: Mediation, dispute_id: UUID, items: list[str], by: Actor | None = None
) -> str:
    """The second assessment written with these items; its hash."""
    answers = [{"item": item, "conclusion": "yes"} for item in items]
    body = {"answers": answers, "judgement": "同意"}
    at = f"/disputes/{dispute_id}/assessments/assessment_2"
    await mediation.do(at, body, method="PUT", by=by)
    return (await mediation.dispute(dispute_id)).assessments[-1].content_hash


def signature(content_hash: str, role: str) -> dict[str, Any]:
    """The body of a signature."""
    return {"content_hash": content_hash, "role": role}


async def test_two_people_sign_in_two_roles(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_2()
    read = await written(mediation, dispute_id, ITEMS_2)
    at = f"/disputes/{dispute_id}/assessments/assessment_2/sign"
    await mediation.do(at, signature(read, "mediator"))
    answer = await mediation.do(at, signature(read, "supervisor"), by=mediation.supervisor)
    assert not {one["code"] for one in answer["missing"] if "signature" in one["code"]}
    told = (await mediation.told(AssessmentSigned))[-2:]
    assert [(one.signer_id, one.signatures, one.required) for one in told] == [
        (mediation.mediator.id, 1, 2),
        (mediation.supervisor.id, 2, 2),
    ]
    assert {(one.assessment, one.edition, one.content_hash) for one in told} == {(2, 1, read)}
    assert (await mediation.audited(dispute_id))[-2:] == ["assessment.sign"] * 2


async def test_nobody_signs_twice_or_approves_an_own_draft(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_2()
    one = mediation.mediator
    both = Actor(one.id, frozenset({Role.MEDIATOR, Role.SUPERVISOR}), one.org)
    read = await written(mediation, dispute_id, ITEMS_2)
    at = f"/disputes/{dispute_id}/assessments/assessment_2/sign"
    own = (both, signature(read, "supervisor"), SAME_PERSON)
    await mediation.refuses(at, {"own draft": own})
    await mediation.do(at, signature(read, "mediator"))
    await mediation.refuses(
        at,
        {
            "same role": (one, signature(read, "mediator"), SAME_PERSON),
            "other role": (both, signature(read, "supervisor"), SAME_PERSON),
        },
    )


async def test_a_change_after_reading_is_shown_and_voids_nothing_silently(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.to_assessment_2()
    read = await written(mediation, dispute_id, ITEMS_2[:-1])
    now = await written(mediation, dispute_id, ITEMS_2)
    at = f"/disputes/{dispute_id}/assessments/assessment_2/sign"
    problem = await mediation.refuse(at, signature(read, "mediator"))
    assert (problem["status"], problem["code"]) == (409, "stale_version")
    assert problem["details"]["current"] == {"content_hash": now}


async def test_who_signs_nothing(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_2()
    at = f"/disputes/{dispute_id}/assessments/assessment_2/sign"
    one, stranger = mediation.mediator, person(Role.MEDIATOR)
    both = Actor(stranger.id, frozenset({Role.MEDIATOR, Role.SUPERVISOR}), stranger.org)
    await mediation.refuses(at, {"unwritten": (one, signature("x", "mediator"), NOT_FOUND)})
    read = await written(mediation, dispute_id, ITEMS_2[:-1])
    await mediation.refuses(
        at,
        {
            "incomplete": (one, signature(read, "mediator"), NOT_READY),
            "a role one has not": (one, signature(read, "supervisor"), NOT_ALLOWED),
            "a mediator of another dispute": (stranger, signature(read, "mediator"), NOT_ALLOWED),
        },
    )
    read = await written(mediation, dispute_id, ITEMS_2)
    clerk = Actor(one.id, frozenset({Role.MEDIATOR, Role.REVIEWER}), one.org)
    await mediation.refuses(
        at,
        {
            "a role not asked for": (clerk, signature(read, "reviewer"), NOT_ASKED),
            "as mediator without being one here": (both, signature(read, "mediator"), NOT_ASKED),
        },
    )
