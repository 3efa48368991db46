"""What the form is told while it is filled in."""

from typing import Any

from shared.testing.rig import Rig
from tests.intake.forms import CALL, LAWYER, OPERATOR

PLAN: dict[str, Any] = {
    "category": "wage_arrears",
    "urgency": "urgent",
    "handling": "dispatch",
    "region": "441284104",
    "employer_id": None,
    "claimant_count": 14,
}


async def test_a_narrative_is_read_with_the_words_that_decided(intake: Rig) -> None:
    text = "😀" + CALL["narrative"]
    question = {"narrative": text, "employer_id": None}
    told = (await intake.post("/suggestions", question, actor=OPERATOR)).json()
    assert told["category"]["code"] == "wage_arrears"
    assert told["category"]["label"]["zh"] == "劳动报酬 / 拖欠工资"
    assert (told["track"]["code"], told["handling"]) == ("dispute", "dispatch")
    assert told["track"]["note"]["zh"].startswith("≥10")
    assert told["urgency"]["code"] == "urgent"
    assert (told["claimant_count"], told["title"]) == (14, "拖欠工资（14 人）")
    units = text.encode("utf-16-le")
    for evidence in told["category"]["evidence"]:
        stretch = units[2 * evidence["start"] : 2 * evidence["end"]].decode("utf-16-le")
        assert stretch == evidence["text"]


async def test_a_text_that_says_nothing_is_left_to_the_operator(intake: Rig) -> None:
    question = {"narrative": "你好，在吗", "employer_id": None}
    told = (await intake.post("/suggestions", question, actor=OPERATOR)).json()
    assert (told["category"], told["track"], told["title"]) == (None, None, None)


async def test_the_plan_says_where_it_goes_and_by_when(intake: Rig) -> None:
    told = (await intake.post("/plans", PLAN, actor=OPERATOR)).json()
    assert told["target"]["zh"] == "四会市总工会 · 属地调解组"
    assert told["basis"]["zh"].startswith("依据派单目录 2026-11 版")
    assert [clock["kind"] for clock in told["clocks"]] == ["close", "first_contact"]
    assert told["clocks"][1]["unit"] == "hour"


async def test_what_is_answered_at_once_goes_nowhere(intake: Rig) -> None:
    plan = {**PLAN, "handling": "answer"}
    told = (await intake.post("/plans", plan, actor=OPERATOR)).json()
    assert told["target"]["zh"] == "当场答复并办结"
    assert len(told["clocks"]) == 1


async def test_an_unknown_category_and_a_stranger_are_refused(intake: Rig) -> None:
    answer = await intake.post("/plans", {**PLAN, "category": "x"}, actor=OPERATOR)
    assert answer.status_code == 422
    question = {"narrative": "x", "employer_id": None}
    assert (await intake.post("/suggestions", question, actor=LAWYER)).status_code == 403
