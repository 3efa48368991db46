"""Every role's own page: the operator's queue, the board, the agenda, aid, numbers, notices, tracking."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.workbench.queries import operations
from shared.contracts.topics import TOPICS
from shared.kernel.bus import TopicSpec
from shared.kernel.clock import now
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import SECURITY_ADMIN, someone
from tests.workbench.story import AT, Story

SUPERVISOR = someone(Role.SUPERVISOR)


async def test_the_queue_lists_call_backs_due_today_and_counts_later_ones(workbench: Rig) -> None:
    operator = someone(Role.OPERATOR)
    due, later = Story(number="ZQ-20261124-000001"), Story(number="ZQ-20261124-000002")
    for story in (due, later):
        await workbench.deliver(
            story.employer(),
            story.caller(workbench.context.cipher),
            story.registered(),
            story.handled(),
        )
    pool = workbench.context.db.pool
    await pool.fetch(
        "UPDATE card SET due_at = now() - interval '1 hour' WHERE case_id = $1", due.case_id
    )
    await pool.fetch(
        "UPDATE card SET due_at = now() + interval '3 days' WHERE case_id = $1", later.case_id
    )
    page = (await workbench.get("/api/workbench/queue", actor=operator)).json()
    [item] = page["items"]
    assert (item["kind"], item["case_no"]) == ("callback", "ZQ-20261124-000001")
    assert (item["who_masked"], item["phone_tail"]) == ("陈*明", "6207")
    assert (page["counts"]["all"], page["counts"]["callback"]) == (1, 1)
    assert page["later"]["count"] == 1


async def test_a_message_that_did_not_arrive_becomes_a_telephone_task(workbench: Rig) -> None:
    story, cause = Story(), new_id()
    await workbench.deliver(story.registered(), story.queued(cause), story.failed(cause))
    await workbench.context.db.pool.fetch("UPDATE card SET due_at = now()")
    page = (await workbench.get("/api/workbench/queue", actor=someone(Role.OPERATOR))).json()
    assert "电话告知" in page["items"][0]["summary"]["zh"]


async def test_the_board_has_the_stages_with_the_worst_card_on_top(workbench: Rig) -> None:
    one, two = Story(number="ZQ-20261124-000001"), Story(number="ZQ-20261124-000002")
    for story in (one, two):
        await workbench.deliver(
            story.employer(), story.registered(), story.opened(), story.mediator()
        )
        await workbench.deliver(story.progressed(missing=("signature_missing_mediator",)))
    await workbench.context.db.pool.fetch(
        "UPDATE card SET due_at = now() + CASE case_id WHEN $1 THEN -1 ELSE 1 END * interval '1 day'",
        two.case_id,
    )
    mediator = Actor(one.mediator_id, frozenset({Role.MEDIATOR}), "zq.441284")
    board = (await workbench.get("/api/workbench/board", actor=mediator)).json()
    columns = {column["stage"]: column for column in board["columns"]}
    assert list(columns) == [
        "acceptance", "assessment_1", "meeting", "assessment_2",
        "mediation", "assessment_3", "performance", "archive",
    ]  # fmt: skip
    cards = columns["assessment_1"]["cards"]
    assert [card["case_no"] for card in cards] == ["ZQ-20261124-000002", "ZQ-20261124-000001"]
    assert (cards[0]["employer"], cards[0]["matter"]) == ("琅石建材", "拖欠工资")
    assert cards[0]["missing"] == {
        "count": 1,
        "first": {"zh": "调解员签字", "en": "mediator's signature"},
    }
    assert (board["scopes"]["mine"], board["scopes"]["group"]) == (1, 2)
    assert board["lenses"]["over"] == 1
    over = (await workbench.get("/api/workbench/board", actor=mediator, lens="over")).json()
    assert sum(column["count"] for column in over["columns"]) == 1


async def test_the_agenda_names_payments_that_are_promised(workbench: Rig) -> None:
    story = Story()
    await workbench.deliver(story.registered(), story.opened(), story.mediator(), story.agreed())
    mediator = Actor(story.mediator_id, frozenset({Role.MEDIATOR}), "zq.441284")
    agenda = (await workbench.get("/api/workbench/agenda", actor=mediator)).json()
    lanes = {lane["stage"]["code"]: lane["count"] for lane in agenda["lanes"]}
    assert lanes["acceptance"] == 1
    soon = AT + timedelta(days=7) < now() + timedelta(days=7)
    assert [one["amount_fen"] for one in agenda["payments"]] == ([20_000_000] if soon else [])


async def test_the_agenda_lists_agreements_to_sign_and_not_assessments(workbench: Rig) -> None:
    story = Story()
    mediator = Actor(story.mediator_id, frozenset({Role.MEDIATOR}), "zq.441284")

    async def signing(stage: str, *missing: str) -> list[dict[str, str]]:
        await workbench.deliver(story.progressed(stage, missing))
        agenda = (await workbench.get("/api/workbench/agenda", actor=mediator)).json()
        return [one["detail"] for one in agenda["signing"]]

    await workbench.deliver(story.registered(), story.opened(), story.mediator())
    assert await signing("assessment_1", "signature_missing_mediator") == []
    assert await signing("mediation", "session_missing", "agreement_or_outcome") == []
    hands = ("agreement_lacks_workers_at", "agreement_lacks_seal_at")
    assert await signing("mediation", "agreement_lacks_claims", *hands) == [
        {
            "zh": "缺 协议内容、职工方签字、调解组织印章",
            "en": "lacks parts of the agreement, workers' signature, seal",
        }
    ]
    assert (await signing("mediation", hands[1]))[0]["zh"] == "缺 调解组织印章"
    assert await signing("mediation", "represented_unstated") == []


async def test_applications_stand_in_their_state(workbench: Rig) -> None:
    story = Story()
    await workbench.deliver(story.asked_for_aid(), story.moved("submitted"))
    officer = someone(Role.WELFARE_OFFICER, org="zq.441284")
    page = (await workbench.get("/api/workbench/applications", actor=officer)).json()
    [line] = page["items"]
    assert (line["state"]["label"]["zh"], line["programme"]["label"]["zh"]) == (
        "待复核",
        "困难职工生活救助",
    )
    assert page["counts"] == {"submitted": 1}
    elsewhere = someone(Role.WELFARE_OFFICER, org="zq.441204")
    assert (await workbench.get("/api/workbench/applications", actor=elsewhere)).json()[
        "items"
    ] == []


async def test_each_number_opens_a_list_of_that_length(workbench: Rig) -> None:
    for n in range(4):
        story = Story(number=f"ZQ-20261124-{n:06d}")
        await workbench.deliver(story.registered(), story.opened())
        if n == 0:
            await workbench.deliver(story.overdue())
        if n == 1:
            await workbench.deliver(story.handled(), story.called_back(), story.closed())
    await workbench.context.db.pool.fetch(
        "UPDATE card SET due_at = now() + CASE WHEN overdue THEN -1 ELSE 5 END * interval '1 day'"
    )
    numbers = (
        await workbench.get("/api/workbench/numbers", actor=SUPERVISOR, period="year")
    ).json()
    tiles = {tile["code"]: tile for tile in numbers["tiles"]}
    assert (tiles["open"]["value"], tiles["over"]["value"]) == (3, 1)
    assert (tiles["on_time"]["value"], tiles["satisfied"]["value"]) == (100.0, 100.0)
    returned = tiles.pop("returned")
    assert (returned["part"], returned["whole"]) == (0, 4)
    lists = [(tile["href"], tile["whole"] or tile["value"]) for tile in tiles.values()]
    lists.append((returned["href"], returned["part"]))
    lists += [(step["href"], step["count"]) for step in numbers["ladder"]]
    lists += [(share["href"], share["count"]) for share in numbers["categories"]]
    lists += [(unit["href"], unit["open"]) for unit in numbers["units"]]
    for href, count in lists:
        headers = workbench.headers(SUPERVISOR)
        page = (await workbench.http.get(f"/api/workbench{href}", headers=headers)).json()
        assert page["total"] == count, href
    assert numbers["groups"][0]["people"] == 14
    assert len(numbers["trend"]) == 30


async def test_a_notice_goes_to_one_person_and_is_read_once(workbench: Rig) -> None:
    story, me, other = Story(), someone(Role.MEDIATOR), someone(Role.MEDIATOR)
    await workbench.deliver(story.registered(), story.posted(me.id, new_id()))
    [notice] = (await workbench.get("/api/workbench/notices", actor=me)).json()["items"]
    assert (notice["read"], notice["href"]) == (False, f"/cases/{story.case_id}")
    assert (await workbench.get("/api/workbench/notices", actor=other)).json()["items"] == []
    assert (await workbench.get("/api/workbench/desk", actor=me)).json()["unread"] == 1
    done = await workbench.post(
        "/api/workbench/notices/read", {"up_to": notice["notice_id"]}, actor=me
    )
    assert done.status_code == 204, done.text
    assert (await workbench.get("/api/workbench/desk", actor=me)).json()["unread"] == 0


async def test_settings_are_kept_for_each_person(workbench: Rig) -> None:
    wanted = {
        "language": "en",
        "font_size": 18,
        "letter_keys": False,
        "sound": False,
        "after_action": "stay",
    }
    me = someone(Role.OPERATOR)
    answer = await workbench.put("/api/workbench/settings", wanted, actor=me)
    assert answer.json() == wanted
    assert (
        await workbench.put("/api/workbench/settings", {"font_size": 15}, actor=me)
    ).status_code == 422


async def test_the_event_flow_of_a_case_tells_when_each_fact_was_known(workbench: Rig) -> None:
    story = Story()
    await workbench.deliver(story.registered(), story.opened())
    admin = someone(Role.SYSTEM_ADMIN)
    flow = (await workbench.get("/api/workbench/flow", actor=admin, case=story.number)).json()
    assert [hop["name"] for hop in flow["hops"]] == [
        "intake.case_registered",
        "mediation.dispute_opened",
    ]
    assert all(hop["known_ms"] >= hop["told_ms"] - 1 for hop in flow["hops"])


async def test_the_event_flow_begins_with_the_latest_facts_of_all_cases(
    workbench: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "LATEST_FACTS_MAX", 3)
    admin = someone(Role.SYSTEM_ADMIN)
    empty = (await workbench.get("/api/workbench/flow", actor=admin)).json()
    assert (empty["hops"], empty["began_at"], empty["case_id"]) == ([], None, None)
    one, two = Story(number="ZQ-20261124-000001"), Story(number="ZQ-20261124-000002")
    await workbench.deliver(one.registered(), one.opened(), two.registered(), two.opened())
    flow = (await workbench.get("/api/workbench/flow", actor=admin)).json()
    assert [(hop["case_no"][-1], hop["name"]) for hop in flow["hops"]] == [
        ("1", "mediation.dispute_opened"),
        ("2", "intake.case_registered"),
        ("2", "mediation.dispute_opened"),
    ]
    assert flow["hops"][0]["told_ms"] == 0


async def test_operations_shows_services_that_do_not_answer_as_such(workbench: Rig) -> None:
    specs = [TopicSpec(topic.name, topic.partitions) for topic in TOPICS]
    await workbench.context.bus.ensure_topics(specs)
    page = await workbench.get("/api/workbench/overview", actor=someone(Role.SYSTEM_ADMIN))
    states = {one["service"]: one["reachable"] for one in page.json()["services"]}
    assert states == {
        "intake": False, "mediation": False, "welfare": False, "notify": False, "workbench": True,
    }  # fmt: skip


async def test_reading_the_audit_is_audited_and_names_who_is_missing(workbench: Rig) -> None:
    auditor = someone(Role.AUDITOR)
    await workbench.get("/api/workbench/audit", actor=auditor)
    page = (await workbench.get("/api/workbench/audit", actor=auditor, action="audit.read")).json()
    assert [one["action"] for one in page["items"]] == ["audit.read"] * 2
    assert page["missing"] == ["intake", "mediation", "welfare", "notify"]
    chains = (await workbench.get("/api/workbench/audit/check", actor=auditor)).json()["items"]
    assert {one["service"]: one["report"] and one["report"]["ok"] for one in chains}["workbench"]


async def test_a_tracking_code_shows_plain_words_and_no_names(workbench: Rig) -> None:
    story = Story()
    blind = workbench.context.cipher.blind("7K3M9Q2T", "case.tracking")
    await workbench.deliver(
        story.employer(),
        story.caller(workbench.context.cipher),
        story.registered(tracking_blind=blind),
        story.opened(),
    )
    answer = await workbench.http.get("/api/workbench/track/7k3m-9q2t")
    page = answer.json()
    assert page["code"] == "7K3M-9Q2T"
    assert page["title"]["zh"] == "正在征求双方意见"
    assert [step["state"] for step in page["steps"]] == ["done", "now", "next", "next", "next"]
    for secret in ("陈", "琅石", "6207", str(story.case_id), story.number):
        assert secret not in answer.text


async def test_guessing_tracking_codes_is_slowed_down(workbench: Rig) -> None:
    codes = [await workbench.http.get("/api/workbench/track/7K3M9Q2X") for _ in range(12)]
    assert [one.status_code for one in codes[:10]] == [404] * 10
    assert codes[-1].status_code == 429


async def test_staff_to_choose_from_come_with_their_load(workbench: Rig) -> None:
    body = {"staff_no": "2001", "name": "王磊", "roles": ["mediator"], "org": "zq.441284"}
    made = await workbench.post("/api/workbench/staff", body, actor=SECURITY_ADMIN)
    story = Story(mediator_id=UUID(made.json()["staff_id"]))
    await workbench.deliver(story.registered(), story.opened(), story.mediator())
    page = await workbench.get("/api/workbench/staff", actor=SUPERVISOR, role="mediator")
    assert [(one["name"], one["open_disputes"]) for one in page.json()["items"]] == [("王磊", 1)]
    [row] = (await workbench.get("/api/workbench/cases", actor=SUPERVISOR)).json()["items"]
    assert row["owner"]["name"] == "王磊"


async def test_a_returned_case_waits_in_the_dispatchers_queue_with_the_reason(
    workbench: Rig,
) -> None:
    story = Story()
    await workbench.deliver(story.employer(), story.question(), story.returned())
    dispatcher = someone(Role.DISPATCHER)
    queue = (await workbench.get("/api/workbench/queue", actor=dispatcher)).json()
    [item] = queue["items"]
    assert (item["kind"], item["case_id"]) == ("returned", str(story.case_id))
    assert item["summary"]["zh"].endswith("退单，非本辖区")
    assert (queue["counts"]["returned"], queue["counts"]["all"]) == (1, 1)
    only = await workbench.get("/api/workbench/queue", actor=dispatcher, kind="callback")
    assert only.json()["items"] == []
    operator = await workbench.get("/api/workbench/queue", actor=someone(Role.OPERATOR))
    assert operator.json()["counts"]["returned"] == 0
    await workbench.deliver(story.redispatched())
    after = await workbench.get("/api/workbench/queue", actor=dispatcher)
    assert after.json()["items"] == []
