"""The supervisor's ladder: each case on the step intake told last, each step as long as the list it opens."""

from typing import Any

import pytest

from services.workbench.domain.ladder import STEPS
from shared.contracts.base import Event
from shared.contracts.intake import CaseOverdue, CaseReminded
from shared.testing.rig import Rig
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import someone
from tests.workbench.story import Story

SUPERVISOR = someone(Role.SUPERVISOR)
CLIMB = ("handling", "overdue", "urge", "circulate", "circulate")


def told(story: Story, steps: int) -> list[Event]:
    """The first steps of the ladder as intake tells them."""
    return [
        CaseOverdue(case_id=story.case_id, deadline="handling")
        if one == "overdue"
        else CaseReminded(case_id=story.case_id, deadline=one)
        for one in CLIMB[:steps]
    ]


async def ladder(rig: Rig, actor: Actor = SUPERVISOR) -> dict[str, Any]:
    """The steps by code; each list is opened and must be as long as its number says."""
    answer = (await rig.get("/api/workbench/numbers", actor=actor)).json()["ladder"]
    for step in answer:
        page = await rig.http.get(f"/api/workbench{step['href']}", headers=rig.headers(actor))
        assert page.json()["total"] == step["count"], step["code"]
    assert [step["code"] for step in answer] == list(STEPS)
    return {step["code"]: step for step in answer}


def counts(steps: dict[str, Any]) -> list[int]:
    return [steps[code]["count"] for code in STEPS]


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        (0, [0, 0, 0, 0]),
        (1, [1, 0, 0, 0]),
        (2, [0, 1, 0, 0]),
        (3, [0, 0, 1, 0]),
        (4, [0, 0, 0, 1]),
        (5, [0, 0, 0, 1]),
    ],
    ids=["in time", "reminded", "overdue", "urged", "circulated", "circulated again"],
)
async def test_a_case_stands_on_the_last_step_told(
    workbench: Rig, steps: int, shown: list[int]
) -> None:
    story = Story()
    await workbench.deliver(story.registered(), *told(story, steps))
    found = await ladder(workbench)
    assert counts(found) == shown
    cases = [one["case_no"] for step in found.values() for one in step["cases"]]
    assert cases == [story.number] * sum(shown)


async def test_a_case_that_was_handled_leaves_the_ladder_and_a_reopened_one_begins_anew(
    workbench: Rig,
) -> None:
    story = Story()
    await workbench.deliver(story.registered(), *told(story, 4), story.handled())
    assert counts(await ladder(workbench)) == [0, 0, 0, 0]
    await workbench.deliver(story.reopened())
    assert counts(await ladder(workbench)) == [0, 0, 0, 0]
    await workbench.deliver(*told(story, 1))
    assert counts(await ladder(workbench)) == [1, 0, 0, 0]


async def test_a_supervisor_sees_the_ladder_of_the_own_area(workbench: Rig) -> None:
    story = Story(org="zq.441204")
    await workbench.deliver(story.registered(), *told(story, 3))
    elsewhere = someone(Role.SUPERVISOR, org="zq.441284")
    assert counts(await ladder(workbench, elsewhere)) == [0, 0, 0, 0]
    assert counts(await ladder(workbench)) == [0, 0, 1, 0]


async def test_the_rate_of_returns_counts_each_dispatched_case_once_and_opens_those_that_came_back(
    workbench: Rig,
) -> None:
    back, kept = Story(number="ZQ-20261124-000001"), Story(number="ZQ-20261124-000002")
    await workbench.deliver(
        back.registered(), back.returned(), back.redispatched(), back.returned(), kept.registered()
    )
    answer = await workbench.get("/api/workbench/numbers", actor=SUPERVISOR, period="year")
    tile = next(one for one in answer.json()["tiles"] if one["code"] == "returned")
    assert (tile["part"], tile["whole"], tile["value"]) == (1, 2, 50.0)
    headers = workbench.headers(SUPERVISOR)
    page = await workbench.http.get(f"/api/workbench{tile['href']}", headers=headers)
    assert [one["case_no"] for one in page.json()["items"]] == [back.number]


async def test_cases_under_supervision_are_counted_marked_and_listed_while_they_are_open(
    workbench: Rig,
) -> None:
    watched, plain = Story(number="ZQ-20261124-000011"), Story(number="ZQ-20261124-000012")
    await workbench.deliver(watched.registered(), plain.registered(), watched.supervised())

    async def shown() -> tuple[int, list[str]]:
        numbers = (await workbench.get("/api/workbench/numbers", actor=SUPERVISOR)).json()
        path = "/api/workbench/cases?lens=supervised"
        page = await workbench.http.get(path, headers=workbench.headers(SUPERVISOR))
        return numbers["supervised"], [one["case_no"] for one in page.json()["items"]]

    assert await shown() == (1, [watched.number])
    everything = await workbench.http.get(
        "/api/workbench/cases", headers=workbench.headers(SUPERVISOR)
    )
    marks = {one["case_no"]: one["supervised"] for one in everything.json()["items"]}
    assert marks == {watched.number: True, plain.number: False}
    await workbench.deliver(watched.handled(), watched.closed())
    assert await shown() == (0, [])
    await workbench.deliver(watched.reopened("check_failed"))
    assert await shown() == (1, [watched.number])
    await workbench.deliver(watched.not_supervised())
    assert await shown() == (0, [])


async def test_a_reminder_of_a_case_under_supervision_stands_on_the_first_step(
    workbench: Rig,
) -> None:
    story = Story()
    await workbench.deliver(
        story.registered(), CaseReminded(case_id=story.case_id, deadline="supervised")
    )
    assert counts(await ladder(workbench)) == [1, 0, 0, 0]
