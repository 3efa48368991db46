"""Is it the same matter, and do the calls together make a collective dispute?"""

from typing import Any

import httpx
from sqlmodel import select

from services.intake.tables import EmployerRow
from shared.testing.rig import Rig
from tests.intake.forms import COUNTY_OPERATOR, MEDIATOR, OPERATOR, QUESTION, registered


async def ask(intake: Rig, actor: Any = OPERATOR, **question: Any) -> httpx.Response:
    wanted = {"phone": "13911112222", "employer_id": None, "category": None, "claimant_count": 1}
    return await intake.post("/duplicates", {**wanted, **question}, actor=actor)


async def employer(intake: Rig) -> str:
    return str((await intake.rows(select(EmployerRow)))[0]["id"])


async def test_the_same_number_is_to_be_appended(intake: Rig) -> None:
    told = await registered(intake)
    answer = (await ask(intake, phone="13800136207")).json()
    (item,) = answer["items"]
    assert (item["case_no"], item["act"], item["claimant_count"]) == (told["case_no"], "append", 14)
    assert [one["code"] for one in item["same"]] == ["phone"]
    assert answer["group"] is None


async def test_the_same_employer_and_matter_from_another_number_joins_a_group(intake: Rig) -> None:
    await registered(intake, claimant_count=9)
    question = {"employer_id": await employer(intake), "category": "wage_arrears"}
    answer = (await ask(intake, **question, claimant_count=14)).json()
    (item,) = answer["items"]
    assert [one["code"] for one in item["same"]] == ["employer", "category"]
    assert ([one["code"] for one in item["differs"]], item["act"]) == (["phone"], "join")
    assert answer["group"] == {
        "people_open": 9,
        "people_with_this": 23,
        "threshold": 10,
        "reached": True,
    }


async def test_nine_are_no_group_yet(intake: Rig) -> None:
    await registered(intake, claimant_count=8)
    question = {"employer_id": await employer(intake), "category": "wage_arrears"}
    group = (await ask(intake, **question)).json()["group"]
    assert (group["people_with_this"], group["reached"]) == (9, False)


async def test_the_employer_alone_is_no_duplicate(intake: Rig) -> None:
    await registered(intake)
    question = {"employer_id": await employer(intake), "category": "overtime_pay"}
    assert (await ask(intake, **question)).json() == {"items": [], "group": None}


async def test_closed_and_old_cases_do_not_count(intake: Rig) -> None:
    await registered(intake, base=QUESTION, handling="answer", answer="asked_and_told")
    await registered(intake)
    await intake.context.db.pool.fetch(
        "UPDATE hotline_case SET received_at = received_at - interval '32 days'"
    )
    answer = (await ask(intake, phone="13800136207")).json()
    assert answer["items"] == []


async def test_cases_of_another_area_are_not_shown_but_their_people_count(intake: Rig) -> None:
    await registered(intake, claimant_count=9)
    question = {"employer_id": await employer(intake), "category": "wage_arrears"}
    answer = (await ask(intake, COUNTY_OPERATOR, **question)).json()
    assert (answer["items"], answer["group"]["people_open"]) == ([], 9)


async def test_unknown_never_equals_unknown(intake: Rig) -> None:
    await registered(intake, base=QUESTION)
    await intake.context.db.pool.fetch("UPDATE party SET phone_blind = NULL")
    assert (await ask(intake, category="union_membership")).json()["items"] == []


async def test_half_a_number_is_no_reason_to_fail(intake: Rig) -> None:
    await registered(intake)
    assert (await ask(intake, phone="138")).json() == {"items": [], "group": None}
    assert (await ask(intake, MEDIATOR)).status_code == 403
