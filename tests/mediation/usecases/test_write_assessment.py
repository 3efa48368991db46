"""An assessment is written for its stage; signed content is kept and amended as a new version."""

from typing import Any

from shared.contracts.mediation import AssessmentSaved
from tests.mediation.bench import (
    INVALID,
    NOT_ALLOWED,
    NOT_FOUND,
    NOT_RUNNING,
    WRONG_STAGE,
    Mediation,
)
from tests.mediation.forms import ITEMS_1, ITEMS_2


def form(*items: str, **changes: Any) -> dict[str, Any]:
    """The form with these items answered."""
    answers = [{"item": item, "conclusion": "yes"} for item in items]
    return {"answers": answers, "judgement": "", **changes}


async def test_progress_is_told_and_the_text_is_sealed(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1()
    at = f"/disputes/{dispute_id}/assessments/assessment_1"
    await mediation.do(at, form(*ITEMS_1[:3]), method="PUT")
    await mediation.do(at, form(*ITEMS_1, judgement="同意调解"), method="PUT")
    told = await mediation.told(AssessmentSaved)
    assert [(one.assessment, one.edition, one.items_done, one.items_total) for one in told] == [
        (1, 1, 4, 9),
        (1, 1, 9, 9),
    ]
    (written,) = (await mediation.dispute(dispute_id)).assessments
    assert (written.version, written.author) == (1, mediation.mediator.id)
    assert "同意调解" not in (await mediation.row(dispute_id))["sealed"]
    assert (await mediation.audited(dispute_id))[-2:] == ["assessment.write"] * 2


async def test_an_answer_that_is_not_a_plain_yes_needs_a_note(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1()
    at = f"/disputes/{dispute_id}/assessments/assessment_1"
    doubt = {"item": "facts_clear", "conclusion": "partly"}
    answer = await mediation.do(at, form(answers=[doubt]), method="PUT")
    assert "item_note_facts_clear" in {one["code"] for one in answer["missing"]}
    noted = {**doubt, "note": "考勤记录缺九月"}
    answer = await mediation.do(at, form(answers=[noted]), method="PUT")
    assert not {one["code"] for one in answer["missing"]} & {
        "item_note_facts_clear",
        "item_open_facts_clear",
    }


async def test_signed_content_is_kept_and_a_new_version_needs_a_reason(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.to_assessment_1()
    await mediation.assess(dispute_id, "assessment_1", ITEMS_1)
    at = f"/disputes/{dispute_id}/assessments/assessment_1"
    changed = form(*ITEMS_1, judgement="补充意见")
    signed = (mediation.mediator, changed, (409, "assessment_signed"))
    await mediation.refuses(at, {"signed": signed}, method="PUT")
    amended = {**changed, "reason": "新证据"}
    answer = await mediation.do(at, amended, method="PUT")
    assert "signature_missing_mediator" in {one["code"] for one in answer["missing"]}
    first, second = (await mediation.dispute(dispute_id)).assessments
    assert (first.judgement, len(first.valid_signatures)) == ("同意继续办理", 1)
    assert (second.version, second.valid_signatures) == (2, ())


async def test_what_is_not_written(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1()
    at, by = f"/disputes/{dispute_id}/assessments", mediation.mediator
    for stage, expected in (
        ("assessment_2", WRONG_STAGE),
        ("acceptance", NOT_FOUND),
        ("assessment_9", NOT_FOUND),
    ):
        written = (by, form(*(ITEMS_2 if stage == "assessment_2" else ())), expected)
        await mediation.refuses(f"{at}/{stage}", {stage: written}, method="PUT")
    await mediation.refuses(
        f"{at}/assessment_1",
        {
            "an item of another form": (by, form("lessons"), INVALID),
            "an item twice": (by, form("handling", "handling"), INVALID),
            "no such conclusion": (
                by,
                form(answers=[{"item": "handling", "conclusion": "perhaps"}]),
                INVALID,
            ),
            "dispatcher": (mediation.dispatcher, form(), NOT_ALLOWED),
        },
        method="PUT",
    )
    problem = await mediation.refuse(f"{at}/assessment_1", form("handling", "x"), method="PUT")
    assert [one["field"] for one in problem["errors"]] == ["answers[1].item"]
    await mediation.suspended(dispute_id)
    stopped = (mediation.supervisor, form(), NOT_RUNNING)
    await mediation.refuses(f"{at}/assessment_1", {"suspended": stopped}, method="PUT")
