"""The files of employers and workers: who may open them, numbers that agree with their lists, nothing in full."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import msgspec
import pytest

from services.workbench.queries import party_file
from shared.contracts.intake import PartyErased, PartyProfiled
from shared.kernel.clock import now
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import someone
from tests.workbench.story import Story

CITY = someone(Role.OPERATOR)
SIHUI, GAOYAO = "zq.441284", "zq.441204"
ID_NUMBER = "441284198503072316"
PROFILE = {
    "name": "陈建明",
    "phone": "13800136207",
    "id_number": ID_NUMBER,
    "sex": "male",
    "language": "yue",
    "sms_consent": False,
    "member": True,
}


def profiled(rig: Rig, party_id: UUID) -> PartyProfiled:
    sealed = rig.context.cipher.seal(msgspec.json.encode(PROFILE).decode(), str(party_id))
    return PartyProfiled(party_id=party_id, sealed=sealed)


async def three_cases(rig: Rig) -> Story:
    """Two open cases in Sihui and a closed one in Gaoyao, all about one firm and one worker, registered just now."""
    first = Story(number="ZQ-20261124-000001")
    shared: dict[str, Any] = {"employer_id": first.employer_id, "claimant_ids": first.claimant_ids}
    second = Story(number="ZQ-20261124-000002", **shared)
    third = Story(number="ZQ-20261124-000003", org=GAOYAO, **shared)
    await rig.deliver(
        first.employer(),
        profiled(rig, first.claimant_ids[0]),
        *(one.registered() for one in (first, second, third)),
        third.handled(),
        third.called_back(4),
        third.closed(),
    )
    await rig.context.db.pool.fetch("UPDATE card SET registered_at = $1", now())
    return first


async def employer_file(rig: Rig, actor: Actor, story: Story) -> Any:
    return await rig.get(f"/api/workbench/employers/{story.employer_id}", actor=actor)


async def party(rig: Rig, actor: Actor, story: Story, path: str = "", **asked: Any) -> Any:
    address = f"/api/workbench/parties/{story.claimant_ids[0]}{path}"
    return await rig.get(address, actor=actor, **asked)


async def listed(rig: Rig, actor: Actor, href: str) -> int:
    """How many the list behind a number holds."""
    asked: dict[str, Any] = dict(parse_qsl(urlsplit(href).query))
    answer = await rig.get("/api/workbench/cases", actor=actor, **asked)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["total"])


@pytest.mark.parametrize(
    ("actor", "counts"),
    [
        (CITY, {"open": 2, "over": 0, "group": 0, "year": 3, "closed": 1}),
        (
            someone(Role.MEDIATOR, org=SIHUI),
            {"open": 2, "over": 0, "group": 0, "year": 2, "closed": 0},
        ),
        (
            someone(Role.WELFARE_OFFICER, org="zq.441226"),
            {"open": 0, "over": 0, "group": 0, "year": 0, "closed": 0},
        ),
    ],
    ids=["the city", "the county of two", "another county"],
)
async def test_each_number_of_an_employer_is_as_long_as_the_list_it_opens(
    workbench: Rig, actor: Actor, counts: dict[str, int]
) -> None:
    story = await three_cases(workbench)
    await workbench.context.db.pool.fetch("UPDATE card SET due_at = now() + interval '1 day'")
    found = (await employer_file(workbench, actor, story)).json()
    assert {one["code"]: one["value"] for one in found["figures"]} == counts
    for one in found["figures"]:
        assert await listed(workbench, actor, one["href"]) == one["value"], one["code"]


async def test_an_employer_shows_its_register_entry(workbench: Rig) -> None:
    story = await three_cases(workbench)
    found = (await employer_file(workbench, CITY, story)).json()
    assert (found["name"], found["region"]["zh"], found["org"]["name"]) == (
        "四会市琅石建材有限公司",
        "迳口镇",
        "四会市总工会",
    )
    assert (found["uscc"], found["headcount"], found["unionised"]) == (None, None, None)


async def test_the_same_matter_again_within_thirty_days_is_a_signal_and_older_calls_are_not(
    workbench: Rig,
) -> None:
    story = await three_cases(workbench)
    [repeat] = (await employer_file(workbench, CITY, story)).json()["repeats"]
    assert (repeat["category"]["code"], repeat["cases"], repeat["people"], repeat["group"]) == (
        "wage_arrears",
        2,
        28,
        True,
    )
    assert await listed(workbench, CITY, repeat["href"]) == 2
    await workbench.context.db.pool.fetch(
        "UPDATE card SET registered_at = $1", now() - timedelta(days=31)
    )
    assert (await employer_file(workbench, CITY, story)).json()["repeats"] == []


async def test_a_lawyer_finds_only_employers_of_the_own_work(workbench: Rig) -> None:
    story = await three_cases(workbench)
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    assert (await employer_file(workbench, lawyer, story)).status_code == 404
    await workbench.deliver(story.opened(), story.offered())
    found = (await employer_file(workbench, lawyer, story)).json()
    assert {one["code"]: one["value"] for one in found["figures"]}["year"] == 1


@pytest.mark.parametrize("path", ["employers", "parties"])
async def test_a_file_that_is_not_there_and_a_role_that_sees_no_cases(
    workbench: Rig, path: str
) -> None:
    address = f"/api/workbench/{path}/{new_id()}"
    assert (await workbench.get(address, actor=CITY)).status_code == 404
    cashier = await workbench.get(address, actor=someone(Role.CASHIER))
    assert cashier.status_code == 403


async def test_a_worker_is_shown_masked_with_ways_to_reach_them(workbench: Rig) -> None:
    story = await three_cases(workbench)
    answer = await party(workbench, CITY, story)
    found = answer.json()
    shown = {
        name: found[name] for name in ("name_masked", "phone_masked", "id_no_masked", "member")
    }
    assert shown == {
        "name_masked": "陈*明",
        "phone_masked": "138****6207",
        "id_no_masked": "441284********2316",
        "member": True,
    }
    assert (found["sex"], found["language"], found["sms_consent"]) == ("male", "yue", False)
    assert (found["open_cases"], found["closed_cases"], found["last_satisfaction"]) == (2, 1, 4)
    assert found["employer"]["name"] == "四会市琅石建材有限公司"
    assert datetime.fromisoformat(found["last_registered_at"])
    for secret in ("陈建明", "13800136207", ID_NUMBER):
        assert secret not in answer.text


async def test_the_cases_of_a_worker_are_those_the_reader_sees(workbench: Rig) -> None:
    story = await three_cases(workbench)
    county = someone(Role.MEDIATOR, org=SIHUI)
    found = (await party(workbench, county, story)).json()
    assert (found["open_cases"], found["closed_cases"]) == (2, 0)
    for state, count in (("open", 2), ("any", 2), ("closed", 0)):
        href = f"/cases?party={story.claimant_ids[0]}&state={state}"
        assert await listed(workbench, county, href) == count


async def test_a_worker_without_a_case_in_the_readers_area_does_not_exist(workbench: Rig) -> None:
    story = await three_cases(workbench)
    stranger = someone(Role.MEDIATOR, org="zq.441226")
    for path in ("", "/applications"):
        assert (await party(workbench, stranger, story, path)).status_code == 404
    await workbench.deliver(Story(org="zq.441226", claimant_ids=story.claimant_ids).asked_for_aid())
    assert (await party(workbench, stranger, story)).status_code == 200


async def test_an_offer_names_nobody_and_an_accepted_one_does(workbench: Rig) -> None:
    story = await three_cases(workbench)
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    await workbench.deliver(story.opened(), story.offered(), story.asked_for_aid())
    assert (await party(workbench, lawyer, story)).status_code == 404
    href = f"/cases?party={story.claimant_ids[0]}&state=any"
    assert await listed(workbench, lawyer, href) == 0
    await workbench.deliver(story.assigned())
    assert (await party(workbench, lawyer, story)).json()["open_cases"] == 1
    assert await listed(workbench, lawyer, href) == 1
    assert (await party(workbench, lawyer, story, "/applications")).json()["items"] == []
    services = f"/api/workbench/callers/{story.claimant_ids[0]}/services"
    shown = (await workbench.get(services, actor=lawyer)).json()["items"]
    assert [one["service"] for one in shown] == ["mediation"]


async def test_an_erased_worker_keeps_cases_and_loses_everything_else(workbench: Rig) -> None:
    story = await three_cases(workbench)
    await workbench.deliver(PartyErased(party_id=story.claimant_ids[0]))
    found = (await party(workbench, CITY, story)).json()
    assert (found["erased"], found["name_masked"], found["phone_masked"]) == (True, "未登记", None)
    assert (found["id_no_masked"], found["member"], found["open_cases"]) == (None, None, 2)


async def test_pages_of_applications_neither_lose_nor_repeat_one(
    workbench: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(party_file, "PAGE_ROWS", 2)
    story = await three_cases(workbench)
    others = [Story(claimant_ids=story.claimant_ids) for _ in range(5)]
    await workbench.deliver(*(one.asked_for_aid() for one in others))
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await party(workbench, CITY, story, "/applications", cursor=cursor)).json()
        seen += [one["application_id"] for one in page["items"]]
        assert all(one["href"] is None for one in page["items"])
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(str(one.application_id) for one in others)
    welfare = (await party(workbench, someone(Role.WELFARE_OFFICER), story, "/applications")).json()
    assert welfare["items"][0]["href"] is not None


async def kinds(rig: Rig, actor: Actor, typed: str) -> list[tuple[str, str]]:
    found = (await rig.get("/api/workbench/search", actor=actor, q=typed)).json()["items"]
    return [(one["kind"], one["title"]) for one in found if one["kind"] != "case"]


@pytest.mark.parametrize("typed", ["13800136207", "6207", "陈建明"])
async def test_a_search_opens_the_file_of_a_worker_only_where_a_case_does(
    workbench: Rig, typed: str
) -> None:
    story = await three_cases(workbench)
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    await workbench.deliver(story.opened(), story.offered())
    assert await kinds(workbench, CITY, typed) == [("party", "陈*明")]
    assert await kinds(workbench, someone(Role.MEDIATOR, org="zq.441226"), typed) == []
    assert await kinds(workbench, lawyer, typed) == []
    await workbench.deliver(story.assigned())
    assert await kinds(workbench, lawyer, typed) == [("party", "陈*明")]


async def test_a_search_opens_the_file_of_an_employer_for_staff(workbench: Rig) -> None:
    story = await three_cases(workbench)
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    assert await kinds(workbench, CITY, "琅石建材") == [("employer", "四会市琅石建材有限公司")]
    assert await kinds(workbench, lawyer, "琅石建材") == []
    assert await kinds(workbench, someone(Role.SECURITY_ADMIN), "琅石建材") == []
