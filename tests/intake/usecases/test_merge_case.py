"""A repeated case ends in favour of the one that goes on: its workers join there, later calls and parts lead there."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.tables import CasePartRow, CaseRow, ClaimantRow
from shared.contracts.intake import CaseMerged, ClaimantsJoined
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.intake.forms import (
    CALL,
    COUNTY_OPERATOR,
    MEDIATOR,
    OPERATOR,
    QUESTION,
    SUPERVISOR,
    dispute_opened,
    names,
    registered,
)

FIRM: dict[str, Any] = {"base": QUESTION, "employer_name": "四会市琅石建材有限公司"}
COLLEAGUE = {**FIRM, "phone": "13800136299", "caller_name": "梁某华", "claimant_count": 3}


async def two_cases(intake: Rig, **second: Any) -> tuple[UUID, UUID]:
    """Two callers about one matter of one employer."""
    one = (await registered(intake, **FIRM))["case_id"]
    other = (await registered(intake, **{**COLLEAGUE, **second}))["case_id"]
    return UUID(one), UUID(other)


async def merge(
    intake: Rig, ends: UUID, goes_on: UUID, actor: Actor = OPERATOR, **more: Any
) -> Any:
    form = {"target": str(goes_on), "note": "同一件事。", "reason": None}
    return await intake.post(f"/cases/{ends}/merge", form, actor=actor, **more)


async def test_the_workers_join_the_case_that_goes_on(intake: Rig) -> None:
    goes_on, ends = await two_cases(intake)
    answer = await merge(intake, ends, goes_on, if_match=1)
    assert (answer.status_code, answer.json()) == (200, {"state": "merged"})
    facts = await intake.facts()
    assert names(facts)[2:] == ["case_note_added", "case_merged", "claimants_joined"]
    rows = {row["id"]: row for row in await intake.rows(select(CaseRow))}
    told = [fact for fact in facts if isinstance(fact, CaseMerged | ClaimantsJoined)]
    assert told == [
        CaseMerged(
            case_id=ends,
            into=goes_on,
            into_number=rows[goes_on]["number"],
            merged_by=OPERATOR.id,
        ),
        ClaimantsJoined(
            case_id=goes_on,
            claimant_ids=(rows[ends]["caller_id"],),
            claimant_count=4,
            amount_fen=None,
        ),
    ]
    assert (rows[ends]["state"], rows[ends]["merged_into"]) == ("merged", goes_on)
    assert rows[ends]["closed_at"] is not None
    assert (rows[goes_on]["claimant_count"], rows[goes_on]["state"]) == (4, "dispatched")
    listed = [row["case_id"] for row in await intake.rows(select(ClaimantRow))]
    assert (listed.count(goes_on), listed.count(ends)) == (2, 1)
    assert await intake.timers(ends) == {}


async def test_later_calls_and_colleagues_lead_to_the_case_that_goes_on(intake: Rig) -> None:
    goes_on, ends = await two_cases(intake)
    await merge(intake, ends, goes_on)
    again = {"phone": "13800136299", "narrative": "问办得怎样了。"}
    answer = await intake.post(f"/cases/{ends}/calls", again, actor=OPERATOR)
    assert (answer.status_code, answer.json()["case_id"]) == (201, str(goes_on))
    third = {"phone": "13800136288", "caller_name": "何某", "narrative": "我也一样。"}
    answer = await intake.post(f"/cases/{ends}/claimants", third, actor=OPERATOR)
    assert (answer.status_code, answer.json()["case_id"]) == (201, str(goes_on))
    assert answer.json()["claimant_count"] == 5


async def test_a_part_that_was_on_its_way_belongs_to_the_case_that_goes_on(intake: Rig) -> None:
    goes_on, ends = await two_cases(intake)
    await merge(intake, ends, goes_on)
    await intake.deliver(dispute_opened(ends))
    assert await intake.parked() == []
    (part,) = await intake.rows(select(CasePartRow))
    assert part["case_id"] == goes_on


async def test_two_people_who_merge_crosswise_leave_one_case(intake: Rig) -> None:
    one, other = await two_cases(intake)
    answers = await asyncio.gather(merge(intake, one, other), merge(intake, other, one))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    states = sorted(row["state"] for row in await intake.rows(select(CaseRow)))
    assert states == ["dispatched", "merged"]


@pytest.mark.parametrize("opened", [False, True], ids=["awaited", "open"])
async def test_what_mediation_has_is_ended_there_first(intake: Rig, opened: bool) -> None:
    one = UUID((await registered(intake, base=CALL))["case_id"])
    other = UUID((await registered(intake, base=CALL, phone="13800136299"))["case_id"])
    if opened:
        await intake.deliver(dispute_opened(other))
    answer = await merge(intake, other, one)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_part_in_hand")
    assert "先在争议或帮扶页面办结" in answer.json()["zh"]


async def test_a_handled_or_other_matter_takes_nobody(intake: Rig) -> None:
    one, other = await two_cases(intake)
    apart = UUID((await registered(intake, base=QUESTION, phone="13800136288"))["case_id"])
    answer = await merge(intake, apart, one)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_same_matter")
    await intake.post(f"/cases/{one}/close", {"reason": "membership_how"}, actor=OPERATOR)
    answer = await merge(intake, other, one)
    assert (answer.status_code, answer.json()["code"]) == (409, "merge_target_done")
    turned = await merge(intake, one, other)
    assert turned.status_code == 200
    assert await intake.timers(one) == {}


async def test_a_caller_who_hides_is_not_listed_in_the_open(intake: Rig) -> None:
    open_one, hidden = await two_cases(intake, confidential="full")
    answer = await merge(intake, hidden, open_one)
    assert (answer.status_code, answer.json()["code"]) == (409, "merge_would_reveal")


async def test_a_mistaken_target_is_told_at_its_field(intake: Rig) -> None:
    one, other = await two_cases(intake)
    path = f"/cases/{one}/merge"
    for target, code in ((None, "missing"), ("none", "missing"), (str(one), "same")):
        answer = await intake.post(path, {"target": target}, actor=OPERATOR)
        assert [error["code"] for error in answer.json()["errors"]] == [f"merge_target_{code}"]
    assert (await merge(intake, one, new_id())).status_code == 404
    long = await intake.post(path, {"target": str(other), "note": "字" * 1001}, actor=OPERATOR)
    assert [error["field"] for error in long.json()["errors"]] == ["note"]
    stale = await merge(intake, one, other, if_match=7)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")


async def test_only_the_hotline_merges(intake: Rig) -> None:
    one, other = await two_cases(intake)
    assert (await merge(intake, one, other, MEDIATOR)).status_code == 403
    assert (await merge(intake, one, other, COUNTY_OPERATOR)).status_code == 404
    key = str(new_id())
    for _ in range(2):
        assert (await merge(intake, one, other, SUPERVISOR, key=key)).status_code == 200
    assert names(await intake.facts()).count("case_merged") == 1


async def test_the_candidates_are_the_same_matter_in_work(intake: Rig) -> None:
    one, other = await two_cases(intake)
    await registered(intake, base=CALL)
    path = f"/cases/{one}/candidates"
    found = (await intake.get(path, actor=OPERATOR, act="merge")).json()["items"]
    assert [item["id"] for item in found] == [str(other)]
    assert found[0]["name"]["zh"].startswith("ZQ-")
    assert (await intake.get(path, actor=MEDIATOR, act="merge")).status_code == 403
    await merge(intake, one, other)
    assert (await intake.get(path, actor=OPERATOR, act="merge")).json()["items"]
    gone = await intake.get(f"/cases/{other}/candidates", actor=OPERATOR, act="merge")
    assert gone.json()["items"] == []
