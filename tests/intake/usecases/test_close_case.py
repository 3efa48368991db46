"""A unit finishes a case; the caller is called back the next workday."""

from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import CaseHandled
from shared.testing.rig import Rig
from tests.intake.forms import (
    CALL,
    COUNTY_OPERATOR,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    dispute_opened,
    names,
    registered,
)

REPLY = {"reason": "membership_how", "note": "已告知向镇街工会申请。", "target": None, "on": None}


async def test_a_finished_case_waits_for_its_call_back(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION)
    answer = await intake.post(f"/cases/{told['case_id']}/close", REPLY, actor=OPERATOR, if_match=1)
    assert (answer.status_code, answer.json()["state"]) == (200, "handled")
    facts = await intake.facts()
    assert names(facts) == ["case_registered", "case_note_added", "case_handled"]
    handled = next(fact for fact in facts if isinstance(fact, CaseHandled))
    timers = await intake.timers(UUID(told["case_id"]))
    assert timers == {"call_back": handled.call_back_due}
    (case,) = await intake.rows(select(CaseRow))
    assert (case["state"], case["outcome"], case["version"]) == ("handled", "handled", 3)


async def test_a_caller_who_wants_no_call_back_is_not_called(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION, call_back="none")
    answer = await intake.post(f"/cases/{told['case_id']}/close", REPLY, actor=OPERATOR)
    assert answer.json()["state"] == "closed"
    assert names(await intake.facts())[-2:] == ["case_handled", "case_closed"]
    assert await intake.timers(UUID(told["case_id"])) == {}


@pytest.mark.parametrize("opened", [False, True], ids=["awaited", "open"])
async def test_a_dispute_must_be_finished_by_mediation_first(intake: Rig, opened: bool) -> None:
    told = await registered(intake, base=CALL)
    if opened:
        await intake.deliver(dispute_opened(UUID(told["case_id"])))
    answer = await intake.post(f"/cases/{told['case_id']}/close", REPLY, actor=MEDIATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_parts_open")
    assert names(await intake.facts()) == ["case_registered"]


async def test_a_stale_page_is_told_to_compare(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION)
    path = f"/cases/{told['case_id']}"
    note = {"visibility": "internal", "text": "先记一笔"}
    await intake.post(f"{path}/notes", note, actor=OPERATOR)
    answer = await intake.post(f"{path}/close", REPLY, actor=OPERATOR, if_match=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    (case,) = await intake.rows(select(CaseRow))
    assert case["state"] == "dispatched"


async def test_a_case_is_closed_once(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION)
    path = f"/cases/{told['case_id']}/close"
    await intake.post(path, REPLY, actor=OPERATOR)
    again = await intake.post(path, REPLY, actor=OPERATOR)
    assert (again.status_code, again.json()["code"]) == (409, "case_not_in_this_state")


async def test_another_county_does_not_know_the_case(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION)
    path = f"/cases/{told['case_id']}/close"
    assert (await intake.post(path, REPLY, actor=COUNTY_OPERATOR)).status_code == 404


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        ({"reason": None, "note": ""}, "note"),
        ({"reason": "no_such", "note": ""}, "reason"),
        ({"reason": None, "note": "字" * 2001}, "note"),
    ],
)
async def test_the_reply_says_what_was_told(
    intake: Rig, reply: dict[str, str | None], field: str
) -> None:
    told = await registered(intake, base=QUESTION)
    answer = await intake.post(f"/cases/{told['case_id']}/close", reply, actor=OPERATOR)
    assert [one["field"] for one in answer.json()["errors"]] == [field]
