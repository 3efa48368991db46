"""When the list's time is over the checks run again; nothing is approved by time alone."""

from shared.contracts.welfare import ApplicationChecked
from shared.testing.rig import Rig
from tests.welfare.story import APPROVER, OFFICER, Story, end_the_list


async def test_the_approver_waits_for_the_end_and_then_approves(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).public()
    refused = await story.post("approve", actor=APPROVER)
    assert refused.json()["code"] == "publicity_hinders_approval"
    await end_the_list(welfare, story.id)
    assert await welfare.fire("publicity_over", story.id) == 1
    assert await story.state() == "public"
    checked = [fact for fact in await welfare.facts() if isinstance(fact, ApplicationChecked)]
    assert "W10" in checked[-1].passed
    await story.must("approve", actor=APPROVER)


async def test_a_list_that_is_no_more_ends_without_a_trace(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).public()
    await story.must("withdraw", actor=OFFICER)
    before = len(await welfare.facts())
    assert await welfare.fire("publicity_over", story.id) == 0
    assert len(await welfare.facts()) == before
