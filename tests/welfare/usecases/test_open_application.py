"""One application for one need: asked for, flagged or written down, in any order and however often."""

from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.mediation import HardshipFlagged
from shared.contracts.welfare import ApplicationOpened
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from tests.welfare.story import CASHIER, OFFICER, ORG, Story, case_registered


def flagged(case_id: UUID, party_id: UUID, programme: str = "accident") -> HardshipFlagged:
    return HardshipFlagged(
        dispute_id=new_id(),
        case_id=case_id,
        party_id=party_id,
        programme=programme,
        org=ORG,
        region="441284",
    )


@pytest.mark.parametrize("order", list(permutations([0, 1])))
async def test_a_case_that_asks_and_a_flag_open_one_application(
    welfare: Rig, order: tuple[int, int]
) -> None:
    case_id, party_id = new_id(), new_id()
    events: list[Any] = [case_registered(case_id, party_id), flagged(case_id, party_id)]
    for n in order:
        await welfare.deliver(events[n])
    told = [fact for fact in await welfare.facts() if isinstance(fact, ApplicationOpened)]
    assert [fact.origin for fact in told] == [["caller", "mediator"][order[0]]]
    assert told[0].application_number.startswith("BF-")


async def test_a_case_without_a_wish_for_aid_opens_nothing_but_is_known(welfare: Rig) -> None:
    await welfare.deliver(case_registered(new_id(), new_id(), None))
    assert await welfare.facts() == []
    assert len(await welfare.context.db.pool.fetch("SELECT * FROM case_ref")) == 1


async def test_an_unknown_programme_parks_nothing(welfare: Rig) -> None:
    await welfare.deliver(flagged(new_id(), new_id(), "no_such_programme"))
    told = [fact for fact in await welfare.facts() if isinstance(fact, ApplicationOpened)]
    assert [fact.programme for fact in told] == ["living"]
    assert await welfare.parked() == []


async def test_an_officer_opens_one_application_per_need(welfare: Rig) -> None:
    story = await Story(welfare).opened()
    body = {"case_id": str(story.case_id), "party_id": str(story.party_id), "programme": "accident"}
    again = await welfare.post("/applications", body, actor=OFFICER)
    assert again.json()["code"] == "already_applied"
    assert (await welfare.post("/applications", body, actor=CASHIER)).status_code == 403
    body["programme"] = "no_such_programme"
    assert (await welfare.post("/applications", body, actor=OFFICER)).status_code == 404


async def test_nothing_is_opened_in_a_case_that_nobody_has_told_of(welfare: Rig) -> None:
    body = {"case_id": str(new_id()), "party_id": str(new_id()), "programme": "accident"}
    refused = await welfare.post("/applications", body, actor=OFFICER)
    assert refused.json()["code"] == "case_unknown"
    assert await welfare.facts() == []


async def test_numbers_of_a_day_count_up_without_a_hole(welfare: Rig) -> None:
    stories = [await Story(welfare).opened() for _ in range(3)]
    rows = await welfare.context.db.pool.fetch("SELECT number FROM application ORDER BY number")
    assert [row["number"][-6:] for row in rows] == ["000001", "000002", "000003"]
    assert len(stories) == 3
