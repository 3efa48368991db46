"""A member of the unit signs for a case; nobody reminds of the signature any more."""

from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CaseRow
from shared.contracts.intake import CaseRegistered, CaseReminded, CaseSigned
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.forms import (
    AUDITOR,
    CALL,
    COUNTY_OPERATOR,
    LAWYER,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    dispute_opened,
    names,
    registered,
)


async def test_who_signs_owns_the_case_and_nobody_is_reminded(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    [first] = [fact for fact in await intake.facts() if isinstance(fact, CaseRegistered)]
    timers = await intake.timers(case_id)
    assert sorted(timers) == ["remind", "sign"]
    assert timers["sign"] == first.sign_due == first.first_contact_due
    answer = await intake.post(f"/cases/{case_id}/sign", actor=MEDIATOR, if_match=1)
    assert (answer.status_code, answer.json()) == (200, {"state": "in_progress"})
    facts = await intake.facts()
    assert names(facts) == ["case_registered", "case_signed"]
    assert facts[-1] == CaseSigned(case_id=case_id, signed_by=MEDIATOR.id)
    assert list(await intake.timers(case_id)) == ["remind"]
    (case,) = await intake.rows(select(CaseRow))
    assert (case["state"], case["signed_by"]) == ("in_progress", MEDIATOR.id)


async def test_a_case_nobody_signs_for_is_seen_every_working_morning(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    for _ in range(2):
        assert await intake.fire("sign", case_id) == 1
    told = [fact for fact in await intake.facts() if isinstance(fact, CaseReminded)]
    assert [fact.deadline for fact in told] == ["sign", "sign"]
    await intake.post(f"/cases/{case_id}/sign", actor=OPERATOR)
    assert await intake.fire("sign", case_id) == 0


async def test_the_service_that_takes_up_a_part_signs_by_doing_so(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=CALL))["case_id"])
    assert "sign" not in await intake.timers(case_id)
    await intake.deliver(dispute_opened(case_id))
    answer = await intake.post(f"/cases/{case_id}/sign", actor=MEDIATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_not_in_this_state")


async def test_a_part_nobody_expected_ends_the_wait_for_a_signature(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    await intake.deliver(dispute_opened(case_id))
    assert list(await intake.timers(case_id)) == ["remind"]


async def test_a_case_is_signed_for_once_whoever_is_faster(intake: Rig) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    key = str(new_id())
    for _ in range(2):
        answer = await intake.post(f"/cases/{case_id}/sign", actor=MEDIATOR, key=key, if_match=1)
        assert answer.status_code == 200
    stale = await intake.post(f"/cases/{case_id}/sign", actor=OPERATOR, if_match=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    late = await intake.post(f"/cases/{case_id}/sign", actor=OPERATOR)
    assert (late.status_code, late.json()["code"]) == (409, "case_not_in_this_state")
    assert names(await intake.facts()).count("case_signed") == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (Actor(new_id(), frozenset({Role.WELFARE_OFFICER}), "zq.441284"), 200),
        (AUDITOR, 403),
        (LAWYER, 404),
        (COUNTY_OPERATOR, 404),
        (Actor(new_id(), frozenset({Role.MEDIATOR}), "zq.441202"), 404),
    ],
)
async def test_only_the_units_people_sign(intake: Rig, who: Actor, status: int) -> None:
    case_id = (await registered(intake, base=QUESTION))["case_id"]
    answer = await intake.post(f"/cases/{case_id}/sign", actor=who)
    assert answer.status_code == status
