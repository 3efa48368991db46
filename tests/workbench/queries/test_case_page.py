"""The page of a case: everything around it, for those who may see it."""

import asyncio
from time import perf_counter
from uuid import UUID

import pytest

from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import browser, hire, someone
from tests.workbench.story import Story

CITY = someone(Role.OPERATOR)


async def story_on(rig: Rig) -> tuple[Story, UUID]:
    story = Story()
    [_, _, registered, *_] = await rig.deliver(
        story.employer(),
        story.caller(rig.context.cipher),
        story.registered(),
        story.opened(),
        story.mediator(),
        story.progressed(missing=("signature_missing_mediator", "grade_unconfirmed")),
        story.asked_for_aid(),
    )
    return story, registered


async def test_the_page_holds_what_every_service_knows(workbench: Rig) -> None:
    story, _ = await story_on(workbench)
    answer = await workbench.get(f"/api/workbench/cases/{story.case_id}", actor=CITY)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["versions"] == {"intake": 1, "mediation": 3}
    assert page["dispute_id"] == str(story.dispute_id)
    assert page["application_ids"] == [str(story.application_id)]
    assert page["stage"]["code"] == "assessment_1"
    assert [one["code"] for one in page["next_step"]["missing"]] == [
        "signature_missing_mediator",
        "grade_unconfirmed",
    ]
    assert page["next_step"]["title"]["zh"] == "一会"
    [first, *_] = page["parties"]["claimants"]["items"]
    assert (first["name_masked"], first["phone_masked"]) == ("陈*明", "138****6207")
    assert page["parties"]["claimed_fen"] == 46_920_000
    assert page["parties"]["employer"]["name"] == "四会市琅石建材有限公司"
    assert [one["kind"] for one in page["clocks"]] == ["first_contact", "mediation", "close"]
    assert {one["code"] for one in page["allowed_actions"]} >= {"note", "append"}
    assert "陈建明" not in answer.text


async def test_a_case_of_another_county_is_not_there(workbench: Rig) -> None:
    story, _ = await story_on(workbench)
    stranger = someone(Role.MEDIATOR, org="zq.441204")
    for path in ("", "/timeline", "/notes", "/materials", "/related", "/documents", "/changes"):
        url = f"/api/workbench/cases/{story.case_id}{path}"
        hidden = await workbench.get(url, actor=stranger)
        unknown = await workbench.get(url.replace(str(story.case_id), str(new_id())), actor=CITY)
        assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found"), path
        assert unknown.status_code == 404


async def test_before_acceptance_a_lawyer_sees_no_persons_data(workbench: Rig) -> None:
    story, _ = await story_on(workbench)
    await workbench.deliver(story.offered())
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    page = await workbench.get(f"/api/workbench/cases/{story.case_id}", actor=lawyer)
    assert page.json()["parties"]["claimants"]["items"] == []
    [offer] = (await workbench.get("/api/workbench/offers", actor=lawyer)).json()["items"]
    assert offer["surnames"] == ["陈"]
    assert offer["clock"]["kind"] == "offer"
    for text in (page.text, str(offer)):
        assert "陈*明" not in text
        assert "6207" not in text
    await workbench.deliver(story.assigned())
    page = await workbench.get(f"/api/workbench/cases/{story.case_id}", actor=lawyer)
    assert page.json()["parties"]["claimants"]["items"][0]["name_masked"] == "陈*明"
    [accepted] = (await workbench.get("/api/workbench/lawyer/disputes", actor=lawyer)).json()[
        "items"
    ]
    assert accepted["dispute_id"] == str(story.dispute_id)


async def test_messages_hang_on_the_fact_that_caused_them(workbench: Rig) -> None:
    story, registered = await story_on(workbench)
    one, two = new_id(), new_id()
    await workbench.deliver(
        story.queued(registered, one),
        story.queued(registered, two),
        story.delivered(registered, one),
        story.failed(registered, two),
    )
    answer = await workbench.get(f"/api/workbench/cases/{story.case_id}/timeline", actor=CITY)
    items = {item["id"]: item for item in answer.json()["items"]}
    [echo] = items[str(registered)]["caused"]
    assert (echo["service"], echo["tone"]) == ("notify", "soon")
    assert echo["text"]["zh"] == "通知 1 / 2 送达；1 人未送达，已转电话任务"
    texts = [item["text"]["zh"] for item in answer.json()["items"]]
    assert "12351 来电登记：拖欠工资，涉及 **14 人**；分派四会市总工会" in texts
    assert "立为集体争议，14 人，等级 **G1**" in texts
    assert not any("progressed" in text for text in texts)


async def test_one_lane_can_be_read_alone(workbench: Rig) -> None:
    story, _ = await story_on(workbench)
    url = f"/api/workbench/cases/{story.case_id}/timeline"
    answer = await workbench.get(url, actor=CITY, service="welfare")
    assert [item["service"] for item in answer.json()["items"]] == ["welfare"]


async def test_a_read_waits_for_what_was_just_written(workbench: Rig) -> None:
    story = Story()
    url = f"/api/workbench/cases/{story.case_id}"
    token = f"{story.case_id}@1"
    reading = asyncio.create_task(workbench.get(url, actor=CITY, after=token))
    await asyncio.sleep(0.1)
    await workbench.deliver(story.registered())
    answer = await reading
    assert answer.status_code == 200
    assert "Read-Model-Behind" not in answer.headers


async def test_a_read_that_waited_in_vain_says_so(workbench: Rig) -> None:
    story, _ = await story_on(workbench)
    began = perf_counter()
    answer = await workbench.get("/api/workbench/cases", actor=CITY, after=f"{story.case_id}@99")
    assert answer.headers["Read-Model-Behind"] == "true"
    assert perf_counter() - began > 1.5


@pytest.mark.parametrize("token", ["nonsense", "@", "01@x"])
async def test_a_token_that_is_none_is_ignored(workbench: Rig, token: str) -> None:
    answer = await workbench.get("/api/workbench/cases", actor=CITY, after=token)
    assert answer.status_code == 200
    assert "Read-Model-Behind" not in answer.headers


async def test_looking_at_a_case_puts_it_on_the_desk_until_it_is_put_away(workbench: Rig) -> None:
    story, _ = await story_on(workbench)
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await one.sign_in("1207")
    await one.get(f"/api/workbench/cases/{story.case_id}")
    [work] = (await one.get("/api/workbench/desk")).json()["open_work"]
    assert (work["case_id"], work["news"]) == (str(story.case_id), False)
    headers = {"X-CSRF-Token": one.csrf, "Idempotency-Key": "away"}
    away = await one.http.delete(f"/api/workbench/open-work/{story.case_id}", headers=headers)
    assert away.status_code == 204
    assert (await one.get("/api/workbench/desk")).json()["open_work"] == []


async def test_two_people_at_a_case_see_each_other(workbench: Rig) -> None:
    story, _ = await story_on(workbench)
    here, there = someone(Role.OPERATOR), someone(Role.MEDIATOR)
    url = f"/api/workbench/cases/{story.case_id}/presence"
    await workbench.put(url, {"state": "editing"}, actor=here)
    answer = await workbench.put(url, {"state": "viewing"}, actor=there)
    assert [(one["staff_id"], one["state"]) for one in answer.json()["present"]] == [
        (str(here.id), "editing")
    ]
    await workbench.put(url, {"state": "gone"}, actor=here)
    answer = await workbench.put(url, {"state": "viewing"}, actor=there)
    assert answer.json()["present"] == []


async def test_who_may_not_see_a_case_is_not_seen_at_it(workbench: Rig) -> None:
    """A page that stands open while its case goes to another unit keeps saying that it is there."""
    story, _ = await story_on(workbench)
    here, outside = someone(Role.OPERATOR), someone(Role.MEDIATOR, org="zq.441204")
    url = f"/api/workbench/cases/{story.case_id}/presence"
    await workbench.put(url, {"state": "viewing"}, actor=here)
    answer = await workbench.put(url, {"state": "viewing"}, actor=outside)
    assert (answer.status_code, answer.json()["present"]) == (200, [])
    answer = await workbench.put(url, {"state": "viewing"}, actor=here)
    assert answer.json()["present"] == []
