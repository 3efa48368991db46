"""A unit asks to be relieved of a case: the unit keeps it, the dispatcher is asked until he decides."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import CaseReminded, CaseReturned, ReturnRefused
from shared.kernel.clock import now
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import (
    AUDITOR,
    CALL,
    COUNTY_OPERATOR,
    MEDIATOR,
    QUESTION,
    dispute_opened,
    names,
    registered,
)

NOT_OURS = {"reason": "other_place", "note": "用人单位在高要，应由高要区总工会办理。"}


async def test_a_returned_case_waits_for_the_dispatcher_with_the_reason(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    page = {**NOT_OURS, "target": None, "on": None}
    answer = await intake.post(f"/cases/{case_id}/return", page, actor=MEDIATOR, if_match=1)
    assert (answer.status_code, answer.json()) == (200, {"state": "returned"})
    facts = await intake.facts()
    assert names(facts) == ["case_registered", "case_note_added", "case_returned"]
    assert facts[-1] == CaseReturned(
        case_id=case_id, reason="other_place", returned_by=MEDIATOR.id, times=1
    )
    assert "高要" not in str(facts)
    timers = await intake.timers(case_id)
    assert sorted(timers) == ["remind", "return_decision"]
    assert timers["return_decision"] > now()
    (case,) = await intake.rows(select(CaseRow))
    assert (case["org"], case["returned_by"], case["returns"]) == ("zq.441284", MEDIATOR.id, 1)


async def test_the_dispatcher_is_asked_every_working_morning(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=MEDIATOR)
    for _ in range(2):
        assert await intake.fire("return_decision", case_id) == 1
    told = [fact for fact in await intake.facts() if isinstance(fact, CaseReminded)]
    assert [fact.deadline for fact in told] == ["return_decision"] * 2
    assert sorted(await intake.timers(case_id)) == ["remind", "return_decision"]


@pytest.mark.parametrize("opened", [False, True], ids=["awaited", "open"])
async def test_what_mediation_has_is_ended_there_first(intake: Rig, opened: bool) -> None:
    case_id = (await registered(intake, base=CALL))["case_id"]
    if opened:
        await intake.deliver(dispute_opened(UUID(case_id)))
    answer = await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=MEDIATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_part_in_hand")
    assert names(await intake.facts()) == ["case_registered"]


async def test_a_part_that_is_taken_up_meanwhile_settles_the_return(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=MEDIATOR)
    await intake.deliver(dispute_opened(case_id))
    told = [fact for fact in await intake.facts() if isinstance(fact, ReturnRefused)]
    assert told == [ReturnRefused(case_id=case_id, refused_by=None, sign_due=None)]
    (case,) = await intake.rows(select(CaseRow))
    assert (case["state"], case["returned_by"]) == ("in_progress", None)
    assert list(await intake.timers(case_id)) == ["remind"]
    assert await intake.parked() == []


async def test_after_five_working_days_a_unit_keeps_what_it_has(intake: Rig) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    await intake.context.db.pool.fetch(
        "UPDATE hotline_case SET received_at = received_at - interval '30 days'"
    )
    answer = await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=MEDIATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "return_too_late")
    assert (answer.json()["zh"], answer.json()["en"]) != ("", "")


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({"reason": None, "note": ""}, [("reason", "reason_unknown"), ("note", "note_missing")]),
        ({"reason": "no_such", "note": "说明"}, [("reason", "reason_unknown")]),
        ({"reason": "not_ours", "note": "   "}, [("note", "note_missing")]),
        ({"reason": "not_ours", "note": "字" * 1001}, [("note", "note_too_long")]),
    ],
)
async def test_a_return_says_why(
    intake: Rig, form: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/return", form, actor=MEDIATOR)
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == errors
    assert names(await intake.facts()) == ["case_registered"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (AUDITOR, 403),
        (COUNTY_OPERATOR, 404),
        (Actor(new_id(), frozenset({Role.MEDIATOR}), "zq.441202"), 404),
    ],
)
async def test_only_the_unit_returns_its_case(intake: Rig, who: Actor, status: int) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=who)
    assert answer.status_code == status
    stale = await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=MEDIATOR, if_match=7)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
