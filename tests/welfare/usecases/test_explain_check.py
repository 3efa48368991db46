"""A car in the cross-check waits for the reviewer's judgement; a second grant of a household for the supervisor's."""

from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, REVIEWER, SUPERVISOR, Story

CAR = {"found": True, "what": "小型客车（2013 年）", "explanation": "亡夫营运车，已注销"}


async def test_an_explanation_is_believed_with_a_reason_and_the_review_goes_on(
    welfare: Rig,
) -> None:
    story = await (await (await Story(welfare).opened()).filled(assets=CAR)).submitted()
    refused = (await story.post("review", actor=REVIEWER)).json()
    assert refused["code"] == "checks_block"
    assert "W13" in refused["zh"]
    body = {"check": "W13", "accepted": True, "reason": ""}
    assert (await story.post("explanations", body, actor=REVIEWER)).json()[
        "code"
    ] == "reason_needed"
    body["reason"] = "注销证明属实"
    assert (await story.post("explanations", body, actor=OFFICER)).status_code == 403
    told = await story.must("explanations", body, actor=REVIEWER)
    assert told["blocked"] == []
    await story.must("review", actor=REVIEWER)
    page = (await welfare.get(f"/applications/{story.id}", actor=REVIEWER)).json()
    judged = {one["id"]: one["explanation"] for one in page["checks"]["items"]}["W13"]
    assert judged["reason"] == "注销证明属实"


async def test_only_a_supervisor_allows_a_second_grant_and_no_explanation_replaces_a_rule(
    welfare: Rig,
) -> None:
    story = await (await Story(welfare).opened()).filled()
    body = {"check": "W2", "accepted": True, "reason": "两起事故"}
    assert (await story.post("explanations", body, actor=REVIEWER)).status_code == 403
    await story.must("explanations", body, actor=SUPERVISOR)
    body["check"] = "W7"
    refused = await story.post("explanations", body, actor=REVIEWER)
    assert refused.json()["code"] == "check_not_explainable"
