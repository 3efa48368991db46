"""The handler passes on what was visited; nobody skips the visit."""

from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, REVIEWER, Story


async def test_an_application_is_passed_on_after_the_visit_only(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).reviewed_first()
    refused = await story.post("submit", actor=OFFICER)
    assert refused.json()["code"] in {"visit_missing", "application_not_this_step"}
    await story.visited()
    assert (await story.post("review", actor=REVIEWER)).json()[
        "code"
    ] == "application_not_this_step"
    await story.must("submit", actor=OFFICER)
    assert await story.state() == "submitted"
