"""The review starts the publicity; reviewer and handler differ; the class must be one the programme aids."""

from shared.contracts.welfare import PublicityStarted
from shared.testing.rig import Rig
from shared.vocabulary.people import Actor, Role
from tests.welfare.story import OFFICER, REVIEWER, TODAY, Story


async def test_a_passed_review_publishes_the_masked_line_and_sets_the_timer(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).public()
    told = [fact for fact in await welfare.facts() if isinstance(fact, PublicityStarted)]
    assert [fact.starts_on for fact in told] == [TODAY]
    assert "publicity_over" in await welfare.timers(story.id)
    line = (await welfare.get("/publicity", actor=REVIEWER)).json()["items"][0]
    assert line["line"] == "覃*妹 · 肇庆市岑岭五金制品有限公司 · 意外致困 · 2,000.00 元"


async def test_the_handler_does_not_review(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).submitted()
    both = Actor(OFFICER.id, frozenset({Role.REVIEWER, Role.WELFARE_OFFICER}), OFFICER.org)
    refused = (await story.post("review", actor=both)).json()
    assert refused["code"] in {"same_person_signs_twice", "checks_block"}


async def test_a_family_without_hardship_is_not_passed_but_a_person_decides(welfare: Rig) -> None:
    rich = {"income_fen": 90_000_000, "calamity_fen": 0}
    story = await (await (await Story(welfare).opened()).filled(**rich)).submitted()
    refused = await story.post("review", actor=REVIEWER)
    assert refused.json()["code"] == "class_not_covered"
    await story.must("reject", {"reason": "不符合困难类别"}, actor=REVIEWER)
    assert await story.state() == "rejected"
