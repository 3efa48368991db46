"""Workers with the same claim share one case, and nobody is counted twice."""

import asyncio
from uuid import UUID

from sqlalchemy import func
from sqlmodel import select

from services.intake.tables import CaseRow, ClaimantRow, PartyRow
from shared.contracts.intake import ClaimantsJoined, PartyProfiled
from shared.testing.rig import Rig
from tests.intake.forms import CALL, COUNTY_OPERATOR, OPERATOR, QUESTION, registered

SECOND = {
    **CALL,
    "phone": "13911112222",
    "caller_name": "李某",
    "claimant_count": 9,
    "amount_fen": 100,
}


async def test_a_joining_worker_adds_people_and_money_to_the_case(intake: Rig) -> None:
    told = await registered(intake)
    answer = await intake.post(f"/cases/{told['case_id']}/claimants", SECOND, actor=OPERATOR)
    assert answer.status_code == 201, answer.text
    assert answer.json()["claimant_count"] == 23
    (case,) = await intake.rows(select(CaseRow))
    assert (case["claimant_count"], case["amount_fen"]) == (23, 28_560_100)
    assert await intake.rows(select(func.count()).select_from(ClaimantRow)) == [(2,)]
    facts = (await intake.facts())[3:]
    joined = next(fact for fact in facts if isinstance(fact, ClaimantsJoined))
    profiled = next(fact for fact in facts if isinstance(fact, PartyProfiled))
    assert joined.claimant_ids == (profiled.party_id,)
    assert (joined.case_id, joined.claimant_count) == (UUID(told["case_id"]), 23)


async def test_somebody_who_is_in_the_case_is_not_counted_again(intake: Rig) -> None:
    told = await registered(intake)
    path = f"/cases/{told['case_id']}/claimants"
    answer = await intake.post(path, {**CALL, "claimant_count": 16}, actor=OPERATOR)
    assert answer.json()["claimant_count"] == 16
    assert await intake.rows(select(func.count()).select_from(ClaimantRow)) == [(1,)]
    assert await intake.rows(select(func.count()).select_from(PartyRow)) == [(1,)]


async def test_two_who_join_at_once_are_both_counted(intake: Rig) -> None:
    told = await registered(intake, claimant_count=1)
    path = f"/cases/{told['case_id']}/claimants"
    calls = [
        {**SECOND, "phone": f"1391111000{n}", "caller_name": f"工友{n}", "claimant_count": 1}
        for n in range(5)
    ]
    answers = await asyncio.gather(*(intake.post(path, call, actor=OPERATOR) for call in calls))
    assert [one.status_code for one in answers] == [201] * 5
    (case,) = await intake.rows(select(CaseRow))
    assert case["claimant_count"] == 6
    assert await intake.rows(select(func.count()).select_from(ClaimantRow)) == [(6,)]


async def test_a_closed_case_takes_nobody_and_a_foreign_one_is_not_there(intake: Rig) -> None:
    closed = await registered(intake, base=QUESTION, handling="answer", answer="asked_and_told")
    answer = await intake.post(f"/cases/{closed['case_id']}/claimants", SECOND, actor=OPERATOR)
    assert answer.json()["code"] == "case_not_in_this_state"
    told = await registered(intake)
    path = f"/cases/{told['case_id']}/claimants"
    assert (await intake.post(path, SECOND, actor=COUNTY_OPERATOR)).status_code == 404


async def test_a_bad_field_is_named_and_nothing_joins(intake: Rig) -> None:
    told = await registered(intake)
    bad = {**SECOND, "phone": "12", "claimant_count": 0, "amount_fen": 0, "narrative": ""}
    answer = await intake.post(f"/cases/{told['case_id']}/claimants", bad, actor=OPERATOR)
    fields = {one["field"] for one in answer.json()["errors"]}
    assert fields == {"phone", "claimant_count", "amount_fen", "narrative"}
    assert await intake.rows(select(func.count()).select_from(ClaimantRow)) == [(1,)]
