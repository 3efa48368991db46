"""What became of the messages of a fact: one that was sent again counts by the newer one."""

from msgspec.structs import replace

from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from tests.workbench.queries.test_case_page import CITY, story_on


async def test_a_message_sent_again_counts_once_by_what_became_of_the_newer(workbench: Rig) -> None:
    story, registered = await story_on(workbench)
    old, new = new_id(), new_id()
    failed = story.failed(registered, old)
    closed = replace(failed, reason="sent_again", call_task=False)
    said = []
    for facts in (
        (story.queued(registered, old), failed),
        (closed, story.queued(registered, new)),
        (story.delivered(registered, new),),
    ):
        await workbench.deliver(*facts)
        path = f"/api/workbench/cases/{story.case_id}/timeline"
        items = (await workbench.get(path, actor=CITY)).json()["items"]
        [echo] = next(one for one in items if one["id"] == str(registered))["caused"]
        said.append((echo["tone"], echo["text"]["zh"]))
    assert said == [
        ("soon", "通知 0 / 1 送达；1 人未送达，已转电话任务"),
        ("normal", "通知 0 / 1 已送达"),
        ("done", "通知 1 / 1 已送达"),
    ]
