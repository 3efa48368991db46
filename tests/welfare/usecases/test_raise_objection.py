"""An objection stops the approval while it is open; what it says stays sealed."""

from shared.contracts.welfare import ObjectionRaised
from shared.testing.rig import Rig
from tests.welfare.story import APPROVER, OFFICER, Story, end_the_list

SAID = {"channel": "phone", "text": "邻居覃某称其名下另有商铺"}


async def test_an_open_objection_stops_the_approval(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).public()
    await story.must("objections", SAID, actor=OFFICER)
    await end_the_list(welfare, story.id)
    refused = await story.post("approve", actor=APPROVER)
    assert refused.json()["code"] == "publicity_hinders_approval"
    assert [type(f) for f in await welfare.facts()].count(ObjectionRaised) == 1
    rows = await welfare.context.db.pool.fetch("SELECT objection::text AS t FROM objection")
    assert "商铺" not in rows[0]["t"]


async def test_there_is_nothing_to_object_to_before_or_after_the_list(welfare: Rig) -> None:
    story = await (await Story(welfare).opened()).filled()
    assert (await story.post("objections", SAID, actor=OFFICER)).status_code == 409
    await story.public()
    await end_the_list(welfare, story.id)
    assert (await story.post("objections", SAID, actor=OFFICER)).json()["code"] == "publicity_over"
