"""Every route, asked by everybody: who is let in, who is told “not allowed”, who learns of nothing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import APIRoute

from services.mediation.api import ROUTERS
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.mediation.bench import Mediation, person
from tests.mediation.forms import agreement
from tests.mediation.usecases.meetings import plan, record
from tests.mediation.usecases.test_draft_agreement import TODAY
from tests.mediation.usecases.test_give_opinion import OPINION

OFFICE = {"supervisor", "supervisor of the city"}
TEAM = OFFICE | {"its mediator"}
SEES = TEAM | {
    "a mediator of another dispute",
    "dispatcher",
    "operator",
    "reviewer",
    "auditor",
    "its lawyer",
}
ID = new_id()
WHY = {"reason": "材料不齐"}

COMMANDS: dict[str, set[str]] = {
    "POST /lawyer": TEAM | {"dispatcher"},
    "POST /mediators": OFFICE | {"dispatcher"},
    "POST /scope": TEAM,
    "POST /track": TEAM,
    "POST /consents": TEAM,
    "POST /declarations": TEAM,
    "POST /advance": TEAM,
    "POST /send-back": OFFICE,
    "POST /standstill": OFFICE,
    "POST /extend": TEAM,
    "PUT /assessments/{stage}": TEAM,
    "POST /assessments/{stage}/sign": TEAM,
    "POST /grade": TEAM,
    "POST /conference": TEAM,
    "POST /conference/minutes": TEAM,
    "POST /conference/waive": TEAM,
    "POST /decisions/{decision_id}/done": TEAM,
    "POST /sessions": TEAM,
    "POST /sessions/{session_id}/held": TEAM,
    "PUT /agreement": TEAM,
    "POST /agreement/sign": TEAM,
    "POST /agreement/review": TEAM,
    "POST /instalments/{no}": TEAM,
    "POST /end": TEAM,
    "POST /advice": TEAM,
    "PUT /opinion": {"its lawyer"},
    "POST /hardship": TEAM,
    "POST /papers": TEAM,
    "POST /archive": TEAM,
}
"""Command on a dispute → who is let in; the state may still refuse them."""


def bodies(mediation: Mediation) -> dict[str, Any]:
    """A well-formed body for each command that has one."""
    return {
        "POST /mediators": {"mediator_ids": [str(mediation.mediators[1].id)]},
        "POST /scope": {"in_scope": True},
        "POST /track": {"track": "committee"},
        "POST /consents": {"side": "workers", "purpose": "mediation", "given": True},
        "POST /declarations": {"relation": "none"},
        "POST /advance": {"from_stage": "acceptance"},
        "POST /send-back": WHY,
        "POST /standstill": {"act": "resume", **WHY},
        "POST /extend": {"kind": "mediation_statutory", "to": "2027-01-08"},
        "PUT /assessments/{stage}": {"answers": []},
        "POST /assessments/{stage}/sign": {"content_hash": "x", "role": "mediator"},
        "POST /grade": {"grade": "G0"},
        "POST /conference": plan(mediation),
        "POST /conference/minutes": record(mediation),
        "POST /conference/waive": WHY,
        "POST /sessions": {"planned_at": "2026-12-01T09:00:00+08:00"},
        "POST /sessions/{session_id}/held": {"held_on": "2026-11-20"},
        "PUT /agreement": agreement(TODAY),
        "POST /agreement/sign": {"hands": ["seal"]},
        "POST /agreement/review": {"choice": "waived"},
        "POST /instalments/{no}": {"state": "paid"},
        "POST /end": {"outcome": "agreement"},
        "POST /advice": {"receipt": "signed"},
        "PUT /opinion": OPINION,
        "POST /hardship": {"party_id": str(mediation.mediator.id)},
        "POST /papers": {"paper": "evidence"},
    }


def routes() -> Iterable[tuple[str, str]]:
    """(method, path) of everything this service can be asked."""
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods or ():
                yield method, route.path


def test_the_table_below_knows_every_route() -> None:
    known = {f"{method} {path}" for method, path in routes()}
    of_disputes = {f"{m} /disputes/{{dispute_id}}{p}" for m, p in map(str.split, COMMANDS)}
    assert known == of_disputes | set(READS) | {
        "POST /offers/{offer_id}/accept",
        "POST /offers/{offer_id}/decline",
    }


async def team(mediation: Mediation) -> tuple[UUID, dict[str, Actor]]:
    """A dispute with a mediator and a lawyer, and everybody who might ask about it."""
    dispute_id = await mediation.open()
    ids = {"mediator_ids": [str(mediation.mediator.id)]}
    await mediation.do(f"/disputes/{dispute_id}/mediators", ids, by=mediation.supervisor)
    lawyer = await mediation.accept(dispute_id)
    seen = {role: person(role) for role in (Role.OPERATOR, Role.REVIEWER, Role.AUDITOR)}
    none = {
        role: person(role)
        for role in Role
        if role
        not in (*seen, Role.DISPATCHER, Role.MEDIATOR, Role.LAWYER, Role.SUPERVISOR, Role.SYSTEM)
    }
    return dispute_id, {
        "another lawyer": next(one for one in mediation.lawyers if one != lawyer),
        "supervisor of another county": person(Role.SUPERVISOR, "zq.441202"),
        "mediator of another county": person(Role.MEDIATOR, "zq.441202"),
        "supervisor of a town": person(Role.SUPERVISOR, "zq.441284.003"),
        **{role.value: one for role, one in none.items()},
        **{role.value: one for role, one in seen.items()},
        "a mediator of another dispute": mediation.mediators[1],
        "its lawyer": lawyer,
        "dispatcher": mediation.dispatcher,
        "its mediator": mediation.mediator,
        "supervisor of the city": person(Role.SUPERVISOR, "zq"),
        "supervisor": mediation.supervisor,
    }


def address(dispute_id: UUID, command: str) -> tuple[str, str]:
    """Method and path of a command, its other parameters filled in."""
    method, path = command.split()
    filled = path.format(stage="assessment_1", decision_id=ID, session_id=ID, no=1)
    return method, f"/disputes/{dispute_id}{filled}"


@pytest.mark.parametrize("command", COMMANDS)
async def test_who_may_do_what_with_a_dispute(mediation: Mediation, command: str) -> None:
    dispute_id, people = await team(mediation)
    method, path = address(dispute_id, command)
    body = bodies(mediation).get(command, {})
    got = {}
    for who, actor in people.items():
        answer = await mediation.rig.send(method, path, body, actor=actor)
        code = answer.json().get("code")
        missing_part = code == "not_found" and answer.json()["details"]["what"] != "dispute"
        assert answer.status_code < 500, answer.text
        got[who] = (
            "let in"
            if missing_part
            else {404: "hidden", 403: "no"}.get(answer.status_code, "let in")
        )
    assert got == {
        who: "let in" if who in COMMANDS[command] else "no" if who in SEES else "hidden"
        for who in people
    }


@pytest.mark.parametrize("command", COMMANDS)
async def test_whoever_saw_an_older_state_is_shown_the_present_one(
    mediation: Mediation, command: str
) -> None:
    dispute_id, people = await team(mediation)
    method, path = address(dispute_id, command)
    by = people["its lawyer" if command == "PUT /opinion" else "supervisor"]
    version = (await mediation.row(dispute_id))["version"]
    body = bodies(mediation).get(command, {})
    answer = await mediation.rig.send(method, path, body, actor=by, if_match=version - 1)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    current = {"version": version, "stage": "acceptance"}
    assert answer.json()["details"]["current"] == current
    assert (await mediation.row(dispute_id))["version"] == version


READS: dict[str, set[str]] = {
    "GET /disputes/{dispute_id}": SEES,
    "GET /disputes/{dispute_id}/lawyers/{lawyer_id}/comparison": TEAM | {"dispatcher"},
    "GET /offers": {"its lawyer", "another lawyer"},
    "GET /rosters/{kind}": SEES - {"operator", "reviewer", "auditor", "its lawyer"},
    "GET /bookings": SEES - {"operator", "reviewer", "auditor", "its lawyer", "dispatcher"},
    "GET /schemes": SEES - {"operator", "reviewer", "its lawyer", "dispatcher"} | {"system_admin"},
}
ROSTER_READERS = {
    "supervisor of another county",
    "mediator of another county",
    "supervisor of a town",
}


@pytest.mark.parametrize("read", READS)
async def test_who_may_read_what(mediation: Mediation, read: str) -> None:
    dispute_id, people = await team(mediation)
    path = read.removeprefix("GET ").format(
        dispute_id=dispute_id, kind="lawyers", lawyer_id=mediation.lawyers[0].id
    )
    since = {"since": "2026-11-01"} if path == "/bookings" else {}
    got = set()
    for who, actor in people.items():
        answer = await mediation.rig.get(path, actor=actor, **since)
        assert answer.status_code in {200, 403, 404}
        if answer.status_code == 200:
            got.add(who)
    everywhere = {"/rosters/lawyers", "/bookings", "/schemes"}
    assert got == READS[read] | (ROSTER_READERS if path in everywhere else set())
