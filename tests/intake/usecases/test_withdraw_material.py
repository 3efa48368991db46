"""A material struck out: with a reason, by who may, once; kept, and no longer offered."""

from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.store.materials import open_withdrawn_note
from services.intake.tables import MaterialContentRow, MaterialRow
from shared.contracts.intake import MaterialWithdrawn
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.intake.files import material_in, put_in
from tests.intake.forms import (
    AUDITOR,
    COUNTY_OPERATOR,
    MEDIATOR,
    OPERATOR,
    SUPERVISOR,
    registered,
)

WHY = {"reason": "wrong_file", "note": "传成了别人的工资条"}


async def one_in(intake: Rig, actor: Actor = OPERATOR) -> tuple[str, str]:
    """A case with a material; the address of its withdrawal, and its id."""
    case_id = (await registered(intake))["case_id"]
    material_id = (await material_in(intake, case_id, actor=actor))["material_id"]
    return f"/cases/{case_id}/materials/{material_id}/withdrawal", material_id


async def test_it_is_struck_out_with_its_reason_and_kept(intake: Rig) -> None:
    path, material_id = await one_in(intake)
    answer = await intake.post(path, WHY, actor=OPERATOR, if_match=2)
    assert answer.status_code == 200, answer.text
    (row,) = await intake.rows(select(MaterialRow))
    assert (row["withdrawn_reason"], row["withdrawn_by"]) == ("wrong_file", OPERATOR.id)
    assert open_withdrawn_note(intake.context.cipher, row) == WHY["note"]
    assert len(await intake.rows(select(MaterialContentRow))) == 1
    assert (await intake.facts())[-1] == MaterialWithdrawn(
        case_id=row["case_id"],
        material_id=UUID(material_id),
        kind="wages",
        reason="wrong_file",
        withdrawn_by=OPERATOR.id,
    )


async def test_the_same_file_may_be_put_in_again(intake: Rig) -> None:
    path, _ = await one_in(intake)
    await intake.post(path, WHY, actor=OPERATOR)
    assert (await put_in(intake, path.split("/")[2])).status_code == 201


async def test_it_is_struck_out_once_and_the_same_request_is_the_same_act(intake: Rig) -> None:
    path, _ = await one_in(intake)
    first = await intake.post(path, WHY, actor=OPERATOR, key="k1")
    again = await intake.post(path, WHY, actor=OPERATOR, key="k1")
    assert (again.status_code, again.json()) == (200, first.json())
    other = await intake.post(path, WHY, actor=OPERATOR)
    assert (other.status_code, other.json()["code"]) == (409, "material_withdrawn")
    assert "已被撤回" in other.json()["zh"]


async def test_a_page_older_than_the_case_does_not_strike_out(intake: Rig) -> None:
    path, _ = await one_in(intake)
    answer = await intake.post(path, WHY, actor=OPERATOR, if_match=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        ({}, "reason", "reason_unknown"),
        ({"reason": "boredom"}, "reason", "reason_unknown"),
        ({"reason": "other"}, "note", "note_missing"),
        ({"reason": "unreadable", "note": "字" * 1001}, "note", "note_too_long"),
    ],
)
async def test_a_reason_is_chosen_and_another_one_is_explained(
    intake: Rig, form: dict[str, str], field: str, code: str
) -> None:
    path, _ = await one_in(intake)
    answer = await intake.post(path, form, actor=OPERATOR)
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]


@pytest.mark.parametrize(
    ("actor", "status"),
    [(MEDIATOR, 200), (SUPERVISOR, 200), (OPERATOR, 403), (AUDITOR, 403), (COUNTY_OPERATOR, 404)],
    ids=["who put it in", "supervisor", "a colleague", "auditor", "another county"],
)
async def test_who_put_it_in_or_a_supervisor_strikes_it_out(
    intake: Rig, actor: Actor, status: int
) -> None:
    path, _ = await one_in(intake, actor=MEDIATOR)
    assert (await intake.post(path, WHY, actor=actor)).status_code == status


async def test_a_material_of_another_case_is_not_found(intake: Rig) -> None:
    path, material_id = await one_in(intake)
    other = (await registered(intake, phone="13800136299"))["case_id"]
    moved = f"/cases/{other}/materials/{material_id}/withdrawal"
    assert (await intake.post(moved, WHY, actor=OPERATOR)).status_code == 404
    none = path.replace(material_id, str(new_id()))
    assert (await intake.post(none, WHY, actor=OPERATOR)).status_code == 404
