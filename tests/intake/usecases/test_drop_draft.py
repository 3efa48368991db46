"""Throwing away one's own draft."""

from sqlmodel import select

from services.intake.tables import DraftRow
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.intake.forms import OPERATOR

HALF = {"state": "draft", "call": {"phone": "138"}}


async def test_a_dropped_draft_is_gone_and_dropping_it_again_is_fine(intake: Rig) -> None:
    path = f"/drafts/{new_id()}"
    await intake.put(path, HALF, actor=OPERATOR)
    for _ in range(2):
        answer = await intake.send("DELETE", path, {}, actor=OPERATOR)
        assert (answer.status_code, answer.content) == (204, b"")
    assert await intake.rows(select(DraftRow)) == []


async def test_the_draft_of_another_stays(intake: Rig) -> None:
    path = f"/drafts/{new_id()}"
    await intake.put(path, HALF, actor=OPERATOR)
    await intake.send("DELETE", path, {}, actor=Actor(new_id(), OPERATOR.roles, "zq"))
    assert len(await intake.rows(select(DraftRow))) == 1
