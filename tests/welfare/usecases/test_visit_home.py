"""The home visit is recorded once it took place; it opens or re-checks the household's file."""

from datetime import timedelta

from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, TODAY, Story


async def test_a_visit_opens_the_file_that_file_based_aid_needs(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).reviewed_first()
    await story.visited()
    rows = await welfare.context.db.pool.fetch(
        "SELECT is_active, rechecked_on, hardship FROM hardship_file"
    )
    assert [(r["is_active"], r["rechecked_on"], r["hardship"]) for r in rows] == [
        (True, TODAY, "calamity")
    ]
    page = (await welfare.get(f"/applications/{story.id}", actor=OFFICER)).json()
    states = {one["id"]: one["state"] for one in page["checks"]["items"]}
    assert (states["W8"], states["W9"]) == ("pass", "pass")


async def test_a_visit_lies_neither_in_the_future_nor_before_the_application(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).reviewed_first()
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        body = {"visited_on": day.isoformat(), "companion": "黄某", "report": "属实"}
        answer = await story.post("visit", body, actor=OFFICER)
        assert answer.json()["errors"][0]["code"] == "visit_day"
