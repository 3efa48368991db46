"""Calling back: reached or not, satisfied or not, and whose fault it was."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import col, select

from services.intake.tables import CallBackRow, CaseRow
from shared.contracts.intake import CallBackRecorded, CaseClosed, CaseReopened
from shared.testing.rig import Rig
from tests.intake.forms import (
    MEDIATOR,
    OPERATOR,
    QUESTION,
    names,
    registered,
)

MISSED = {"result": "no_answer"}
HAPPY = {"result": "reached", "satisfaction": 5}
ANGRY = {
    "result": "reached",
    "satisfaction": 1,
    "handler_at_fault": True,
    "note": "承办人从未联系",
}


async def handled(intake: Rig) -> str:
    told = await registered(intake, base=QUESTION)
    case_id: str = told["case_id"]
    reply = {"reason": "membership_how"}
    answer = await intake.post(f"/cases/{case_id}/close", reply, actor=OPERATOR)
    assert answer.status_code == 200, answer.text
    return case_id


async def call_back(intake: Rig, case_id: str, told: dict[str, Any]) -> httpx.Response:
    return await intake.post(f"/cases/{case_id}/call-backs", told, actor=OPERATOR)


async def the_case(intake: Rig, case_id: str) -> Any:
    return (await intake.rows(select(CaseRow).where(col(CaseRow.id) == UUID(case_id))))[0]


async def test_a_satisfied_caller_closes_the_case(intake: Rig) -> None:
    case_id = await handled(intake)
    answer = await call_back(intake, case_id, HAPPY)
    assert (answer.status_code, answer.json()) == (201, {"attempt": 1, "state": "closed"})
    facts = await intake.facts()
    assert names(facts)[-2:] == ["call_back_recorded", "case_closed"]
    recorded = next(fact for fact in facts if isinstance(fact, CallBackRecorded))
    assert (recorded.result, recorded.satisfaction, recorded.attempt) == ("reached", 5, 1)
    case = await the_case(intake, case_id)
    assert (case["state"], case["satisfaction"]) == ("closed", 5)
    assert await intake.timers(UUID(case_id)) == {}


async def test_three_calls_that_reach_nobody_close_the_case_as_not_reached(intake: Rig) -> None:
    case_id = await handled(intake)
    states = [(await call_back(intake, case_id, MISSED)).json()["state"] for _ in range(3)]
    assert states == ["called_back", "called_back", "closed"]
    closed = [fact for fact in await intake.facts() if isinstance(fact, CaseClosed)]
    assert [fact.outcome for fact in closed] == ["not_reached"]
    assert (await the_case(intake, case_id))["satisfaction"] is None
    rows = await intake.rows(select(CallBackRow).order_by(col(CallBackRow.id)))
    assert [row["attempt"] for row in rows] == [1, 2, 3]
    assert (await call_back(intake, case_id, MISSED)).status_code == 409


async def test_between_two_attempts_the_case_has_its_timer(intake: Rig) -> None:
    case_id = await handled(intake)
    await call_back(intake, case_id, MISSED)
    assert list(await intake.timers(UUID(case_id))) == ["call_back"]


async def test_a_caller_wronged_by_the_handler_gets_the_case_done_again_in_half_the_time(
    intake: Rig,
) -> None:
    case_id = await handled(intake)
    answer = await call_back(intake, case_id, ANGRY)
    assert answer.json()["state"] == "reopened"
    reopened = next(f for f in await intake.facts() if isinstance(f, CaseReopened))
    assert [deadline.rule for deadline in reopened.deadlines] == ["R44@1"]
    case = await the_case(intake, case_id)
    assert (case["reopened"], case["satisfaction"], case["state"]) == (1, 1, "reopened")
    assert list(await intake.timers(UUID(case_id))) == ["remind"]
    closed = await intake.post(f"/cases/{case_id}/close", {"note": "已补办"}, actor=OPERATOR)
    assert closed.json()["state"] == "handled"
    assert (await call_back(intake, case_id, HAPPY)).json()["state"] == "closed"


async def test_a_dissatisfied_caller_whom_nobody_wronged_closes_the_case(intake: Rig) -> None:
    case_id = await handled(intake)
    told = {"result": "reached", "satisfaction": 2, "note": "等得太久"}
    assert (await call_back(intake, case_id, told)).json()["state"] == "closed"


async def test_a_caller_who_does_not_want_to_be_asked_closes_the_case_without_a_mark(
    intake: Rig,
) -> None:
    case_id = await handled(intake)
    assert (await call_back(intake, case_id, {"result": "refused"})).json()["state"] == "closed"
    assert (await the_case(intake, case_id))["satisfaction"] is None


async def test_a_case_that_is_not_handled_is_not_called_back(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION)
    answer = await call_back(intake, told["case_id"], HAPPY)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_not_in_this_state")


async def test_who_handled_the_case_does_not_ask_about_it(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION, region="441284104", actor=OPERATOR)
    path = f"/cases/{told['case_id']}/call-backs"
    answer = await intake.post(path, HAPPY, actor=MEDIATOR)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "told",
    [
        {"result": "reached"},
        {"result": "reached", "satisfaction": 0},
        {"result": "reached", "satisfaction": 6},
        {"result": "no_answer", "satisfaction": 3},
        {"result": "no_answer", "handler_at_fault": True},
        {"result": "refused", "satisfaction": 3},
        {"result": "reached", "satisfaction": 2},
        {"result": "perhaps"},
        {"result": "no_answer", "note": "字" * 501},
    ],
    ids=str,
)
async def test_what_does_not_fit_together_is_refused(intake: Rig, told: dict[str, Any]) -> None:
    case_id = await handled(intake)
    assert (await call_back(intake, case_id, told)).status_code == 422
    assert await intake.rows(select(CallBackRow)) == []
