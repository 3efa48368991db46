"""The caller card."""

from typing import Any

from shared.testing.rig import Rig
from tests.intake.forms import COUNTY_OPERATOR, LAWYER, MEDIATOR, OPERATOR, QUESTION, registered

PHONE = "13800136207"
ID_NUMBER = "441202198503120016"


async def card(intake: Rig, actor: Any = OPERATOR, phone: str = PHONE) -> dict[str, Any]:
    answer = await intake.get("/callers", actor=actor, phone=phone)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_a_new_number_gives_an_empty_card(intake: Rig) -> None:
    told = await card(intake)
    assert told["party"] is None
    assert (told["open_cases"], told["calls_12_months"], told["closed_kinds"]) == ([], 0, [])


async def test_a_known_caller_is_shown_masked_with_open_and_closed_cases(intake: Rig) -> None:
    await registered(intake, id_no=ID_NUMBER)
    await registered(intake, base=QUESTION, handling="answer", answer="asked_and_told")
    told = await card(intake, phone="138 0013-6207")
    assert told["party"]["name_masked"] == "陈*明"
    assert told["party"]["phone_masked"] == "138****6207"
    assert told["party"]["id_no_masked"] == "441202********0016"
    assert (told["party"]["gender"], told["member"]) == ("male", True)
    assert told["party"]["age"] == 41
    assert (told["calls_12_months"], told["closed_count"]) == (2, 1)
    assert told["closed_kinds"][0]["count"] == 1
    assert told["employer"]["short_name"] == "琅石建材"
    (case,) = told["open_cases"]
    assert (case["title"], case["org_name"]) == ("琅石建材拖欠工资（14 人）", "四会市总工会")
    assert case["registrar_masked"] == "陈*明"
    assert (case["clock"]["kind"], case["clock"]["units_left"]) == ("close", 15)
    assert "陈某明" not in str(told)
    assert PHONE not in str(told)


async def test_calls_added_to_a_case_count_as_calls(intake: Rig) -> None:
    told = await registered(intake)
    call = {"phone": PHONE, "caller_name": "陈某明", "narrative": "催问"}
    await intake.post(f"/cases/{told['case_id']}/calls", call, actor=OPERATOR)
    assert (await card(intake))["calls_12_months"] == 2


async def test_the_last_answer_about_satisfaction_is_shown(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION)
    path = f"/cases/{told['case_id']}"
    await intake.post(f"{path}/close", {"reason": "membership_how"}, actor=OPERATOR)
    happy = {"result": "reached", "satisfaction": 4}
    await intake.post(f"{path}/call-backs", happy, actor=OPERATOR)
    assert (await card(intake))["last_satisfaction"]["zh"] == "满意"


async def test_cases_of_another_area_are_not_listed(intake: Rig) -> None:
    await registered(intake)
    assert (await card(intake, COUNTY_OPERATOR))["open_cases"] == []


async def test_only_the_hotline_looks_numbers_up(intake: Rig) -> None:
    for actor in (MEDIATOR, LAWYER):
        answer = await intake.get("/callers", actor=actor, phone=PHONE)
        assert answer.status_code == 403


async def test_what_is_no_number_is_told_so(intake: Rig) -> None:
    answer = await intake.get("/callers", actor=OPERATOR, phone="1380")
    assert answer.json()["errors"][0]["code"] == "phone_not_understood"
