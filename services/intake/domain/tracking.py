"""The code a worker follows a case with, and the plain words the worker reads there."""

from dataclasses import dataclass

from services.intake.domain.case_state import State
from shared.vocabulary.identifiers import (
    format_tracking_code,
    normalise_tracking_code,
    tracking_code,
)

RANDOM_BYTES = 16
"""Twice what eight characters need, so that no character is noticeably likelier than another."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a worker is told about the state: a headline and a sentence, in both languages."""

    title_zh: str
    text_zh: str
    title_en: str
    text_en: str


def new_tracking_code(random_bytes: bytes) -> str:
    """The code for the given randomness, unguessable if the bytes are; stored as it is."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a tracking code needs {RANDOM_BYTES} random bytes")
    return tracking_code(int.from_bytes(random_bytes))


def shown(code: str) -> str:
    """As read aloud and printed: `7K3M-9Q2T`."""
    return format_tracking_code(code)


def typed(text: str) -> str | None:
    """The code a worker typed, with look-alikes corrected; None if it cannot be one."""
    return normalise_tracking_code(text)


def worker_words(state: State) -> Words:
    """The state in words a worker understands; what the desk calls it is of no use to them."""
    return _WORDS[state]


_RECEIVED = Words(
    "已收到您的来电",
    "我们正在安排由谁来办。请保存好工资条、合同、打卡记录等材料。",
    "We have your call",
    "We are choosing who handles it. Keep pay slips, contracts and attendance records.",
)
_ASSIGNED = Words(
    "已安排专人办理",
    "承办单位会尽快联系您，请保持电话畅通。",
    "Somebody is assigned",
    "They will contact you soon. Please keep your telephone on.",
)
_WORKING = Words(
    "正在办理",
    "承办人员正在核实情况、联系各方。有进展会发短信告诉您。",
    "Being worked on",
    "Facts are being checked and the sides contacted. News comes by text message.",
)
_ASKED = Words(
    "已有结果，等待回访",
    "我们会打电话问您是否满意。如有意见，请直接告诉我们。",
    "Done; we will call you",
    "We will call to ask whether you are satisfied. Please speak openly.",
)
_DONE = Words(
    "已办结",
    "这件事已经办结。如果问题没有解决，请拨打 12351。",
    "Closed",
    "The matter is closed. If the problem is not solved, call 12351.",
)
_WORDS = {
    State.RECEIVED: _RECEIVED,
    State.ANSWERED: Words(
        "已答复您的问题",
        "您的问题已当场答复。如还有疑问，请拨打 12351。",
        "Your question was answered",
        "It was answered on the call. If anything is unclear, call 12351.",
    ),
    State.REFERRED: Words(
        "已告知受理单位",
        "这件事由其他单位负责，我们已告诉您怎样联系他们。需要帮助请拨打 12351。",
        "Passed to the right body",
        "Another body is in charge; we told you how to reach it. Call 12351 if you need help.",
    ),
    State.MERGED: Words(
        "已与同一件事合并办理",
        "您和工友反映的是同一件事，已合并办理，您的权利不受影响。",
        "Joined with the same matter",
        "You and your colleagues report the same matter. It is handled as one; your rights stand.",
    ),
    State.DISPATCHED: _ASSIGNED,
    State.RETURNED: Words(
        "正在调整承办单位",
        "正在为您重新安排承办单位，请稍候。",
        "Changing the handling unit",
        "We are finding the right unit for you. Please wait.",
    ),
    State.IN_PROGRESS: _WORKING,
    State.HANDLED: _ASKED,
    State.CALLED_BACK: _ASKED,
    State.REOPENED: Words(
        "重新办理中",
        "根据您的意见，我们正在重新办理。",
        "Taken up again",
        "Following what you said, we are working on it again.",
    ),
    State.CLOSED: _DONE,
}
