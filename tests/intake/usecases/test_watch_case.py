"""Time passes: no case waits unseen, and what is done is left alone."""

from uuid import UUID

import pytest

from shared.contracts.intake import CaseOverdue, CaseReminded
from shared.testing.rig import Rig
from tests.intake.forms import CALL, OPERATOR, QUESTION, dispute_opened, names, registered


async def told(intake: Rig) -> list[tuple[str, str]]:
    facts = [fact for fact in await intake.facts() if isinstance(fact, CaseReminded | CaseOverdue)]
    return [(fact.name.removeprefix("intake.case_"), fact.deadline) for fact in facts]


async def test_a_case_climbs_the_ladder_step_by_step(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    await intake.post(f"/cases/{case_id}/sign", actor=OPERATOR)
    seen = []
    for kind in ("remind", "overdue", "urge", "circulate"):
        assert list(await intake.timers(case_id)) == [kind]
        assert await intake.fire(kind, case_id) == 1
        seen = await told(intake)
    assert seen == [
        ("reminded", "handling"),
        ("overdue", "handling"),
        ("reminded", "urge"),
        ("reminded", "circulate"),
    ]
    assert list(await intake.timers(case_id)) == ["circulate"]


async def test_a_dispute_nobody_takes_up_is_seen_and_seen_again(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=CALL))["case_id"])
    for _ in range(2):
        assert await intake.fire("part_expected", case_id) == 1
    assert await told(intake) == [("reminded", "part_opening")] * 2
    assert list(await intake.timers(case_id)) == ["part_expected"]
    await intake.deliver(dispute_opened(case_id))
    assert list(await intake.timers(case_id)) == ["remind"]


@pytest.mark.parametrize("kind", ["remind", "overdue"])
async def test_a_case_that_is_done_is_left_alone(intake: Rig, kind: str) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    if kind == "overdue":
        await intake.fire("remind", case_id)
    before = await told(intake)
    reply = {"reason": "membership_how"}
    await intake.post(f"/cases/{case_id}/close", reply, actor=OPERATOR)
    assert await intake.fire(kind, case_id) == 0
    assert await told(intake) == before


async def test_a_call_back_nobody_makes_is_seen(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=QUESTION))["case_id"])
    reply = {"reason": "membership_how"}
    await intake.post(f"/cases/{case_id}/close", reply, actor=OPERATOR)
    await intake.fire("call_back", case_id)
    assert await told(intake) == [("reminded", "call_back")]
    assert list(await intake.timers(case_id)) == ["call_back"]
    happy = {"result": "reached", "satisfaction": 4}
    answer = await intake.post(f"/cases/{case_id}/call-backs", happy, actor=OPERATOR)
    assert answer.json()["state"] == "closed"
    assert await intake.timers(case_id) == {}
    assert names(await intake.facts())[-1] == "case_closed"
