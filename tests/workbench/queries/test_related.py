"""What belongs to a case, and why; a person connects cases only where the people of both may be known."""

from typing import Any

import msgspec
import pytest

from shared.contracts.intake import CaseRegistered, PartyProfiled
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import someone
from tests.workbench.story import Story

CITY = someone(Role.OPERATOR)
MEDIATOR = someone(Role.MEDIATOR)
NUMBERS = iter(range(900, 999))


def case(story: Story, **differs: Any) -> CaseRegistered:
    """A question with a number and an employer of its own, unless said otherwise."""
    own = {"claimant_ids": (new_id(),), "employer_id": None}
    changed = {**own, **differs}
    caller = changed.pop("caller_id", changed["claimant_ids"][0])
    fact = msgspec.structs.replace(
        story.question(),
        case_number=f"ZQ-20261124-000{next(NUMBERS)}",
        caller_id=caller,
        **changed,
    )
    assert isinstance(fact, CaseRegistered)
    return fact


def person(rig: Rig, fact: CaseRegistered, phone: str, name: str = "黎*") -> PartyProfiled:
    party = fact.claimant_ids[0]
    profile = msgspec.json.encode({"name": name, "phone": phone}).decode()
    return PartyProfiled(party_id=party, sealed=rig.context.cipher.seal(profile, str(party)))


async def related(rig: Rig, actor: Actor, fact: CaseRegistered) -> dict[str, str]:
    """Number → why; the tab's number must be that of the list."""
    path = f"/api/workbench/cases/{fact.case_id}"
    found = (await rig.get(f"{path}/related", actor=actor)).json()["items"]
    page = (await rig.get(path, actor=actor)).json()
    assert page["counts"]["related"] == len(found)
    return {one["case_no"]: one["relation"]["zh"] for one in found}


@pytest.fixture
async def told(workbench: Rig) -> dict[str, CaseRegistered]:
    """One case, and one for each way of belonging to it."""
    worker, colleague, firm = new_id(), new_id(), new_id()
    this = case(Story(), claimant_ids=(worker, colleague), employer_id=firm)
    facts = {
        "this": this,
        "caller": case(Story(), claimant_ids=(worker,), employer_id=firm),
        "worker": case(Story(), claimant_ids=(new_id(), colleague)),
        "phone": case(Story()),
        "employer": case(Story(), employer_id=firm, org="zq.441204"),
        "stranger": case(Story()),
    }
    await workbench.deliver(
        person(workbench, this, "13800136207"),
        person(workbench, facts["phone"], "13800136207", "他人"),
        person(workbench, facts["stranger"], "13800136299"),
        *facts.values(),
    )
    return facts


async def test_each_related_case_says_why(workbench: Rig, told: dict[str, CaseRegistered]) -> None:
    assert await related(workbench, CITY, told["this"]) == {
        told["caller"].case_number: "同一来电人、同一用人单位",
        told["worker"].case_number: "同一诉求人",
        told["phone"].case_number: "同一电话号码",
        told["employer"].case_number: "同一用人单位",
    }
    assert await related(workbench, CITY, told["stranger"]) == {}


async def test_only_what_the_reader_may_see_is_listed_and_counted(
    workbench: Rig, told: dict[str, CaseRegistered]
) -> None:
    county = someone(Role.MEDIATOR, org="zq.441284")
    found = await related(workbench, county, told["this"])
    assert told["employer"].case_number not in found
    assert len(found) == 3


@pytest.mark.parametrize("hides", ["this", "other"])
async def test_a_person_who_hides_connects_nothing_for_the_unit(workbench: Rig, hides: str) -> None:
    worker, firm = new_id(), new_id()
    full = {"confidential": True, "secrecy": "full"}
    facts = [
        case(
            Story(), claimant_ids=(worker,), employer_id=firm, **(full if hides == "this" else {})
        ),
        case(Story(), claimant_ids=(worker,), **(full if hides == "other" else {})),
        case(Story(), claimant_ids=(worker,), employer_id=firm),
    ]
    await workbench.deliver(*facts)
    unit = await related(workbench, MEDIATOR, facts[0])
    assert facts[1].case_number not in unit
    expected = "同一用人单位" if hides == "this" else "同一来电人、同一用人单位"
    assert unit[facts[2].case_number] == expected
    assert await related(workbench, CITY, facts[0]) == {
        facts[1].case_number: "同一来电人",
        facts[2].case_number: "同一来电人、同一用人单位",
    }


async def test_before_acceptance_a_lawyer_learns_no_connection_through_people(
    workbench: Rig,
) -> None:
    one, other = Story(), Story(number="ZQ-20261124-000132")
    worker = one.claimant_ids[0]
    lawyer = Actor(one.lawyer_id, frozenset({Role.LAWYER}), "zq")
    await workbench.deliver(case(one, claimant_ids=(worker,)), one.opened(), one.offered())
    second = case(other, claimant_ids=(worker,))
    other.lawyer_id = one.lawyer_id
    await workbench.deliver(second, other.opened(), other.offered(), other.assigned())
    assert await related(workbench, lawyer, second) == {}


async def test_a_merged_case_leads_to_the_other_and_back(workbench: Rig) -> None:
    worker = new_id()
    ends, goes_on = Story(), Story()
    first = case(ends, claimant_ids=(worker,))
    second = case(goes_on, claimant_ids=(worker,))
    await workbench.deliver(first, second, ends.merged(goes_on.case_id))
    assert await related(workbench, CITY, second) == {first.case_number: "已并入本件"}
    assert await related(workbench, CITY, first) == {second.case_number: "本件已并入"}
