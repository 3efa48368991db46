"""The parties choose what to make of their agreement; only a route that is open."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.mediation.domain.agreement import Content
from tests.mediation.bench import INVALID, WRONG_STAGE, Mediation


@pytest.mark.parametrize("choice", ["arbitration_review", "judicial_confirmation", "waived"])
async def test_a_choice_is_recorded_and_may_be_corrected(mediation: Mediation, choice: str) -> None:
    dispute_id = await mediation.to_agreement()
    at = f"/disputes/{dispute_id}/agreement/review"
    for one in ("judicial_confirmation", choice):
        await mediation.do(at, {"choice": one})
    agreement = (await mediation.dispute(dispute_id)).agreement
    assert agreement is not None
    assert agreement.review == choice
    assert (await mediation.audited(dispute_id))[-1] == "agreement.review"


@pytest.mark.parametrize(
    ("content", "days_ago", "choice", "why"),
    [
        (Content.EMPLOYMENT_RELATION, 0, "arbitration_review", "employment_relation"),
        (Content.STATUS_OR_TITLE, 0, "judicial_confirmation", "status_or_title"),
        (Content.WAGES, 40, "arbitration_review", "too_late"),
        (Content.WAGES, 60, "judicial_confirmation", "too_late"),
    ],
)
async def test_a_closed_route_is_refused_and_says_why(
    mediation: Mediation, content: Content, days_ago: int, choice: str, why: str
) -> None:
    dispute_id = await mediation.to_agreement()
    agreement = (await mediation.dispute(dispute_id)).agreement
    assert agreement is not None
    hands = ("workers_at", "employer_at", "mediator_at", "seal_at")
    signed = {one: getattr(agreement.signatures, one) - timedelta(days=days_ago) for one in hands}
    signatures = replace(agreement.signatures, **signed)
    agreement = replace(agreement, contents=frozenset({content}), signatures=signatures)
    await mediation.as_if(dispute_id, agreement=agreement)
    at = f"/disputes/{dispute_id}/agreement/review"
    problem = await mediation.refuse(at, {"choice": choice})
    assert (problem["code"], problem["details"]) == ("review_route_closed", {"why": why})
    await mediation.do(at, {"choice": "waived"})


async def test_without_an_agreement_there_is_nothing_to_choose(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    await mediation.refuses(
        f"/disputes/{dispute_id}/agreement/review",
        {
            "no agreement": (mediation.mediator, {"choice": "waived"}, WRONG_STAGE),
            "no such route": (mediation.mediator, {"choice": "both"}, INVALID),
        },
    )
