"""A case under supervision is reminded of sooner, until that is lifted; its deadline stays (rule 41, 督办)."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import CaseReminded, CaseSupervised, SupervisionLifted
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import (
    CALL,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    SUPERVISOR,
    dispute_opened,
    names,
    registered,
)
from tests.intake.usecases.test_refuse_return import DISPATCHER

WHY = {"note": "职工多次来电，请三日内报进展。"}


async def supervised(intake: Rig, **changes: Any) -> UUID:
    case_id = (await registered(intake, base=QUESTION, **changes))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/supervise", WHY, actor=SUPERVISOR)
    assert (answer.status_code, answer.json()) == (200, {"state": "dispatched"}), answer.text
    return UUID(case_id)


async def test_supervision_brings_the_reminder_forward_and_keeps_the_deadline(intake: Rig) -> None:
    plain = UUID((await registered(intake, base=QUESTION))["case_id"])
    case_id = await supervised(intake)
    rows = {row["id"]: row for row in await intake.rows(select(CaseRow))}
    assert rows[case_id]["supervised_by"] == SUPERVISOR.id
    assert rows[case_id]["due_at"] == rows[plain]["due_at"]
    facts = await intake.facts()
    assert names(facts)[-2:] == ["case_note_added", "case_supervised"]
    assert facts[-1] == CaseSupervised(case_id=case_id, supervised_by=SUPERVISOR.id)
    usual, watched = await intake.timers(plain), await intake.timers(case_id)
    assert sorted(watched) == sorted(usual) == ["remind", "sign"]
    assert watched["remind"] < usual["remind"]
    soon = [
        (await intake.get(f"/cases/{one}", actor=SUPERVISOR)).json()["clocks"][0]["soon_at"]
        for one in (case_id, plain)
    ]
    assert soon[0] < soon[1]


async def test_its_ladder_is_told_apart_and_circulates_sooner(intake: Rig) -> None:
    case_id = await supervised(intake)
    for step in ("remind", "overdue", "urge"):
        assert await intake.fire(step, case_id) == 1
    reminded = [one.deadline for one in await intake.facts() if isinstance(one, CaseReminded)]
    assert reminded == ["supervised", "urge"]
    plain = UUID((await registered(intake, base=QUESTION))["case_id"])
    for step in ("remind", "overdue", "urge"):
        await intake.fire(step, plain)
    circulated = [(await intake.timers(one))["circulate"] for one in (case_id, plain)]
    assert circulated[0] < circulated[1]


async def test_lifting_it_puts_the_reminder_back(intake: Rig) -> None:
    plain = UUID((await registered(intake, base=QUESTION))["case_id"])
    case_id = await supervised(intake)
    path = f"/cases/{case_id}/lift-supervision"
    answer = await intake.post(path, {"note": "已落实。"}, actor=SUPERVISOR)
    assert answer.status_code == 200
    assert (await intake.facts())[-1] == SupervisionLifted(case_id=case_id, lifted_by=SUPERVISOR.id)
    timers = await intake.timers(case_id)
    assert timers["remind"] == (await intake.timers(plain))["remind"]
    again = await intake.post(path, {"note": "已落实。"}, actor=SUPERVISOR)
    assert (again.status_code, again.json()["code"]) == (409, "not_supervised")


async def test_while_a_part_is_awaited_the_ladder_begins_later_at_the_shorter_pace(
    intake: Rig,
) -> None:
    watched, plain = [UUID((await registered(intake, base=CALL))["case_id"]) for _ in range(2)]
    await intake.post(f"/cases/{watched}/supervise", WHY, actor=SUPERVISOR)
    assert list(await intake.timers(watched)) == ["part_expected"]
    await intake.deliver(dispute_opened(watched), dispute_opened(plain))
    assert (await intake.timers(watched))["remind"] < (await intake.timers(plain))["remind"]


async def test_once_is_enough_and_what_has_ended_needs_none(intake: Rig) -> None:
    case_id = await supervised(intake)
    again = await intake.post(f"/cases/{case_id}/supervise", WHY, actor=SUPERVISOR)
    assert (again.status_code, again.json()["code"]) == (409, "already_supervised")
    closed = await registered(intake, base=QUESTION, handling="answer", answer="membership_how")
    ended = await intake.post(f"/cases/{closed['case_id']}/supervise", WHY, actor=SUPERVISOR)
    assert (ended.status_code, ended.json()["code"]) == (409, "case_not_in_this_state")


@pytest.mark.parametrize("act", ["supervise", "lift-supervision"])
async def test_only_supervisors_of_the_place_and_with_a_reason(intake: Rig, act: str) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    if act == "lift-supervision":
        await intake.post(f"/cases/{case_id}/supervise", WHY, actor=SUPERVISOR)
    path = f"/cases/{case_id}/{act}"
    silent = await intake.post(path, {}, actor=SUPERVISOR)
    assert [one["code"] for one in silent.json()["errors"]] == ["note_missing"]
    for who in (OPERATOR, MEDIATOR, DISPATCHER):
        assert (await intake.post(path, WHY, actor=who)).status_code == 403
    elsewhere = Actor(new_id(), frozenset({Role.SUPERVISOR}), "zq.441202")
    assert (await intake.post(path, WHY, actor=elsewhere)).status_code == 404
    stale = await intake.post(path, WHY, actor=SUPERVISOR, if_match=9)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    chief = Actor(new_id(), frozenset({Role.SUPERVISOR}), "zq.441284")
    key = str(new_id())
    for _ in range(2):
        assert (await intake.post(path, WHY, actor=chief, key=key)).status_code == 200
