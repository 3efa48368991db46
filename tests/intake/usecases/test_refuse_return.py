"""A return that is refused leaves the case where it is, to be signed for."""

from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import ReturnRefused
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import MEDIATOR, OPERATOR, QUESTION, SUPERVISOR, names, registered

DISPATCHER = Actor(new_id(), frozenset({Role.DISPATCHER}), "zq")
NOT_OURS = {"reason": "other_place", "note": "用人单位在高要。"}
STAYS = {"note": "用人单位注册地在四会，属你单位办理。"}


async def returned(intake: Rig, who: Actor = MEDIATOR) -> UUID:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=who)
    return UUID(case_id)


async def test_the_unit_signs_for_it_after_all(intake: Rig) -> None:
    case_id = await returned(intake)
    answer = await intake.post(f"/cases/{case_id}/keep", STAYS, actor=DISPATCHER)
    assert (answer.status_code, answer.json()) == (200, {"state": "dispatched"})
    told = (await intake.facts())[-1]
    assert isinstance(told, ReturnRefused)
    timers = await intake.timers(case_id)
    assert sorted(timers) == ["remind", "sign"]
    assert (told.refused_by, told.sign_due) == (DISPATCHER.id, timers["sign"])
    (case,) = await intake.rows(select(CaseRow))
    assert (case["state"], case["org"], case["returned_by"]) == ("dispatched", "zq.441284", None)
    assert (await intake.post(f"/cases/{case_id}/sign", actor=MEDIATOR)).status_code == 200


async def test_who_asked_does_not_decide(intake: Rig) -> None:
    case_id = await returned(intake, SUPERVISOR)
    answer = await intake.post(f"/cases/{case_id}/keep", STAYS, actor=SUPERVISOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "own_request")


async def test_the_third_return_is_decided_by_a_supervisor(intake: Rig) -> None:
    case_id = await returned(intake)
    for _ in range(2):
        await intake.post(f"/cases/{case_id}/keep", STAYS, actor=DISPATCHER)
        await intake.post(f"/cases/{case_id}/return", NOT_OURS, actor=MEDIATOR)
    refused = await intake.post(f"/cases/{case_id}/keep", STAYS, actor=DISPATCHER)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_returns")
    answer = await intake.post(f"/cases/{case_id}/keep", STAYS, actor=SUPERVISOR)
    assert answer.status_code == 200


@pytest.mark.parametrize("who", [OPERATOR, MEDIATOR])
async def test_a_unit_and_an_operator_do_not_decide(intake: Rig, who: Actor) -> None:
    case_id = await returned(intake)
    answer = await intake.post(f"/cases/{case_id}/keep", STAYS, actor=who)
    assert answer.status_code == 403
    assert names(await intake.facts())[-1] == "case_returned"


async def test_a_refusal_says_why_and_belongs_to_a_return(intake: Rig) -> None:
    case_id = await returned(intake)
    silent = await intake.post(f"/cases/{case_id}/keep", {"note": ""}, actor=DISPATCHER)
    assert [one["code"] for one in silent.json()["errors"]] == ["note_missing"]
    await intake.post(f"/cases/{case_id}/keep", STAYS, actor=DISPATCHER)
    again = await intake.post(f"/cases/{case_id}/keep", STAYS, actor=DISPATCHER)
    assert (again.status_code, again.json()["code"]) == (409, "case_not_in_this_state")
