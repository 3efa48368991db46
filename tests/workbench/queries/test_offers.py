"""What a lawyer reads of an offer before saying yes: whether it is a collective dispute, and nobody's name."""

from shared.testing.rig import Rig
from shared.vocabulary.people import Actor, Role
from tests.workbench.story import Story


async def test_an_offer_says_that_the_dispute_is_collective_and_names_nobody(
    workbench: Rig,
) -> None:
    story = Story()
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    await workbench.deliver(
        story.employer(),
        story.caller(workbench.context.cipher),
        story.registered(),
        story.opened(),
        story.offered(),
    )
    answer = await workbench.get("/api/workbench/offers", actor=lawyer)
    [offer] = answer.json()["items"]
    assert (offer["group"], offer["people"], offer["surnames"]) == (True, 14, ["陈"])
    assert "陈建明" not in answer.text
    assert "13800136207" not in answer.text
