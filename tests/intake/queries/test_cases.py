"""One case in full, and what its worker reads."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM, Actor
from tests.intake.forms import (
    AUDITOR,
    CALL,
    COUNTY_OPERATOR,
    LAWYER,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    registered,
)


async def page(intake: Rig, case_id: str, actor: Actor = MEDIATOR) -> dict[str, Any]:
    answer = await intake.get(f"/cases/{case_id}", actor=actor)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_who_handles_the_case_reads_what_was_said_and_sees_masked_people(
    intake: Rig,
) -> None:
    told = await registered(intake)
    note = {"visibility": "internal", "text": "已联系厂方"}
    await intake.post(f"/cases/{told['case_id']}/notes", note, actor=MEDIATOR)
    case = await page(intake, told["case_id"])
    assert (case["narrative"], case["version"]) == (CALL["narrative"], 2)
    assert case["caller"]["name_masked"] == "陈*明"
    assert case["caller"]["phone_masked"] == "138****6207"
    assert [one["text"] for one in case["notes"]] == ["已联系厂方"]
    assert case["employer"]["name"] == CALL["employer_name"]
    assert case["category"]["label"]["zh"] == "劳动报酬 / 拖欠工资"
    assert [clock["kind"] for clock in case["clocks"]] == ["close", "first_contact"]
    assert case["clocks"][0]["state"] == "running"


async def test_a_caller_who_hides_is_hidden_from_the_handling_unit_only(intake: Rig) -> None:
    told = await registered(intake, confidential="full")
    assert (await page(intake, told["case_id"]))["caller"]["name_masked"] == "***"
    assert (await page(intake, told["case_id"], OPERATOR))["caller"]["name_masked"] == "陈*明"


async def test_an_auditor_reads_the_case_without_the_person(intake: Rig) -> None:
    told = await registered(intake)
    assert (await page(intake, told["case_id"], AUDITOR))["caller"]["name_masked"] == "***"


@pytest.mark.parametrize("actor", [COUNTY_OPERATOR, LAWYER])
async def test_others_do_not_learn_that_it_exists(intake: Rig, actor: Actor) -> None:
    told = await registered(intake)
    foreign = await intake.get(f"/cases/{told['case_id']}", actor=actor)
    missing = await intake.get(f"/cases/{new_id()}", actor=actor)
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["code"] == missing.json()["code"]


async def test_the_desk_that_wrote_a_case_down_still_sees_it(intake: Rig) -> None:
    told = await registered(intake, actor=COUNTY_OPERATOR)
    assert (await page(intake, told["case_id"], COUNTY_OPERATOR))["org"] == "zq.441284"


async def test_the_worker_reads_plain_words_and_no_names(intake: Rig) -> None:
    told = await registered(intake)
    code = told["tracking_code"].lower()
    typed = f"{code[:4]}-{code[4:]}"
    answer = await intake.get("/cases/by-tracking", actor=SYSTEM, code=typed)
    assert answer.status_code == 200, answer.text
    words = answer.json()
    assert (words["case_no"], words["headline"]["zh"]) == (told["case_no"], "已安排专人办理")
    assert words["closed"] is False
    assert "陈" not in answer.text


async def test_a_finished_case_promises_no_date(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION, handling="answer", answer="asked_and_told")
    words = await intake.get("/cases/by-tracking", actor=SYSTEM, code=told["tracking_code"])
    assert (words.json()["closed"], words.json()["answer_by"]) == (True, None)


@pytest.mark.parametrize("code", ["", "7K3M9Q2", "22222222", "陈某明陈某明陈某"])
async def test_a_code_that_is_none_finds_nothing(intake: Rig, code: str) -> None:
    await registered(intake)
    answer = await intake.get("/cases/by-tracking", actor=SYSTEM, code=code)
    assert answer.status_code == 404


async def test_codes_are_looked_up_for_the_public_page_and_the_hotline_only(intake: Rig) -> None:
    told = await registered(intake)
    query = {"code": told["tracking_code"]}
    assert (await intake.get("/cases/by-tracking", actor=MEDIATOR, **query)).status_code == 403


async def test_the_public_code_lies_nowhere_in_the_case(intake: Rig) -> None:
    told = await registered(intake)
    (row,) = await intake.rows(select(CaseRow))
    assert told["tracking_code"] not in str(dict(row))
    (event,) = await intake.rows(
        text("SELECT body FROM kernel.event WHERE name = 'intake.case_registered'")
    )
    assert told["tracking_code"].encode() not in event["body"]
