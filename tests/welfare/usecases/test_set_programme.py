"""A programme is changed by the city's union, edition by edition; closed windows take no applications."""

from datetime import timedelta

from shared.testing.rig import Rig
from tests.welfare.story import APPROVER, OFFICER, TODAY, TREASURER, YEAR, Story, emergency

PLAN = {
    "zh": "金秋助学",
    "en": "Tuition aid",
    "fund": "union_dues",
    "per": "student",
    "cap_fen": 500_000,
    "yearly_cap_fen": 500_000,
    "standards": {"deep": 500_000},
    "file_based": False,
    "publicity_workdays": 5,
    "late_payment_days": 15,
    "return_repair_days": 5,
    "reason": "延长申请期",
}


async def test_a_change_is_a_new_edition_that_holds_at_once(welfare: Rig) -> None:
    shown = {
        one["programme"]["code"]: one
        for one in (await welfare.get("/programmes", actor=OFFICER)).json()
    }
    assert shown["accident"]["edition"] == 1
    await emergency(welfare)
    shown = {
        one["programme"]["code"]: one
        for one in (await welfare.get("/programmes", actor=OFFICER)).json()
    }
    assert (shown["accident"]["edition"], shown["accident"]["publicity_workdays"]) == (2, 0)


async def test_only_the_city_changes_programmes(welfare: Rig) -> None:
    assert (
        await welfare.put(f"/programmes/{YEAR}/tuition", PLAN, actor=APPROVER)
    ).status_code == 403


async def test_a_closed_window_takes_no_form(welfare: Rig) -> None:
    closed = {**PLAN, "closes_on": (TODAY - timedelta(days=1)).isoformat()}
    assert (
        await welfare.put(f"/programmes/{YEAR}/tuition", closed, actor=TREASURER)
    ).status_code == 200
    story = await Story(welfare).opened("tuition")
    assert (await story.fill()).json()["code"] == "programme_outside_window"
