"""Seeing a full number needs a reason and leaves a trace."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from services.intake.tables import PartyRow
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.intake.forms import AUDITOR, COUNTY_OPERATOR, LAWYER, MEDIATOR, OPERATOR, registered


async def asked(intake: Rig, **changes: Any) -> dict[str, Any]:
    (party,) = await intake.rows(select(PartyRow))
    wish = {"kind": "party", "id": str(party["id"]), "field": "phone", "reason": "contact"}
    return {**wish, "note": "", **changes}


async def audits(intake: Rig) -> list[Any]:
    return await intake.rows(text("SELECT * FROM kernel.audit WHERE action = 'party.reveal'"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "13800136207"), ("name", "陈某明"), ("id_no", "441202198503120016")],
)
async def test_the_value_is_shown_and_that_it_was_shown_is_on_record(
    intake: Rig, field: str, value: str
) -> None:
    await registered(intake, id_no="441202198503120016")
    answer = await intake.post("/reveals", await asked(intake, field=field), actor=MEDIATOR)
    assert (answer.status_code, answer.json()) == (200, {"value": value, "remask_after_s": 30})
    (link,) = await audits(intake)
    assert link["actor_id"] == MEDIATOR.id
    assert f'"field":"{field}"' in link["content"]
    assert value not in link["content"]


async def test_the_value_is_not_remembered_under_the_key(intake: Rig) -> None:
    await registered(intake)
    await intake.post("/reveals", await asked(intake), actor=MEDIATOR, key="look")
    stored = await intake.rows(text("SELECT * FROM kernel.idempotency WHERE key = 'look'"))
    assert stored == []


@pytest.mark.parametrize("actor", [COUNTY_OPERATOR, LAWYER, AUDITOR])
async def test_others_see_nothing_and_leave_no_trace(intake: Rig, actor: Actor) -> None:
    await registered(intake)
    answer = await intake.post("/reveals", await asked(intake), actor=actor)
    assert answer.status_code == 403
    assert "13800136207" not in answer.text
    assert await audits(intake) == []


async def test_a_caller_who_hides_is_shown_to_the_hotline_only(intake: Rig) -> None:
    await registered(intake, confidential="full")
    assert (await intake.post("/reveals", await asked(intake), actor=MEDIATOR)).status_code == 403
    assert (await intake.post("/reveals", await asked(intake), actor=OPERATOR)).status_code == 200


@pytest.mark.parametrize(
    "change",
    [{"reason": "other"}, {"reason": "curious"}, {"field": "salary"}, {"note": "字" * 201}],
    ids=str,
)
async def test_a_reason_is_needed(intake: Rig, change: dict[str, str]) -> None:
    await registered(intake)
    answer = await intake.post("/reveals", await asked(intake, **change), actor=MEDIATOR)
    assert answer.status_code == 422
    assert await audits(intake) == []


async def test_somebody_we_do_not_know_is_not_found(intake: Rig) -> None:
    await registered(intake)
    wish = await asked(intake, id=str(new_id()))
    assert (await intake.post("/reveals", wish, actor=OPERATOR)).status_code == 404
