"""The officer reads the form in full, on record; figures alone are assessed without storing anything."""

from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, REVIEWER, Story, form


async def test_the_form_comes_back_as_it_was_written_and_the_look_is_on_record(
    welfare: Rig,
) -> None:
    story = await Story(welfare).opened()
    empty = (await welfare.get(f"/applications/{story.id}/form", actor=OFFICER)).json()
    assert (empty["form"], empty["version"]) == (None, 1)
    await story.filled()
    told = (await welfare.get(f"/applications/{story.id}/form", actor=OFFICER)).json()
    assert {key: told["form"][key] for key in ("name", "id_no", "amount_fen")} == {
        key: form()[key] for key in ("name", "id_no", "amount_fen")
    }
    again = await welfare.put(
        f"/applications/{story.id}/form", told["form"], actor=OFFICER, if_match=told["version"]
    )
    assert again.status_code == 200, again.text
    looks = await welfare.context.db.pool.fetch(
        "SELECT 1 FROM kernel.audit WHERE action = 'value.reveal'"
    )
    assert len(looks) == 1
    assert (await welfare.get(f"/applications/{story.id}/form", actor=REVIEWER)).status_code == 403


async def test_figures_are_assessed_and_nothing_is_stored(welfare: Rig) -> None:
    body = {
        "programme": "accident",
        "incomes_fen": [3_840_000, 1_440_000, 0],
        "expenses": [{"label": "房租", "amount_fen": 960_000}],
        "calamity_fen": 4_416_000,
    }
    told = (await welfare.post("/assessments", body, actor=OFFICER)).json()
    assert told["formula"] == "（52,800.00 − 9,600.00）÷ 12 ÷ 3 = 1,200.00 元"
    assert told["proposed"]["code"] == "calamity"
    assert await welfare.facts() == []
    wrong = await welfare.post("/assessments", {**body, "incomes_fen": []}, actor=OFFICER)
    assert wrong.status_code == 422
