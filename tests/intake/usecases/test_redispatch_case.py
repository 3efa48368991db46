"""A returned case is given to another unit, which signs for it; the deadline stays."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import CaseRedispatched
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import MEDIATOR, OPERATOR, QUESTION, SUPERVISOR, names, registered
from tests.intake.usecases.test_refuse_return import DISPATCHER, NOT_OURS, returned

GAOYAO = "zq.441204"
SENT = {"target": GAOYAO, "note": "请高要区总工会办理。"}
NEW_UNIT = Actor(new_id(), frozenset({Role.MEDIATOR}), GAOYAO)


async def test_the_new_unit_has_the_case_and_its_own_time_to_sign(intake: Rig) -> None:
    case_id = await returned(intake)
    (before,) = await intake.rows(select(CaseRow))
    page = {**SENT, "reason": None, "on": None}
    answer = await intake.post(f"/cases/{case_id}/redispatch", page, actor=DISPATCHER)
    assert (answer.status_code, answer.json()) == (200, {"state": "dispatched"})
    told = (await intake.facts())[-1]
    timers = await intake.timers(case_id)
    assert sorted(timers) == ["remind", "sign"]
    assert told == CaseRedispatched(
        case_id=case_id, org=GAOYAO, dispatched_by=DISPATCHER.id, sign_due=timers["sign"]
    )
    (case,) = await intake.rows(select(CaseRow))
    assert (case["org"], case["state"], case["returned_by"]) == (GAOYAO, "dispatched", None)
    assert (case["deadlines"], case["due_at"]) == (before["deadlines"], before["due_at"])
    assert (await intake.post(f"/cases/{case_id}/sign", actor=MEDIATOR)).status_code == 404
    assert (await intake.post(f"/cases/{case_id}/sign", actor=NEW_UNIT)).status_code == 200


async def test_two_dispatchers_at_once_send_it_to_one_unit(intake: Rig) -> None:
    case_id = await returned(intake)
    (case,) = await intake.rows(select(CaseRow))
    first = await intake.post(
        f"/cases/{case_id}/redispatch", SENT, actor=DISPATCHER, if_match=case["version"]
    )
    second = await intake.post(
        f"/cases/{case_id}/redispatch",
        {"target": "zq.441202"},
        actor=SUPERVISOR,
        if_match=case["version"],
    )
    assert first.status_code == 200
    assert (second.status_code, second.json()["code"]) == (409, "stale_version")


async def test_the_third_return_is_decided_by_a_supervisor(intake: Rig) -> None:
    case_id = await returned(intake)
    for unit, who in ((GAOYAO, NEW_UNIT), ("zq.441284", MEDIATOR)):
        sent = {"target": unit}
        await intake.post(f"/cases/{case_id}/redispatch", sent, actor=DISPATCHER)
        await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=who)
    refused = await intake.post(f"/cases/{case_id}/redispatch", SENT, actor=DISPATCHER)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_returns")
    granted = await intake.post(f"/cases/{case_id}/redispatch", SENT, actor=SUPERVISOR)
    assert granted.status_code == 200


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"target": None}, "target"),
        ({"target": "zq.999999"}, "target"),
        ({"target": "zq.441284"}, "target"),
        ({"target": GAOYAO, "note": "字" * 1001}, "note"),
    ],
)
async def test_the_unit_exists_and_is_another_one(
    intake: Rig, form: dict[str, Any], field: str
) -> None:
    case_id = await returned(intake)
    answer = await intake.post(f"/cases/{case_id}/redispatch", form, actor=DISPATCHER)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


async def test_a_complaint_is_not_given_to_whom_it_is_about(intake: Rig) -> None:
    case_id = (await registered(intake, base=QUESTION, category="complaint"))["case_id"]
    unit = Actor(new_id(), frozenset({Role.WELFARE_OFFICER}), "zq")
    await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=unit)
    path = f"/cases/{case_id}/redispatch"
    for target in ("zq.441284", "zq.441284.104"):
        refused = await intake.post(path, {"target": target}, actor=SUPERVISOR)
        assert [one["code"] for one in refused.json()["errors"]] == ["unit_not_possible"]
    assert (await intake.post(path, SENT, actor=SUPERVISOR)).status_code == 200


async def test_a_case_nobody_returned_stays_where_it_is(intake: Rig) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/redispatch", SENT, actor=DISPATCHER)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_not_in_this_state")
    assert names(await intake.facts()) == ["case_registered"]


@pytest.mark.parametrize("who", [OPERATOR, MEDIATOR])
async def test_a_unit_and_an_operator_do_not_decide(intake: Rig, who: Actor) -> None:
    case_id = await returned(intake)
    answer = await intake.post(f"/cases/{case_id}/redispatch", SENT, actor=who)
    assert answer.status_code == 403


async def test_the_candidates_are_what_the_act_takes(intake: Rig) -> None:
    case_id = await returned(intake)
    path = f"/cases/{case_id}/candidates"
    answer = await intake.get(path, actor=DISPATCHER, act="redispatch")
    units = [one["id"] for one in answer.json()["items"]]
    assert {"zq", GAOYAO} <= set(units)
    assert "zq.441284" not in units
    for unit in (units[0], units[-1]):
        sent = await intake.post(f"/cases/{case_id}/redispatch", {"target": unit}, actor=DISPATCHER)
        assert sent.status_code == 200
        holder = Actor(UUID(int=5), frozenset({Role.MEDIATOR}), unit)
        assert (
            await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=holder)
        ).status_code == 200
    stranger = Actor(new_id(), frozenset({Role.MEDIATOR}), "zq.441223")
    assert (await intake.get(path, actor=stranger, act="redispatch")).status_code == 404
