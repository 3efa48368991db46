"""A unit asks for more time: nothing moves, the supervisor is asked until he decides or the time is over."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import (
    CaseOverdue,
    CaseReminded,
    ExtensionRefused,
    ExtensionRequested,
)
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import (
    AUDITOR,
    CALL,
    COUNTY_OPERATOR,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    dispute_opened,
    names,
    registered,
)

MORE = {"reason": "talks", "note": "双方约定下周再谈。", "target": None}


async def asked(intake: Rig, who: Actor = MEDIATOR, **form: Any) -> UUID:
    """A case for which more time is asked."""
    case_id = (await registered(intake, **{"base": QUESTION, **form}))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/extension", MORE, actor=who, if_match=1)
    assert answer.status_code == 200, answer.text
    return UUID(case_id)


async def test_the_request_waits_for_the_supervisor_and_moves_nothing(intake: Rig) -> None:
    case_id = await asked(intake)
    facts = await intake.facts()
    assert names(facts) == ["case_registered", "case_note_added", "extension_requested"]
    assert facts[-1] == ExtensionRequested(
        case_id=case_id, reason="talks", requested_by=MEDIATOR.id
    )
    assert "下周" not in str(facts)
    (case,) = await intake.rows(select(CaseRow))
    assert (case["state"], case["extensions"]) == ("dispatched", 0)
    assert (case["extension_by"], case["extension_reason"]) == (MEDIATOR.id, "talks")
    assert sorted(await intake.timers(case_id)) == ["extension_decision", "remind", "sign"]
    for _ in range(2):
        assert await intake.fire("extension_decision", case_id) == 1
    told = [fact for fact in await intake.facts() if isinstance(fact, CaseReminded)]
    assert [fact.deadline for fact in told] == ["extension_decision"] * 2


async def test_what_mediation_has_may_need_more_time_too(intake: Rig) -> None:
    case_id = (await registered(intake, base=CALL))["case_id"]
    await intake.deliver(dispute_opened(UUID(case_id)))
    answer = await intake.post(f"/cases/{case_id}/extension", MORE, actor=MEDIATOR)
    assert (answer.status_code, answer.json()) == (200, {"state": "in_progress"})


async def test_a_request_nobody_decides_lapses_with_the_deadline(intake: Rig) -> None:
    case_id = await asked(intake)
    await intake.fire("remind", case_id)
    await intake.fire("overdue", case_id)
    facts = (await intake.facts())[-2:]
    assert facts == [
        ExtensionRefused(case_id=case_id, refused_by=None),
        CaseOverdue(case_id=case_id, deadline="handling"),
    ]
    (case,) = await intake.rows(select(CaseRow))
    assert (case["extension_by"], case["extension_reason"]) == (None, None)
    assert sorted(await intake.timers(case_id)) == ["sign", "urge"]


async def test_a_finished_case_needs_no_decision(intake: Rig) -> None:
    case_id = await asked(intake)
    reply = {"reason": "membership_how"}
    assert (await intake.post(f"/cases/{case_id}/close", reply, actor=OPERATOR)).status_code == 200
    assert list(await intake.timers(case_id)) == ["call_back"]
    (case,) = await intake.rows(select(CaseRow))
    assert case["extension_by"] is None


async def test_one_request_at_a_time_and_none_after_the_end(intake: Rig) -> None:
    case_id = await asked(intake)
    again = await intake.post(f"/cases/{case_id}/extension", MORE, actor=OPERATOR)
    assert (again.status_code, again.json()["code"]) == (409, "extension_pending")
    late = (await registered(intake, base=QUESTION))["case_id"]
    await intake.context.db.pool.fetch(
        "UPDATE hotline_case SET deadlines = jsonb_set(deadlines, '{0,effective}', '\"2026-01-05\"')"
        " WHERE id = $1",
        UUID(late),
    )
    answer = await intake.post(f"/cases/{late}/extension", MORE, actor=MEDIATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "extension_too_late")


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({}, [("reason", "reason_unknown"), ("note", "note_missing")]),
        ({"reason": "no_such", "note": "说明"}, [("reason", "reason_unknown")]),
        ({"reason": "talks", "note": "字" * 1001}, [("note", "note_too_long")]),
    ],
)
async def test_a_request_says_why(
    intake: Rig, form: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/extension", form, actor=MEDIATOR)
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == errors


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (AUDITOR, 403),
        (COUNTY_OPERATOR, 404),
        (Actor(new_id(), frozenset({Role.MEDIATOR}), "zq.441202"), 404),
    ],
)
async def test_only_the_unit_asks(intake: Rig, who: Actor, status: int) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/extension", MORE, actor=who)
    assert answer.status_code == status
