"""The reviewer's page says what the mock-up says: figures, checks, budget, days, signatures, buttons. All masked."""

import json
from typing import Any

from shared.testing.rig import Rig
from tests.welfare.story import (
    APPROVER,
    CASHIER,
    OFFICER,
    REVIEWER,
    STRANGER,
    Story,
    case_registered,
    form,
)

CAR = {"found": True, "what": "粤H·**16K 小型客车（2013 年）", "explanation": "亡夫营运车，已注销"}


async def page_of(rig: Rig, story: Story, actor: Any = REVIEWER) -> dict[str, Any]:
    answer = await rig.get(f"/applications/{story.id}", actor=actor)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_the_page_shows_the_arithmetic_the_checks_and_what_blocks(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled(assets=CAR)).submitted()
    page = await page_of(welfare, story)
    assert page["state"]["code"] == "submitted"
    assert page["hardship"]["formula"] == "（52,800.00 − 9,600.00）÷ 12 ÷ 3 = 1,200.00 元"
    lines = [(line["hardship"]["code"], line["met"]) for line in page["hardship"]["lines"]]
    assert lines == [("deep", False), ("relative", True), ("calamity", True)]
    assert page["hardship"]["proposed"]["code"] == "calamity"
    assert page["hardship"]["usual_fen"] == 200_000
    assert page["household"]["income_fen"] == 5_280_000
    assert sum(page["checks"]["counts"].values()) == 20
    assert page["checks"]["items"][0]["id"] == "W13"
    assert page["checks"]["counts"]["block"] == 1
    budget = page["budget"]
    assert (budget["own_fen"], budget["others_fen"], budget["available_fen"]) == (
        200_000,
        0,
        9_800_000,
    )
    assert [step["at"] is not None for step in budget["steps"]] == [True, False, False, False]
    review = next(a for a in page["allowed_actions"] if a["code"] == "review")
    assert "W13" in review["blocked"]["zh"]
    assert page["publicity"]["days"][0]["kind"] == "start"
    assert [d["no"] for d in page["publicity"]["days"] if d["kind"] == "counted"] == [1, 2, 3, 4, 5]
    assert [s["state"] for s in page["steps"]][:4] == ["done", "done", "done", "now"]
    assert page["signatures"][0]["state"] == "signed"


async def test_nothing_on_the_page_or_in_a_fact_names_a_person(paying: Rig) -> None:
    story = await (await (await Story(paying).opened()).filled()).approved()
    await story.released()
    page = await paying.get(f"/applications/{story.id}", actor=REVIEWER)
    listed = await paying.get("/applications", actor=REVIEWER)
    public = await paying.get("/publicity", actor=REVIEWER)
    facts = "".join(str(fact) for fact in await paying.facts())
    rows = await paying.context.db.pool.fetch("SELECT application::text AS t FROM application")
    audit = await paying.context.db.pool.fetch("SELECT content FROM kernel.audit")
    stored = rows[0]["t"] + "".join(row["content"] for row in audit)
    said = form()
    secrets = [said["name"], said["id_no"], said["phone"], said["account"]["number"]]
    secrets += [member["name"] for member in said["members"]]
    for secret in secrets:
        for text in (page.text, listed.text, public.text, facts, stored):
            assert secret not in text
    assert "覃*妹" in public.text


async def test_the_queues_count_and_show_due_first(welfare: Rig) -> None:
    one = await (await Story(welfare).opened()).filled()
    two = await Story(welfare).opened()
    answer = await welfare.get("/applications", actor=OFFICER, queue="first_review")
    told = answer.json()
    assert [item["application_id"] for item in told["items"]] == [str(one.id), str(two.id)]
    assert told["counts"]["first_review"] == 2
    assert told["counts"]["review"] == 0
    assert told["items"][0]["clock"]["units_left"] == 3
    assert (await welfare.get("/applications", actor=OFFICER, queue="nowhere")).status_code == 422


async def test_a_long_queue_is_read_in_pages_without_a_gap(welfare: Rig) -> None:
    stories = [await Story(welfare).opened() for _ in range(53)]
    first = (await welfare.get("/applications", actor=OFFICER)).json()
    rest = (await welfare.get("/applications", actor=OFFICER, cursor=first["next_cursor"])).json()
    seen = [item["application_id"] for item in (*first["items"], *rest["items"])]
    assert sorted(seen) == sorted(str(one.id) for one in stories)
    assert rest["next_cursor"] is None


async def test_whoever_may_not_know_of_it_finds_nothing(welfare: Rig) -> None:
    story = await Story(welfare).opened()
    assert (await welfare.get(f"/applications/{story.id}", actor=STRANGER)).status_code == 404
    assert (await welfare.get("/applications", actor=STRANGER)).json()["items"] == []


async def test_the_page_names_the_case_it_came_from(welfare: Rig) -> None:
    story = Story(welfare)
    event = case_registered(story.case_id, story.party_id)
    await welfare.deliver(event)
    rows = await welfare.context.db.pool.fetch("SELECT id FROM application")
    story.id = rows[0]["id"]
    page = await page_of(welfare, story, OFFICER)
    assert page["case_no"] == event.case_number
    assert page["origin"] == "caller"


async def test_each_role_is_offered_its_own_buttons(welfare: Rig) -> None:
    story = await (await Story(welfare).opened()).filled()
    offered = {
        actor: {a["code"] for a in (await page_of(welfare, story, actor))["allowed_actions"]}
        for actor in (OFFICER, REVIEWER, APPROVER, CASHIER)
    }
    assert {"form", "first-review", "withdraw"} <= offered[OFFICER]
    assert "first-review" not in offered[REVIEWER]
    assert offered[CASHIER] == {"checks"}
    assert json.dumps(sorted(offered[APPROVER])) == '["checks", "reject", "send-back"]'
