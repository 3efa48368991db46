"""Which papers a case has, and how far each is."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.workbench.domain.application import Application
from services.workbench.domain.card import Card, CaseSide
from services.workbench.domain.documents import documents_of
from shared.vocabulary.ids import new_id

AT = datetime(2026, 11, 24, 6, 32, tzinfo=UTC)
CARD = Card(new_id(), CaseSide(received_at=AT))
SIGNED = {hand: AT.isoformat() for hand in ("workers_at", "employer_at", "mediator_at", "seal_at")}


def page(**content: Any) -> dict[str, Any]:
    """Mediation's page of a dispute."""
    empty: dict[str, Any] = {"assessments": [], "agreement": None, "outcome": None, "advice": None}
    stage = {"id": "assessment_1", "zh": "研判一", "en": "Risk", "sign_off": ["mediator", "lead"]}
    return {"stages": [stage], "content": {**empty, **content}}


def shown(*papers: Any) -> list[tuple[str, str, bool]]:
    return [(one.code, one.state.zh, one.done) for one in papers]


def test_a_case_has_its_registration_form_and_one_not_told_of_has_none() -> None:
    assert shown(*documents_of(CARD, None, ())) == [("registration", "已登记", True)]
    assert documents_of(Card(new_id()), None, ()) == ()


@pytest.mark.parametrize(
    ("signatures", "state", "done"), [([], "签字 0 / 2", False), ([AT, AT], "已签署", True)]
)
def test_an_assessment_is_done_once_all_have_signed(
    signatures: list[datetime], state: str, done: bool
) -> None:
    given = [{"at": at.isoformat()} for at in signatures]
    told = page(assessments=[{"stage": "assessment_1", "signatures": given}])
    [_, paper] = documents_of(CARD, told, ())
    assert (paper.title.zh, paper.about) == ("研判一研判表", "assessment_1")
    assert (paper.state.zh, paper.done, paper.at) == (state, done, AT if done else None)


def test_an_agreement_is_printed_to_be_signed_and_dated_once_it_is() -> None:
    draft = page(agreement={"signatures": {**SIGNED, "seal_at": None}})
    assert shown(*documents_of(CARD, draft, ()))[1:] == [("agreement", "待签署", False)]
    [_, paper] = documents_of(CARD, page(agreement={"signatures": SIGNED}), ())
    assert (paper.state.zh, paper.done, paper.at) == ("已签署", True, AT)


@pytest.mark.parametrize(
    ("outcome", "advice", "papers"),
    [
        ("gap_too_wide", None, [("advice", "待送达", False)]),
        ("gap_too_wide", {"receipt": "signed"}, [("advice", "已送达", True)]),
        ("agreement", None, []),
        (None, None, []),
    ],
)
def test_the_advice_on_arbitration_follows_a_failure(
    outcome: str | None, advice: Any, papers: list[Any]
) -> None:
    told = page(outcome=outcome, advice=advice)
    assert shown(*documents_of(CARD, told, ()))[1:] == papers


def test_who_may_not_read_the_content_is_shown_none_of_it() -> None:
    told = {**page(agreement={"signatures": SIGNED}), "content": None}
    assert len(documents_of(CARD, told, ())) == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("approved", "准予帮扶"),
        ("recorded", "准予帮扶"),
        ("rejected", "不予帮扶"),
        ("public", None),
    ],
)
def test_a_decision_on_aid_is_a_paper_once_it_is_made(state: str, words: str | None) -> None:
    one = Application(new_id(), CARD.case_id, state=state, state_since=AT)
    papers = documents_of(CARD, None, [one])[1:]
    assert [(paper.state.zh, paper.about) for paper in papers] == (
        [(words, str(one.application_id))] if words else []
    )
