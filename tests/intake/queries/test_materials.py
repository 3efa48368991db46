"""The materials tab: what is there, what was struck out, what is still expected."""

from typing import Any

import pytest

from shared.testing.rig import Rig
from shared.vocabulary.people import Actor
from tests.intake.files import NAME, PDF, PNG, material_in
from tests.intake.forms import AID, AUDITOR, COUNTY_OPERATOR, MEDIATOR, OPERATOR, registered
from tests.intake.usecases.test_add_material import WELFARE


async def listed(intake: Rig, case_id: Any, actor: Actor = OPERATOR) -> dict[str, Any]:
    """What the tab shows."""
    answer = await intake.get(f"/cases/{case_id}/materials", actor=actor)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_newest_first_and_struck_out_ones_say_why(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    old = (await material_in(intake, case_id))["material_id"]
    new = (await material_in(intake, case_id, content=PNG, kind="picture"))["material_id"]
    why = {"reason": "other", "note": "当事人改了主意"}
    await intake.post(f"/cases/{case_id}/materials/{old}/withdrawal", why, actor=OPERATOR)
    lines = (await listed(intake, case_id))["items"]
    assert [one["material_id"] for one in lines] == [new, old]
    assert (lines[0]["withdrawn"], lines[0]["readable"], lines[0]["withdrawable"]) == (
        None,
        True,
        True,
    )
    gone = lines[1]
    assert (gone["name"], gone["size_bytes"], gone["kind"]["code"]) == (NAME, len(PDF), "wages")
    assert (gone["withdrawn"]["reason"]["code"], gone["withdrawn"]["note"]) == (
        "other",
        why["note"],
    )
    assert (gone["readable"], gone["withdrawable"]) == (False, False)
    assert (await listed(intake, case_id, AUDITOR))["items"][1]["readable"] is True


async def test_what_is_expected_is_ticked_off_by_what_is_not_struck_out(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    material_id = (await material_in(intake, case_id, kind="attendance"))["material_id"]

    async def lacking() -> list[str]:
        told = await listed(intake, case_id)
        return [one["kinds"][0]["code"] for one in told["expected"] if not one["met"]]

    assert await lacking() == ["application", "identity", "representation"]
    path = f"/cases/{case_id}/materials/{material_id}/withdrawal"
    await intake.post(path, {"reason": "unreadable"}, actor=OPERATOR)
    assert await lacking() == ["application", "identity", "contract", "wages", "representation"]


async def test_an_application_for_aid_expects_other_things(intake: Rig) -> None:
    case_id = (await registered(intake, base=AID))["case_id"]
    told = await listed(intake, case_id)
    assert [one["kinds"][0]["code"] for one in told["expected"]] == [
        "application",
        "identity",
        "household",
        "consent",
        "income",
    ]


@pytest.mark.parametrize(
    ("actor", "status"), [(MEDIATOR, 200), (AUDITOR, 200), (WELFARE, 403), (COUNTY_OPERATOR, 404)]
)
async def test_the_list_is_for_who_works_on_the_case(
    intake: Rig, actor: Actor, status: int
) -> None:
    case_id = (await registered(intake))["case_id"]
    answer = await intake.get(f"/cases/{case_id}/materials", actor=actor)
    assert answer.status_code == status


async def test_who_only_reads_is_not_offered_to_add_or_strike_out(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    await material_in(intake, case_id)
    told = await listed(intake, case_id, AUDITOR)
    assert (told["may_add"], told["items"][0]["withdrawable"]) == (False, False)
    assert (await listed(intake, case_id, MEDIATOR))["items"][0]["withdrawable"] is False
