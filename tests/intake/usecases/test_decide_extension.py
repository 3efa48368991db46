"""More time is granted or refused by a supervisor who did not ask for it; a new date begins the ladder anew."""

from datetime import date

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import CaseExtended, ExtensionRefused
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import MEDIATOR, OPERATOR, QUESTION, SUPERVISOR, names, registered
from tests.intake.usecases.test_refuse_return import DISPATCHER
from tests.intake.usecases.test_request_extension import MORE, asked

WHY_NOT = {"note": "材料已齐，请按期办结。"}


async def test_a_granted_extension_moves_the_date_and_the_ladder(intake: Rig) -> None:
    case_id = await asked(intake)
    (before,) = await intake.rows(select(CaseRow))
    await intake.fire("remind", case_id)
    old_ladder = await intake.timers(case_id)
    answer = await intake.post(f"/cases/{case_id}/grant-extension", {}, actor=SUPERVISOR)
    assert (answer.status_code, answer.json()) == (200, {"state": "dispatched"})
    told = (await intake.facts())[-1]
    assert isinstance(told, CaseExtended)
    [new], [old] = told.deadlines, before["deadlines"]
    assert (new.kind, new.rule, new.reason) == ("handling", "R42@1", "talks")
    assert (new.source, new.start_event) == (old["source"], "received")
    assert new.effective >= new.raw > date.fromisoformat(old["effective"])
    (case,) = await intake.rows(select(CaseRow))
    assert (case["extensions"], case["extension_by"]) == (1, None)
    assert case["due_at"] > before["due_at"]
    timers = await intake.timers(case_id)
    assert sorted(timers) == ["remind", "sign"]
    assert timers["remind"] > old_ladder["overdue"]
    assert await intake.fire("remind", case_id) == 1
    assert "overdue" in await intake.timers(case_id)
    again = await intake.post(f"/cases/{case_id}/extension", MORE, actor=MEDIATOR)
    assert (again.status_code, again.json()["code"]) == (409, "already_extended")


async def test_the_page_says_that_the_case_was_extended(intake: Rig) -> None:
    case_id = await asked(intake)
    await intake.post(f"/cases/{case_id}/grant-extension", {}, actor=SUPERVISOR)
    page = (await intake.get(f"/cases/{case_id}", actor=SUPERVISOR)).json()
    assert page["clocks"][0]["rule"]["zh"] == "经批准延期 · 规则 42 v1"


async def test_a_refused_request_leaves_the_date_and_says_why(intake: Rig) -> None:
    case_id = await asked(intake)
    (before,) = await intake.rows(select(CaseRow))
    answer = await intake.post(f"/cases/{case_id}/refuse-extension", WHY_NOT, actor=SUPERVISOR)
    assert answer.status_code == 200
    assert (await intake.facts())[-1] == ExtensionRefused(case_id=case_id, refused_by=SUPERVISOR.id)
    (case,) = await intake.rows(select(CaseRow))
    assert (case["deadlines"], case["extension_by"]) == (before["deadlines"], None)
    assert sorted(await intake.timers(case_id)) == ["remind", "sign"]
    silent = await intake.post(f"/cases/{case_id}/refuse-extension", {}, actor=SUPERVISOR)
    assert [one["code"] for one in silent.json()["errors"]] == ["note_missing"]
    again = await intake.post(f"/cases/{case_id}/extension", MORE, actor=MEDIATOR)
    assert again.status_code == 200


@pytest.mark.parametrize("act", ["grant-extension", "refuse-extension"])
async def test_who_asked_and_who_may_not_decide(intake: Rig, act: str) -> None:
    case_id = await asked(intake, SUPERVISOR)
    path = f"/cases/{case_id}/{act}"
    own = await intake.post(path, WHY_NOT, actor=SUPERVISOR)
    assert (own.status_code, own.json()["code"]) == (409, "own_request")
    for who in (OPERATOR, MEDIATOR, DISPATCHER):
        assert (await intake.post(path, WHY_NOT, actor=who)).status_code == 403
    elsewhere = Actor(new_id(), frozenset({Role.SUPERVISOR}), "zq.441202")
    assert (await intake.post(path, WHY_NOT, actor=elsewhere)).status_code == 404
    chief = Actor(new_id(), frozenset({Role.SUPERVISOR}), "zq.441284")
    key = str(new_id())
    for _ in range(2):
        assert (await intake.post(path, WHY_NOT, actor=chief, key=key)).status_code == 200
    decided = await intake.post(path, WHY_NOT, actor=chief)
    assert (decided.status_code, decided.json()["code"]) == (409, "no_extension_asked")


@pytest.mark.parametrize("act", ["grant-extension", "refuse-extension"])
async def test_without_a_request_there_is_nothing_to_decide(intake: Rig, act: str) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/{act}", WHY_NOT, actor=SUPERVISOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_extension_asked")
    assert names(await intake.facts()) == ["case_registered"]
    stale = await intake.post(f"/cases/{case_id}/{act}", WHY_NOT, actor=SUPERVISOR, if_match=9)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
