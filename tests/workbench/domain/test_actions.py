"""A button either needs nothing more or leads to where it asks: none sends a command that lacks what it needs."""

from services.workbench.domain.actions import DEEDS, dispute_actions
from services.workbench.domain.case_actions import case_actions
from services.workbench.domain.labels import PROGRAMMES
from shared.vocabulary.people import Role
from tests.workbench.domain.test_folds import folded
from tests.workbench.people import someone
from tests.workbench.story import Story

STORY = Story()


def test_only_advancing_is_done_by_the_button_itself() -> None:
    card = folded(STORY.registered(), STORY.opened(), STORY.offered())
    found = {one.code: one for one in dispute_actions(card, DEEDS, DEEDS, missing=0)}
    assert {code for code, one in found.items() if one.href is None} == {"advance"}
    assert card.dispute is not None
    assert card.dispute.offer is not None
    assert found["answer_offer"].href == f"/m/offers/{card.dispute.offer.offer_id}"
    assert found["opinion"].href == f"/m/disputes/{card.dispute_id}"
    assert found["send-back"].href == f"/disputes/{card.dispute_id}"


def test_an_offer_that_is_gone_cannot_be_answered() -> None:
    card = folded(STORY.registered(), STORY.opened())
    assert "answer_offer" not in {one.code for one in dispute_actions(card, DEEDS, DEEDS, 0)}


def test_aid_is_opened_by_welfare_and_flagged_by_mediators_with_a_dispute() -> None:
    plain = folded(STORY.registered())
    disputed = folded(STORY.registered(), STORY.opened())

    def aid(card: object, role: Role) -> object:
        found = {one.code: one for one in case_actions(someone(role), card)}  # type: ignore[arg-type]
        return found.get("aid")

    officers = aid(plain, Role.WELFARE_OFFICER)
    assert officers.form.target == "party"  # type: ignore[attr-defined]
    assert [one.code for one in officers.form.reasons] == list(PROGRAMMES)  # type: ignore[attr-defined]
    assert aid(disputed, Role.MEDIATOR).href == f"/disputes/{disputed.dispute_id}"  # type: ignore[attr-defined]
    assert aid(plain, Role.MEDIATOR) is None
    assert aid(disputed, Role.OPERATOR) is None
