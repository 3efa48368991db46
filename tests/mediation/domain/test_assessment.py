"""Checklists, and signatures that bind what was signed."""

from dataclasses import replace

import pytest

from services.mediation.domain.assessment import (
    Answer,
    Conclusion,
    NotASigner,
    signed,
    unanswered,
    unsigned_roles,
    written,
)
from services.mediation.domain.grade import Grade
from services.mediation.domain.missing import NotReady
from shared.vocabulary.people import Role
from tests.mediation.domain.builders import DEFAULT, LAWYER, MEDIATORS, NOW, answered

FIRST = DEFAULT.stage("assessment_1")
DRAFT = answered("assessment_1")


def test_every_question_is_asked_and_the_judgement_too() -> None:
    assert len(unanswered(None, FIRST)) == len(FIRST.checklist)
    assert unanswered(DRAFT, FIRST) == []
    assert [one.code for one in unanswered(replace(DRAFT, judgement=""), FIRST)] == [
        "judgement_missing"
    ]


def test_a_question_for_graver_cases_may_stay_open_below() -> None:
    without = replace(DRAFT, answers=tuple(a for a in DRAFT.answers if a.item != "representatives"))
    assert unanswered(without, FIRST) == []
    assert [one.code for one in unanswered(replace(without, grade=Grade.G1), FIRST)] == [
        "item_open_representatives"
    ]


@pytest.mark.parametrize(
    "conclusion", [Conclusion.NO, Conclusion.PARTLY, Conclusion.NOT_APPLICABLE]
)
def test_anything_but_a_yes_is_explained(conclusion: Conclusion) -> None:
    silent = replace(DRAFT, answers=(Answer("facts_clear", conclusion), *DRAFT.answers[1:]))
    assert [one.code for one in unanswered(silent, FIRST)] == ["item_note_facts_clear"]
    told = replace(
        DRAFT, answers=(Answer("facts_clear", conclusion, "考勤缺失"), *DRAFT.answers[1:])
    )
    assert unanswered(told, FIRST) == []


def test_a_signature_binds_the_content() -> None:
    good = signed(DRAFT, FIRST, MEDIATORS[0], Role.MEDIATOR, NOW)
    assert unsigned_roles(good, FIRST) == []
    changes = (
        replace(good, judgement="其他"),
        replace(good, grade=Grade.G3),
        replace(good, reason="其他"),
        replace(good, answers=(*good.answers[:-1], Answer("handling", Conclusion.YES, "补充"))),
    )
    for changed in changes:
        assert changed.valid_signatures == ()
        assert len(unsigned_roles(changed, FIRST)) == 1


def test_the_order_of_answers_does_not_matter_to_the_hash() -> None:
    assert replace(DRAFT, answers=DRAFT.answers[::-1]).content_hash == DRAFT.content_hash


def test_only_complete_content_is_signed_and_only_by_the_roles_asked() -> None:
    with pytest.raises(NotReady):
        signed(replace(DRAFT, judgement=""), FIRST, MEDIATORS[0], Role.MEDIATOR, NOW)
    with pytest.raises(NotASigner):
        signed(DRAFT, FIRST, LAWYER, Role.LAWYER, NOW)


def test_an_unsigned_draft_is_simply_rewritten() -> None:
    first = written((), DRAFT)
    again = written(first, replace(DRAFT, judgement="改写"))
    assert [(one.version, one.judgement) for one in again] == [(1, "改写")]
