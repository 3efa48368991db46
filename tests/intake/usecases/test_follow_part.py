"""Facts of mediation and welfare move the case; it is handled when its last part is closed."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from services.intake.tables import CasePartRow, CaseRow
from shared.contracts.intake import CaseHandled
from shared.contracts.mediation import DisputeClosed
from shared.contracts.welfare import ApplicationClosed, ApplicationOpened
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from tests.intake.forms import AID, OPERATOR, QUESTION, dispute_opened, names, registered


def application_opened(case_id: Any) -> ApplicationOpened:
    return ApplicationOpened(
        application_id=new_id(),
        case_id=case_id,
        application_number="ZQ-BF-2026-000001",
        party_id=new_id(),
        programme="living",
        year=2026,
        org="zq.441284",
        region="441284",
        origin="mediator",
    )


async def a_dispute(intake: Rig) -> UUID:
    return UUID((await registered(intake))["case_id"])


async def state(intake: Rig, case_id: UUID) -> str:
    page = await intake.get(f"/cases/{case_id}", actor=OPERATOR)
    code: str = page.json()["state"]["code"]
    return code


async def test_an_opened_dispute_takes_the_case_in_hand(intake: Rig) -> None:
    case_id = await a_dispute(intake)
    assert await state(intake, case_id) == "dispatched"
    await intake.deliver(dispute_opened(case_id))
    assert await state(intake, case_id) == "in_progress"
    assert list(await intake.timers(case_id)) == ["remind"]


async def test_the_closed_dispute_makes_the_case_handled(intake: Rig) -> None:
    case_id = await a_dispute(intake)
    opened = dispute_opened(case_id)
    closed = DisputeClosed(dispute_id=opened.dispute_id, case_id=case_id, outcome="agreement")
    await intake.deliver(opened, closed)
    handled = next(fact for fact in await intake.facts() if isinstance(fact, CaseHandled))
    assert handled.outcome == "agreement"
    assert await state(intake, case_id) == "handled"
    assert await intake.timers(case_id) == {"call_back": handled.call_back_due}


async def test_with_two_parts_the_first_to_close_changes_nothing(intake: Rig) -> None:
    case_id = await a_dispute(intake)
    opened, aid = dispute_opened(case_id), application_opened(case_id)
    await intake.deliver(opened, aid)
    await intake.deliver(
        DisputeClosed(dispute_id=opened.dispute_id, case_id=case_id, outcome="failed")
    )
    assert names(await intake.facts()) == ["case_registered"]
    ended = ApplicationClosed(
        application_id=aid.application_id, case_id=case_id, outcome="paid", paid_fen=200_000
    )
    await intake.deliver(ended)
    assert names(await intake.facts()) == ["case_registered", "case_handled"]
    (case,) = await intake.rows(select(CaseRow))
    assert set(case["outcome"].split()) == {"dispute:failed", "aid:paid"}


async def test_an_application_that_comes_while_the_call_back_waits_stops_it(intake: Rig) -> None:
    case_id = await a_dispute(intake)
    opened, aid = dispute_opened(case_id), application_opened(case_id)
    closed = DisputeClosed(dispute_id=opened.dispute_id, case_id=case_id, outcome="agreement")
    await intake.deliver(opened, closed, aid)
    assert list(await intake.timers(case_id)) == ["remind"]
    asked = await intake.post(
        f"/cases/{case_id}/call-backs", {"result": "reached", "satisfaction": 5}, actor=OPERATOR
    )
    assert asked.status_code == 409
    assert (await intake.get("/call-backs", actor=OPERATOR)).json()["items"] == []
    ended = ApplicationClosed(
        application_id=aid.application_id, case_id=case_id, outcome="paid", paid_fen=1
    )
    await intake.deliver(ended)
    assert list(await intake.timers(case_id)) == ["call_back"]


async def test_a_part_that_opens_after_the_end_reopens_the_case(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION, handling="answer", answer="asked_and_told")
    case_id = UUID(told["case_id"])
    await intake.deliver(application_opened(case_id))
    assert names(await intake.facts())[-1] == "case_reopened"
    assert await state(intake, case_id) == "in_progress"
    assert list(await intake.timers(case_id)) == ["remind"]


async def test_a_request_for_aid_is_handled_with_its_application(intake: Rig) -> None:
    case_id = UUID((await registered(intake, base=AID))["case_id"])
    opened = application_opened(case_id)
    ended = ApplicationClosed(
        application_id=opened.application_id, case_id=case_id, outcome="rejected", paid_fen=0
    )
    await intake.deliver(opened, ended)
    handled = next(fact for fact in await intake.facts() if isinstance(fact, CaseHandled))
    assert handled.outcome == "rejected"


async def test_a_fact_that_arrives_twice_takes_effect_once(intake: Rig) -> None:
    case_id = await a_dispute(intake)
    opened = dispute_opened(case_id)
    first, _ = intake.record(opened)
    again, _ = intake.record(opened, version=1)
    await intake.arrive([first, again])
    assert len(await intake.rows(select(CasePartRow))) == 1


async def test_a_part_of_a_case_we_do_not_have_waits_for_a_person(intake: Rig) -> None:
    await intake.deliver(dispute_opened(new_id()))
    assert await intake.parked() == [("head", "NotFound")]
