"""Finding employers."""

from typing import Any

import pytest

from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from tests.intake.forms import LAWYER, OPERATOR, registered

FIRMS = (
    {"name": "四会市琅石建材有限公司", "uscc": "91441284MA4W0AB12D", "region": "441284104"},
    {"name": "肇庆市鼎湖百花电子有限公司", "region": "441203"},
    {"name": "100%好味_食品厂", "region": "441202"},
)


async def found(intake: Rig, q: str) -> list[str]:
    page = await intake.get("/employers", actor=OPERATOR, q=q)
    assert page.status_code == 200, page.text
    return [one["name"] for one in page.json()["items"]]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("琅石", 0),
        ("石", 0),
        ("lsjc", 0),
        ("langshi", 0),
        ("LSJC", 0),
        ("MA4W0", 0),
        ("百花电子", 1),
        ("0%好", 2),
        ("味_食", 2),
    ],
)
async def test_characters_pinyin_initials_and_code_find_the_firm(
    intake: Rig, typed: str, place: int
) -> None:
    for firm in FIRMS:
        await intake.post("/employers", firm, actor=OPERATOR)
    assert await found(intake, typed) == [FIRMS[place]["name"]]


@pytest.mark.parametrize("typed", ["", "  ", "没有这家", "%", "_好", "zzzz"])
async def test_nothing_typed_and_nothing_known_find_nothing(intake: Rig, typed: str) -> None:
    for firm in FIRMS[:2]:
        await intake.post("/employers", firm, actor=OPERATOR)
    assert await found(intake, typed) == []


async def test_the_card_counts_the_cases_of_twelve_months(intake: Rig) -> None:
    await registered(intake)
    await registered(intake, category="overtime_pay")
    hit: dict[str, Any] = (await intake.get("/employers", actor=OPERATOR, q="琅石")).json()[
        "items"
    ][0]
    card = (await intake.get(f"/employers/{hit['employer_id']}", actor=OPERATOR)).json()
    assert (card["cases_12_months"], card["arrears_12_months"]) == (2, 1)
    assert card["region"]["label"]["zh"] == "迳口镇"


async def test_unknown_and_foreign_are_told_apart(intake: Rig) -> None:
    assert (await intake.get(f"/employers/{new_id()}", actor=OPERATOR)).status_code == 404
    assert (await intake.get("/employers", actor=LAWYER, q="琅石")).status_code == 403
