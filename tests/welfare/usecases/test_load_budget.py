"""Budgets are opened once per line, added to, and never by those who spend them; transfers are for ever."""

import asyncpg
import pytest

from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, TREASURER, YEAR, budget

LINE = {"programme": "living", "year": YEAR, "org": "zq", "amount_fen": 100, "reason": "x"}


async def test_a_line_is_opened_once_and_added_to(welfare: Rig) -> None:
    key = await budget(welfare, 500, "living")
    again = await welfare.post("/budgets", LINE, actor=TREASURER)
    assert again.json()["code"] == "budget_exists"
    more = {"amount_fen": 300, "reason": "追加"}
    answer = await welfare.post(f"/budgets/{key}/appropriations", more, actor=TREASURER)
    assert answer.json()["available_fen"] == 800


async def test_officers_and_lower_unions_do_not_open_budgets(welfare: Rig) -> None:
    assert (await welfare.post("/budgets", LINE, actor=OFFICER)).status_code == 403
    assert (
        await welfare.post("/budgets", {**LINE, "amount_fen": 0}, actor=TREASURER)
    ).status_code == 422


@pytest.mark.parametrize(
    "statement",
    ["UPDATE transfer SET amount_fen = 1", "DELETE FROM transfer", "TRUNCATE transfer CASCADE"],
)
async def test_a_transfer_is_never_changed(welfare: Rig, statement: str) -> None:
    with pytest.raises(asyncpg.PostgresError, match="never changed"):
        await welfare.context.db.pool.fetch(statement)
