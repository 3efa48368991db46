"""Nobody learns from the workbench who called where they may not know it: not by reading, not by searching (rule 45)."""

from typing import Any

import msgspec
import pytest

from shared.contracts.base import Event
from shared.contracts.intake import CaseRegistered
from shared.testing.rig import Rig
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import someone
from tests.workbench.story import Story

PERSONAL = ("13800136207", "138 0013 6207", "6207", "陈建明", "7K3M-9Q2T")
OPEN_TO_ALL = ("ZQ-20261124-000131", "000131", "琅石建材")
UNIT = (
    someone(Role.MEDIATOR, org="zq.441284"),
    someone(Role.WELFARE_OFFICER, org="zq.441284"),
    someone(Role.AUDITOR),
)
HOTLINE = (
    someone(Role.OPERATOR),
    someone(Role.SUPERVISOR, org="zq.441284"),
    someone(Role.MEDIATOR, Role.DISPATCHER, org="zq.441284"),
)


async def told(rig: Rig, story: Story, *more: Event, **differs: Any) -> None:
    blind = rig.context.cipher.blind("7K3M9Q2T", "case.tracking")
    registered = msgspec.structs.replace(story.registered(tracking_blind=blind), **differs)
    await rig.deliver(
        story.employer(), story.caller(rig.context.cipher), registered, story.opened(), *more
    )


async def found(rig: Rig, actor: Actor, typed: str) -> set[str]:
    """The kinds of everything that any search of the workbench finds."""
    search = await rig.get("/api/workbench/search", actor=actor, q=typed)
    kinds = {one["kind"] for one in search.json()["items"]}
    cases = await rig.get("/api/workbench/cases", actor=actor, q=typed)
    board = await rig.get("/api/workbench/board", actor=actor, q=typed)
    if cases.json()["total"]:
        kinds.add("listed")
    if board.status_code == 200 and board.json()["lenses"]["all"]:
        kinds.add("board")
    return kinds


@pytest.mark.parametrize("typed", PERSONAL)
async def test_an_open_offer_is_no_oracle_for_the_lawyer(workbench: Rig, typed: str) -> None:
    story = Story()
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    await told(workbench, story, story.offered())
    assert await found(workbench, lawyer, typed) == set()
    await workbench.deliver(story.assigned())
    assert {"case", "listed"} <= await found(workbench, lawyer, typed)


@pytest.mark.parametrize("typed", OPEN_TO_ALL)
async def test_what_the_offer_shows_finds_it(workbench: Rig, typed: str) -> None:
    story = Story()
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    await told(workbench, story, story.offered())
    assert await found(workbench, lawyer, typed) == {"case", "listed"}


@pytest.mark.parametrize("typed", PERSONAL)
async def test_who_hides_is_found_by_the_hotline_alone(workbench: Rig, typed: str) -> None:
    story = Story()
    await told(workbench, story, story.mediator(), confidential=True, secrecy="full")
    mediator = Actor(story.mediator_id, frozenset({Role.MEDIATOR}), "zq.441284")
    for actor in (*UNIT, mediator):
        assert await found(workbench, actor, typed) == set(), actor.roles
    for actor in HOTLINE:
        assert {"case", "listed"} <= await found(workbench, actor, typed), actor.roles


async def test_the_unit_reads_no_name_of_who_hides(workbench: Rig) -> None:
    story = Story()
    await told(
        workbench, story, story.offered(), story.assigned(), confidential=True, secrecy="full"
    )
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    for actor in (*UNIT, lawyer):
        page = await workbench.get(f"/api/workbench/cases/{story.case_id}", actor=actor)
        claimants = page.json()["parties"]["claimants"]
        assert (claimants["count"], claimants["items"]) == (14, [])
        assert "12351" in claimants["note"]["zh"]
        assert "陈*明" not in page.text
        file = await workbench.get(f"/api/workbench/parties/{story.claimant_ids[0]}", actor=actor)
        assert file.status_code == 404
    for actor in HOTLINE:
        page = await workbench.get(f"/api/workbench/cases/{story.case_id}", actor=actor)
        assert page.json()["parties"]["claimants"]["items"][0]["name_masked"] == "陈*明"


async def test_an_offer_shows_no_surname_of_who_hides(workbench: Rig) -> None:
    story = Story()
    await told(workbench, story, story.offered(), confidential=True, secrecy="full")
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    [offer] = (await workbench.get("/api/workbench/offers", actor=lawyer)).json()["items"]
    assert (offer["surnames"], offer["surname_count"]) == ([], 0)


@pytest.mark.parametrize(
    ("confidential", "secrecy", "kept"),
    [
        (False, "none", False),
        (True, "from_employer", False),
        (True, "full", True),
        (False, None, False),
        (True, None, True),
    ],
    ids=["open", "from the employer", "full", "older fact: open", "older fact: hidden"],
)
async def test_from_whom_the_caller_hides_is_a_code_and_an_older_fact_hides_more(
    workbench: Rig, confidential: bool, secrecy: str | None, kept: bool
) -> None:
    story = Story()
    fact = msgspec.structs.replace(story.registered(), confidential=confidential, secrecy=secrecy)
    assert isinstance(fact, CaseRegistered)
    assert fact.kept_from_unit is kept
    await told(workbench, story, confidential=confidential, secrecy=secrecy)
    page = await workbench.get(f"/api/workbench/cases/{story.case_id}", actor=UNIT[0])
    assert (page.json()["parties"]["claimants"]["items"] == []) is kept


@pytest.mark.parametrize("typed", PERSONAL)
async def test_who_runs_the_system_finds_the_way_of_no_case_by_its_people(
    workbench: Rig, typed: str
) -> None:
    story = Story()
    await told(workbench, story)
    admin = someone(Role.SYSTEM_ADMIN)
    flow = await workbench.get("/api/workbench/flow", actor=admin, case=typed)
    named = await workbench.get("/api/workbench/flow", actor=admin, case=story.number)
    assert story.number not in flow.text
    assert story.number in named.text
