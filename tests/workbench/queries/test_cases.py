"""The list of cases: what a reader may see, what a search finds, and pages that neither lose nor repeat."""

from typing import Any

import msgspec
import pytest

from shared.testing.rig import Rig
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import someone
from tests.workbench.story import Story

CITY = someone(Role.OPERATOR)


async def case_numbers(rig: Rig, actor: Actor, **asked: Any) -> list[str]:
    answer = await rig.get("/api/workbench/cases", actor=actor, **asked)
    assert answer.status_code == 200, answer.text
    return [one["case_no"] for one in answer.json()["items"]]


async def one_case(rig: Rig, **differs: Any) -> Story:
    story = Story(**differs)
    await rig.deliver(
        story.employer(), story.caller(rig.context.cipher), story.registered(), story.opened()
    )
    return story


@pytest.mark.parametrize(
    "typed",
    [
        "ZQ-20261124-000131",
        "zq20261124000131",
        "000131",
        "13800136207",
        "138 0013 6207",
        "6207",
        "陈建明",
        "琅石",
        "琅石建材",
    ],
)
async def test_a_search_finds_the_case(workbench: Rig, typed: str) -> None:
    await one_case(workbench)
    other = Story(number="ZQ-20261124-000999", employer_id=Story().employer_id)
    await workbench.deliver(other.employer("高要区岑岭五金厂"), other.registered())
    assert await case_numbers(workbench, CITY, q=typed) == ["ZQ-20261124-000131"]


@pytest.mark.parametrize("typed", ["7K3M9Q2T", "7k3m-9q2t", "7K3M 9Q2T"])
async def test_a_tracking_code_read_aloud_finds_its_case(workbench: Rig, typed: str) -> None:
    blind = workbench.context.cipher.blind("7K3M9Q2T", "case.tracking")
    story = Story()
    await workbench.deliver(story.employer(), story.registered(tracking_blind=blind))
    await workbench.deliver(Story(number="ZQ-20261124-000999").registered())
    assert await case_numbers(workbench, CITY, q=typed) == ["ZQ-20261124-000131"]


@pytest.mark.parametrize(
    "typed", ["7K3M9Q2V", "陈建", "3800", "13800136208", "%", "琅_建材", "石建琅"]
)
async def test_a_search_finds_nothing_else(workbench: Rig, typed: str) -> None:
    await one_case(workbench)
    assert await case_numbers(workbench, CITY, q=typed) == []


async def test_a_county_sees_its_own_cases_and_the_city_sees_all(workbench: Rig) -> None:
    await one_case(workbench, number="ZQ-20261124-000001", org="zq.441284")
    await one_case(workbench, number="ZQ-20261124-000002", org="zq.441204")
    await one_case(workbench, number="ZQ-20261124-000003", org="zq.4412840")
    seen = await case_numbers(workbench, someone(Role.MEDIATOR, org="zq.441284"))
    assert seen == ["ZQ-20261124-000001"]
    assert len(await case_numbers(workbench, CITY)) == 3


async def test_a_case_dispatched_elsewhere_stays_visible_to_who_registered_it(
    workbench: Rig,
) -> None:
    story = Story(org="zq.441204")
    await workbench.deliver(story.registered(), story.opened(org="zq.441284"))
    registrar = Actor(story.operator_id, frozenset({Role.OPERATOR}), "zq.441226")
    assert await case_numbers(workbench, registrar) == [story.number]
    assert await case_numbers(workbench, registrar, scope="mine") == [story.number]
    assert await case_numbers(workbench, someone(Role.OPERATOR, org="zq.441226")) == []


async def test_the_hotline_of_a_place_sees_what_its_desks_wrote_down_wherever_it_went(
    workbench: Rig,
) -> None:
    story = Story(org="zq.441204")
    sent = msgspec.structs.replace(story.registered(), desk_org="zq.441226.003")
    await workbench.deliver(sent, story.opened(org="zq.441284"))
    for role in (Role.OPERATOR, Role.DISPATCHER, Role.SUPERVISOR):
        desk = someone(role, org="zq.441226")
        assert await case_numbers(workbench, desk) == [story.number]
    for stranger in (
        someone(Role.MEDIATOR, org="zq.441226"),
        someone(Role.OPERATOR, org="zq.4412260"),
        someone(Role.OPERATOR, org="zq.441223"),
    ):
        assert await case_numbers(workbench, stranger) == []


async def test_a_lawyer_finds_only_what_is_theirs_even_by_searching(workbench: Rig) -> None:
    story = await one_case(workbench)
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    assert await case_numbers(workbench, lawyer, q="13800136207") == []
    await workbench.deliver(story.offered())
    assert await case_numbers(workbench, lawyer) == [story.number]
    await workbench.deliver(story.declined())
    assert await case_numbers(workbench, lawyer) == []


@pytest.mark.parametrize("sort", ["due", "registered"])
async def test_pages_neither_lose_nor_repeat_a_case(workbench: Rig, sort: str) -> None:
    stories = [Story(number=f"ZQ-20261124-{n:06d}") for n in range(120)]
    await workbench.deliver(*(story.registered() for story in stories))
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = await workbench.get("/api/workbench/cases", actor=CITY, sort=sort, cursor=cursor)
        page = answer.json()
        assert page["total"] == 120
        seen += [one["case_no"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(story.number for story in stories)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "handling"}, True),
        ({"state": "closed"}, False),
        ({"state": "any"}, True),
        ({"stage": "acceptance"}, True),
        ({"stage": "meeting"}, False),
        ({"grade": "G1", "lens": "group"}, True),
        ({"region": "441284"}, True),
        ({"region": "441284104"}, False),
        ({"region": "zq.441284"}, True),
        ({"category": "wage_arrears"}, True),
        ({"group": "劳动报酬"}, True),
        ({"group": "社会保险"}, False),
        ({"due": "over"}, False),
        ({"lens": "overdue"}, False),
        ({"scope": "group"}, True),
        ({"scope": "mine"}, False),
    ],
    ids=str,
)
async def test_a_filter_says_what_it_means(
    workbench: Rig, asked: dict[str, str], found: bool
) -> None:
    story = await one_case(workbench)
    await workbench.deliver(story.note())
    assert bool(await case_numbers(workbench, CITY, **asked)) is found


async def test_a_row_shows_the_words_and_no_whole_name(workbench: Rig) -> None:
    await one_case(workbench)
    answer = await workbench.get("/api/workbench/cases", actor=CITY)
    [row] = answer.json()["items"]
    assert row["title"] == "琅石建材 拖欠工资（14 人）"
    assert row["state"] == {"code": "handling", "label": {"zh": "办理中", "en": "In hand"}}
    assert row["org"]["name"] == "四会市总工会"
    assert row["clock"]["kind"] == "first_contact"
    assert "陈建明" not in answer.text
    assert "13800136207" not in answer.text


@pytest.mark.parametrize("cursor", ["x", "%%%", "MjAyNi0xMS0yNA=="])
async def test_a_cursor_of_somebody_elses_making_is_refused(workbench: Rig, cursor: str) -> None:
    answer = await workbench.get("/api/workbench/cases", actor=CITY, cursor=cursor)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "cursor_malformed"
