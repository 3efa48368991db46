"""What the worker reads: what is going on now, when there is a meeting, and never a word that is not true any more."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from services.workbench.domain.tracking import meeting_ahead, steps_of, words_of
from shared.contracts.base import Event
from tests.workbench.domain.test_folds import folded
from tests.workbench.story import Story

STORY = Story()
DISPUTE = [STORY.registered(), STORY.opened()]
ENDED = [*DISPUTE, STORY.dispute_closed(), STORY.handled()]
MEETING = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "title", "now"),
    [
        ([STORY.question()], "已经登记", "收到您的来电"),
        ([STORY.question(), STORY.note()], "正在核实情况", "核实情况"),
        ([STORY.question(), STORY.signed()], "正在核实情况", "核实情况"),
        ([STORY.registered(track="aid")], "正在办理帮扶", "收到您的来电"),
        (DISPUTE, "正在征求双方意见", "双方同意调解"),
        (ENDED, "已有结果", "告诉您结果"),
        ([*ENDED, STORY.reopened("check_failed")], "正在重新办理", "核实情况"),
        ([STORY.question(), STORY.handled(), STORY.reopened()], "正在重新办理", "核实情况"),
    ],
)
def test_the_headline_and_the_step_say_the_same(told: list[Event], title: str, now: str) -> None:
    card = folded(*told)
    assert words_of(card).title.zh == title
    assert [one.title.zh for one in steps_of(card) if one.state == "now"] == [now]


def test_a_meeting_is_told_until_it_begins() -> None:
    called = replace(STORY.progressed(), next_meeting_at=MEETING)
    card = folded(*DISPUTE, called)
    before = meeting_ahead(card, MEETING - timedelta(minutes=1))
    assert before is not None
    assert before.zh == "**11 月 26 日（周四）上午 9:30** 开会商量。"
    assert "Thu, 26 Nov at 09:30" in before.en
    assert meeting_ahead(card, MEETING) is None
    assert meeting_ahead(folded(*DISPUTE), MEETING) is None
    closed = folded(*DISPUTE, called, STORY.dispute_closed())
    assert meeting_ahead(closed, MEETING - timedelta(days=1)) is None


@pytest.mark.parametrize(("hour", "told"), [(4, "中午 12:00"), (6, "下午 2:00"), (3, "上午 11:00")])
def test_the_hour_is_said_as_one_says_it(hour: int, told: str) -> None:
    called = replace(STORY.progressed(), next_meeting_at=MEETING.replace(hour=hour, minute=0))
    words = meeting_ahead(folded(*DISPUTE, called), MEETING - timedelta(days=1))
    assert words is not None
    assert told in words.zh
