"""A supervisor sends a case that was handled badly back to its unit: half the time, no call-back before it is done again."""

from uuid import UUID

import pytest

from shared.contracts.intake import CaseReopened
from shared.contracts.mediation import DisputeClosed
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import (
    CALL,
    COUNTY_OPERATOR,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    SUPERVISOR,
    dispute_opened,
    names,
    registered,
)
from tests.intake.usecases.test_record_call_back import HAPPY, call_back, handled, the_case
from tests.intake.usecases.test_refuse_return import DISPATCHER

BACK = {"reason": "unanswered", "note": "只答复了入会程序，会费问题未答复。"}


async def fail_check(intake: Rig, case_id: str, actor: Actor = SUPERVISOR) -> None:
    answer = await intake.post(f"/cases/{case_id}/fail-check", BACK, actor=actor)
    assert (answer.status_code, answer.json()) == (200, {"state": "reopened"}), answer.text


async def test_a_failed_check_takes_the_case_back_to_work_with_half_the_time(intake: Rig) -> None:
    case_id = await handled(intake)
    assert list(await intake.timers(UUID(case_id))) == ["call_back"]
    await fail_check(intake, case_id)
    facts = await intake.facts()
    assert names(facts)[-2:] == ["case_note_added", "case_reopened"]
    told = facts[-1]
    assert isinstance(told, CaseReopened)
    assert (told.cause, told.reason, told.reopened_by) == (
        "check_failed",
        "unanswered",
        SUPERVISOR.id,
    )
    assert [one.rule for one in told.deadlines] == ["R44@1"]
    case = await the_case(intake, case_id)
    assert (case["state"], case["reopened"]) == ("reopened", 1)
    assert (case["handled_at"], case["call_back_due"], case["outcome"]) == (None, None, None)
    assert list(await intake.timers(UUID(case_id))) == ["remind"]
    page = (await intake.get(f"/cases/{case_id}", actor=SUPERVISOR)).json()
    assert page["clocks"][0]["state"] == "running"
    assert BACK["note"] in [one["text"] for one in page["notes"]]


async def test_after_the_second_handling_the_caller_is_asked_as_usual(intake: Rig) -> None:
    case_id = await handled(intake)
    await fail_check(intake, case_id)
    early = await call_back(intake, case_id, HAPPY)
    assert (early.status_code, early.json()["code"]) == (409, "case_not_in_this_state")
    signed = await intake.post(f"/cases/{case_id}/sign", {}, actor=OPERATOR)
    assert signed.json()["state"] == "in_progress"
    done = await intake.post(f"/cases/{case_id}/close", {"note": "已补充答复。"}, actor=OPERATOR)
    assert done.json()["state"] == "handled"
    assert (await call_back(intake, case_id, HAPPY)).json() == {"attempt": 1, "state": "closed"}


async def test_also_a_closed_case_whose_caller_wanted_no_call_fails_the_check(intake: Rig) -> None:
    case_id = (await registered(intake, base=QUESTION, call_back="none"))["case_id"]
    closed = await intake.post(
        f"/cases/{case_id}/close", {"reason": "membership_how"}, actor=OPERATOR
    )
    assert closed.json()["state"] == "closed"
    await fail_check(intake, case_id)
    case = await the_case(intake, case_id)
    assert (case["closed_at"], case["state"]) == (None, "reopened")


async def test_what_no_unit_has_handled_is_not_sent_back(intake: Rig) -> None:
    open_case = (await registered(intake, base=QUESTION))["case_id"]
    at_desk = await registered(intake, base=QUESTION, handling="answer", answer="membership_how")
    in_dispute = (await registered(intake, base=CALL))["case_id"]
    await intake.deliver(dispute_opened(UUID(in_dispute)))
    for case_id in (open_case, at_desk["case_id"], in_dispute):
        answer = await intake.post(f"/cases/{case_id}/fail-check", BACK, actor=SUPERVISOR)
        assert (answer.status_code, answer.json()["code"]) == (409, "case_not_in_this_state")


async def test_a_case_whose_dispute_has_ended_badly_goes_back_too(intake: Rig) -> None:
    case_id = (await registered(intake, base=CALL))["case_id"]
    opened = dispute_opened(UUID(case_id))
    ended = DisputeClosed(dispute_id=opened.dispute_id, case_id=opened.case_id, outcome="withdrawn")
    await intake.deliver(opened, ended)
    assert (await the_case(intake, case_id))["state"] == "handled"
    await fail_check(intake, case_id)
    done = await intake.post(f"/cases/{case_id}/close", {"note": "已督促履行。"}, actor=MEDIATOR)
    assert done.json()["state"] == "handled"


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        ({}, {"reason_unknown", "note_missing"}),
        ({"reason": "lazy", "note": "不行"}, {"reason_unknown"}),
        ({"reason": "wrong", "note": "字" * 1001}, {"note_too_long"}),
    ],
)
async def test_it_says_why(intake: Rig, form: dict[str, str], codes: set[str]) -> None:
    case_id = await handled(intake)
    answer = await intake.post(f"/cases/{case_id}/fail-check", form, actor=SUPERVISOR)
    assert {one["code"] for one in answer.json()["errors"]} == codes
    assert (await the_case(intake, case_id))["state"] == "handled"


async def test_only_a_supervisor_of_the_place_decides_once(intake: Rig) -> None:
    case_id = await handled(intake)
    path = f"/cases/{case_id}/fail-check"
    for who in (OPERATOR, DISPATCHER):
        assert (await intake.post(path, BACK, actor=who)).status_code == 403
    elsewhere = Actor(new_id(), frozenset({Role.SUPERVISOR}), "zq.441202")
    assert (await intake.post(path, BACK, actor=elsewhere)).status_code == 404
    stale = await intake.post(path, BACK, actor=SUPERVISOR, if_match=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    key = str(new_id())
    for _ in range(2):
        assert (await intake.post(path, BACK, actor=SUPERVISOR, key=key)).status_code == 200
    assert (await the_case(intake, case_id))["reopened"] == 1


async def test_the_desk_that_wrote_it_down_sends_back_what_another_unit_handled(
    intake: Rig,
) -> None:
    told = await registered(intake, actor=COUNTY_OPERATOR, base=QUESTION, region="441284104")
    case = await the_case(intake, told["case_id"])
    handler = Actor(new_id(), frozenset({Role.DISPATCHER}), case["org"])
    done = await intake.post(f"/cases/{told['case_id']}/close", {"note": "已答复。"}, actor=handler)
    assert done.json()["state"] == "handled", done.text
    sender = Actor(new_id(), frozenset({Role.SUPERVISOR}), "zq.441202")
    await fail_check(intake, told["case_id"], sender)
