"""Calling again about the same matter adds to the case and makes no second one."""

import pytest
from sqlalchemy import func
from sqlmodel import select

from services.intake.tables import CaseRow, NoteRow, PartyRow
from shared.testing.rig import Rig
from tests.intake.forms import (
    COUNTY_OPERATOR,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    names,
    registered,
)

AGAIN = {
    "phone": "13800136207",
    "caller_name": "陈某明",
    "narrative": "来电人催问进展，称老板仍未接电话。",
    "call_id": None,
}


async def test_a_further_call_is_a_note_of_the_same_person(intake: Rig) -> None:
    told = await registered(intake)
    answer = await intake.post(f"/cases/{told['case_id']}/calls", AGAIN, actor=OPERATOR)
    assert answer.status_code == 201, answer.text
    assert answer.json()["case_no"] == told["case_no"]
    (note,) = await intake.rows(select(NoteRow))
    (party,) = await intake.rows(select(PartyRow))
    assert (note["kind"], note["party_id"]) == ("call", party["id"])
    assert names(await intake.facts()) == ["case_registered", "case_note_added"]
    assert await intake.rows(select(func.count()).select_from(CaseRow)) == [(1,)]


async def test_a_number_we_do_not_know_leaves_the_caller_open(intake: Rig) -> None:
    told = await registered(intake)
    call = {**AGAIN, "phone": "13900001111"}
    await intake.post(f"/cases/{told['case_id']}/calls", call, actor=OPERATOR)
    (note,) = await intake.rows(select(NoteRow))
    assert note["party_id"] is None


async def test_a_closed_case_takes_no_further_call(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION, handling="answer", answer="membership_how")
    answer = await intake.post(f"/cases/{told['case_id']}/calls", AGAIN, actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_not_in_this_state")
    assert await intake.rows(select(NoteRow)) == []


async def test_a_mediator_takes_no_calls_and_another_county_does_not_know_the_case(
    intake: Rig,
) -> None:
    told = await registered(intake)
    path = f"/cases/{told['case_id']}/calls"
    assert (await intake.post(path, AGAIN, actor=MEDIATOR)).status_code == 403
    assert (await intake.post(path, AGAIN, actor=COUNTY_OPERATOR)).status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"phone": ""}, "phone_missing"),
        ({"phone": "1380013620"}, "phone_not_understood"),
        ({"narrative": ""}, "narrative_missing"),
    ],
)
async def test_a_bad_field_is_named(intake: Rig, change: dict[str, str], code: str) -> None:
    told = await registered(intake)
    path = f"/cases/{told['case_id']}/calls"
    answer = await intake.post(path, {**AGAIN, **change}, actor=OPERATOR)
    assert [one["code"] for one in answer.json()["errors"]] == [code]
