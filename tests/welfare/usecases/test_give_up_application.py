"""Sent back, rejected, withdrawn: with a reason, and what was held is free again."""

import pytest

from shared.contracts.welfare import ApplicationClosed, ApplicationRejected, FundsReleased
from shared.testing.rig import Rig
from shared.vocabulary.people import Actor
from tests.welfare.story import APPROVER, OFFICER, REVIEWER, Story


async def free(rig: Rig) -> int:
    rows = await rig.context.db.pool.fetch(
        "SELECT credits_posted - debits_posted - debits_pending AS fen FROM ledger_account WHERE kind = 'budget'"
    )
    return int(rows[0]["fen"])


@pytest.mark.parametrize(
    ("path", "actor", "outcome"),
    [
        ("reject", REVIEWER, "rejected"),
        ("reject", APPROVER, "rejected"),
        ("withdraw", OFFICER, "withdrawn"),
    ],
)
async def test_the_end_of_an_application_frees_its_money(
    welfare: Rig, path: str, actor: Actor, outcome: str
) -> None:
    story = await (await (await Story(welfare).opened()).filled()).public()
    assert await free(welfare) == 9_800_000
    await story.must(path, {"reason": "材料不实"}, actor=actor)
    assert await story.state() == outcome
    assert await free(welfare) == 10_000_000
    facts = await welfare.facts()
    closed = [f for f in facts if isinstance(f, ApplicationClosed)]
    assert [(f.outcome, f.paid_fen) for f in closed] == [(outcome, 0)]
    assert [type(f) for f in facts].count(FundsReleased) == 1
    assert ([type(f) for f in facts].count(ApplicationRejected) == 1) is (outcome == "rejected")


async def test_a_rejection_needs_a_reason(welfare: Rig) -> None:
    story = await (await Story(welfare).opened()).filled()
    assert (await story.post("reject", actor=REVIEWER)).json()["code"] == "reason_needed"
    assert (await story.post("send-back", actor=OFFICER)).json()["code"] == "reason_needed"


async def test_what_was_sent_back_begins_again_and_holds_again(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).submitted()
    await story.must("send-back", {"reason": "缺户口簿"}, actor=REVIEWER)
    assert await free(welfare) == 10_000_000
    await (await story.filled()).public()
    assert await free(welfare) == 9_800_000


async def test_an_approved_application_is_neither_rejected_nor_withdrawn(paying: Rig) -> None:
    story = await (await (await Story(paying).opened()).filled()).approved()
    for path, actor in (("reject", APPROVER), ("withdraw", OFFICER), ("send-back", REVIEWER)):
        refused = await story.post(path, {"reason": "改主意"}, actor=actor)
        assert refused.json()["code"] == "application_not_this_step"
