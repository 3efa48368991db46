"""The agreement is written in the mediation stage; what it lacks is listed, a change voids signatures."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.mediation.bench import INVALID, WRONG_STAGE, Mediation
from tests.mediation.forms import agreement

TODAY = datetime.now(UTC).date()
ONE = {"no": 1, "amount_fen": 1_000_000, "due": str(TODAY)}
TWO = {"no": 2, "amount_fen": 2_000_000, "due": str(TODAY)}


async def test_the_text_is_stored_sealed_with_its_instalments(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}/agreement"
    await mediation.do(at, agreement(TODAY), method="PUT")
    text = (await mediation.dispute(dispute_id)).agreement
    assert text is not None
    assert [(one.no, one.amount_fen) for one in text.instalments] == [
        (1, 1_000_000),
        (2, 2_000_000),
    ]
    assert text.amount_in_words == "叁万元整"
    assert "银行转账" not in (await mediation.row(dispute_id))["sealed"]
    assert (await mediation.audited(dispute_id))[-1] == "agreement.draft"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parties": ""}, "agreement_lacks_parties"),
        ({"claims": " "}, "agreement_lacks_claims"),
        ({"result": ""}, "agreement_lacks_result"),
        ({"manner": ""}, "agreement_lacks_manner"),
        ({"contents": []}, "agreement_lacks_contents"),
        ({"amount_fen": 0, "instalments": []}, "agreement_lacks_amount_or_act"),
        ({"instalments": []}, "agreement_lacks_instalments"),
        ({"instalments": [ONE]}, "instalments_do_not_add_up"),
        ({"instalments": [ONE, {**TWO, "no": 1}]}, "instalment_numbered_twice"),
        ({"act": "开具离职证明"}, "agreement_lacks_act_due"),
        ({"represented": 3, "represented_consents": 2}, "represented_consents_missing"),
    ],
)
async def test_an_incomplete_text_is_saved_but_not_signed(
    mediation: Mediation, changes: dict[str, Any], code: str
) -> None:
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}/agreement"
    answer = await mediation.do(at, agreement(TODAY, **changes), method="PUT")
    assert code in {one["code"] for one in answer["missing"]}
    problem = await mediation.refuse(f"{at}/sign", {"hands": ["workers"]})
    assert problem["code"] == "stage_not_ready"
    assert [one["code"] for one in problem["details"]["missing"]] == [code]


async def test_a_change_voids_the_signatures_and_a_signed_text_is_fixed(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}/agreement"
    await mediation.do(at, agreement(TODAY), method="PUT")
    await mediation.do(f"{at}/sign", {"hands": ["workers", "employer"]})
    await mediation.do(at, agreement(TODAY, result="改为三期"), method="PUT")
    text = (await mediation.dispute(dispute_id)).agreement
    assert text is not None
    assert text.signatures.workers_at is None
    await mediation.do(f"{at}/sign", {"hands": ["workers", "employer", "mediator", "seal"]})
    fixed = (mediation.mediator, agreement(TODAY), (409, "agreement_already_signed"))
    await mediation.refuses(at, {"signed by all": fixed}, method="PUT")


async def test_a_text_is_written_in_its_stage_with_possible_numbers(mediation: Mediation) -> None:
    early, dispute_id = await mediation.to_assessment_1(), await mediation.to_mediation()
    by = mediation.mediator
    written = (by, agreement(TODAY), WRONG_STAGE)
    await mediation.refuses(f"/disputes/{early}/agreement", {"too early": written}, method="PUT")
    await mediation.refuses(
        f"/disputes/{dispute_id}/agreement",
        {
            "nothing": (by, agreement(TODAY, instalments=[{**ONE, "amount_fen": 0}]), INVALID),
            "negative": (by, agreement(TODAY, amount_fen=-1), INVALID),
            "not whole fen": (by, agreement(TODAY, amount_fen=0.5), INVALID),
            "no such day": (
                by,
                agreement(TODAY, instalments=[{**ONE, "due": "2026-02-30"}]),
                INVALID,
            ),
            "61 instalments": (by, agreement(TODAY, instalments=[ONE] * 61), INVALID),
        },
        method="PUT",
    )
