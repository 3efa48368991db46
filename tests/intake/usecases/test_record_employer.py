"""Employers on record: one for each name, with a credit code that checks."""

from typing import Any

import pytest
from sqlmodel import select

from services.intake.tables import EmployerRow
from shared.contracts.intake import EmployerRecorded
from shared.testing.rig import Rig
from tests.intake.forms import LAWYER, OPERATOR, registered

USCC = "91441284MA4W0AB12D"
FIRM: dict[str, Any] = {
    "name": "四会市琅石建材有限公司",
    "uscc": USCC,
    "region": "441284",
    "headcount": 86,
    "unionised_since": 2023,
}


async def test_an_employer_is_recorded_and_told(intake: Rig) -> None:
    answer = await intake.post("/employers", FIRM, actor=OPERATOR)
    assert (answer.status_code, answer.json()["created"]) == (201, True)
    (fact,) = await intake.facts()
    assert isinstance(fact, EmployerRecorded)
    assert (fact.short_name, fact.uscc, fact.org) == ("琅石建材", USCC, "zq.441284")
    assert (fact.headcount, fact.unionised) == (86, True)


async def test_an_employer_a_caller_named_is_known_better_afterwards(intake: Rig) -> None:
    await registered(intake)
    answer = await intake.post("/employers", {**FIRM, "headcount": None}, actor=OPERATOR)
    assert answer.json()["created"] is False
    (row,) = await intake.rows(select(EmployerRow))
    assert (row["uscc"], row["version"], row["unionised_since"]) == (USCC, 2, 2023)


async def test_one_credit_code_is_one_employer(intake: Rig) -> None:
    await intake.post("/employers", FIRM, actor=OPERATOR)
    other = {**FIRM, "name": "另一家公司"}
    answer = await intake.post("/employers", other, actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "employer_uscc_taken")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": "（）"}, "name", "name_missing"),
        ({"name": "厂" * 101}, "name", "name_too_long"),
        ({"uscc": "91441284MA4W0AB12E"}, "uscc", "uscc_checksum"),
        ({"uscc": "91441284IA4W0AB12D"}, "uscc", "uscc_format"),
        ({"region": "110000"}, "region", "region_unknown"),
        ({"headcount": 0}, "headcount", "headcount_out_of_range"),
        ({"unionised_since": 1900}, "unionised_since", "unionised_since_out_of_range"),
    ],
)
async def test_a_bad_field_is_named_and_nothing_is_stored(
    intake: Rig, change: dict[str, Any], field: str, code: str
) -> None:
    answer = await intake.post("/employers", {**FIRM, **change}, actor=OPERATOR)
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]
    assert await intake.rows(select(EmployerRow)) == []


async def test_a_lawyer_records_no_employer(intake: Rig) -> None:
    assert (await intake.post("/employers", FIRM, actor=LAWYER)).status_code == 403
