"""What the worker's page says: what is happening now, what comes next, the latest date. Plain words, no names."""

from dataclasses import dataclass
from datetime import date, datetime

from services.workbench.domain.card import Card
from services.workbench.domain.summary import CALL_BACK, CLOSED, state_of
from services.workbench.domain.text import Text
from shared.vocabulary.calendar import CHINA, local_date


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: `done`, `now` or `next`."""

    title: Text
    state: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Words:
    """The headline and two sentences."""

    title: Text
    text: Text


RECEIVED, AGREED, LOOKED, MET, TOLD = (
    Text("收到您的来电", "We received your call"),
    Text("双方同意调解", "Both sides agree to mediation"),
    Text("核实情况", "We look into it"),
    Text("开会商量", "We meet and talk"),
    Text("告诉您结果", "We tell you the result"),
)
_NEW = Words(
    Text("已经登记", "Registered"),
    Text(
        "您反映的情况已经登记，正在安排人办理，会有人打电话联系您。",
        "Your matter is registered. Somebody will call you.",
    ),
)
_ACCEPTING = Words(
    Text("正在征求双方意见", "Asking both sides"),
    Text(
        "我们正在联系您和单位，问双方愿不愿意坐下来谈。",
        "We are asking you and your employer whether you will talk.",
    ),
)
_LOOKING = Words(
    Text("正在核实情况", "Looking into it"),
    Text(
        "我们正在核对材料和情况，需要您补充时会打电话。",
        "We are checking the papers and facts, and call you if we need more.",
    ),
)
_TALKING = Words(
    Text("正在调解", "Mediating"),
    Text(
        "调解员正在和双方商量解决办法，开会时间会提前告诉您。",
        "The mediator is talking with both sides. You will be told of meetings in advance.",
    ),
)
_PAYING = Words(
    Text("正在履行", "Being carried out"),
    Text(
        "双方已经谈成，单位应按约定付款；没有按时收到请打 12351。",
        "There is an agreement. If a payment does not arrive in time, call 12351.",
    ),
)
_AID = Words(
    Text("正在办理帮扶", "Aid is being arranged"),
    Text(
        "您的帮扶申请正在办理，工作人员会联系您核对情况。",
        "Your application for aid is being worked on. Somebody will contact you.",
    ),
)
_AGAIN = Words(
    Text("正在重新办理", "Being done again"),
    Text(
        "上次的结果还不够好，我们正在重新办理，会有人打电话联系您。",
        "The last result was not good enough. We are working on it again and will call you.",
    ),
)
_RESULT = Words(
    Text("已有结果", "There is a result"),
    Text(
        "事情已经办理完毕，我们会打电话告诉您结果，也想听听您满不满意。",
        "It is done. We will call you with the result and ask whether you are satisfied.",
    ),
)
_MERGED = Words(
    Text("与同一件事合并办理", "Joined with the same matter"),
    Text(
        "您和工友反映的是同一件事，已合并办理，您的权利不受影响，有进展会告诉您。",
        "You and your colleagues report the same matter. It is handled as one; your rights stand.",
    ),
)
_ENDED = Words(
    Text("已经办结", "Closed"),
    Text(
        "这件事已经办结。还没解决的，请再打 12351，我们接着办。",
        "It is closed. If it is not solved, call 12351 again.",
    ),
)
_BY_STAGE = {
    "acceptance": _ACCEPTING,
    "assessment_1": _LOOKING,
    "meeting": _TALKING,
    "assessment_2": _LOOKING,
    "mediation": _TALKING,
    "assessment_3": _TALKING,
    "performance": _PAYING,
    "archive": _RESULT,
}
_STEP_OF = {"acceptance": 1, "assessment_1": 2, "assessment_2": 2, "meeting": 3, "mediation": 3}
LAST = 4
NOON = 12
WEEKDAYS = "一二三四五六日"


def words_of(card: Card) -> Words:
    """What is happening now."""
    state = state_of(card)
    if state == CLOSED:
        return _MERGED if card.case.merged_into else _ENDED
    if state == CALL_BACK:
        return _RESULT
    dispute = card.dispute
    if dispute is None or dispute.closed_at:
        return _without_dispute(card)
    return _BY_STAGE.get(dispute.stage or "", _TALKING)


def _without_dispute(card: Card) -> Words:
    case = card.case
    if case.reopened:
        return _AGAIN
    if case.track == "aid":
        return _AID
    return _LOOKING if _begun(card) else _NEW


def _begun(card: Card) -> bool:
    return bool(card.case.first_contact_at or card.case.signed_by)


def steps_of(card: Card) -> list[Step]:
    """The way from the call to the result, with the dates that are known."""
    here = _here(card)
    received = local_date(card.case.received_at) if card.case.received_at else None
    dispute = card.dispute
    accepted = date.fromisoformat(dispute.accepted_on) if dispute and dispute.accepted_on else None
    meeting = local_date(dispute.next_meeting_at) if dispute and dispute.next_meeting_at else None
    if dispute is None:
        listed = [(0, RECEIVED, received), (2, LOOKED, None), (LAST, TOLD, last_day(card))]
    else:
        listed = [
            (0, RECEIVED, received),
            (1, AGREED, accepted),
            (2, LOOKED, None),
            (3, MET, meeting),
            (LAST, TOLD, last_day(card)),
        ]
    return [Step(title, _state(place, here), on) for place, title, on in listed]


def _here(card: Card) -> int:
    state = state_of(card)
    if state == CLOSED:
        return LAST + 1
    if state == CALL_BACK:
        return LAST
    dispute = card.dispute
    if dispute is None or dispute.closed_at:
        return 2 if _begun(card) else 0
    return _STEP_OF.get(dispute.stage or "", LAST)


def _state(place: int, here: int) -> str:
    if place == here:
        return "now"
    return "done" if place < here else "next"


def last_day(card: Card) -> date | None:
    """By when there is an answer at the latest; None once there is one."""
    if card.case.handled_at or card.case.closed_at:
        return None
    return max((date.fromisoformat(one.effective) for one in card.case.days), default=None)


def meeting_ahead(card: Card, now: datetime) -> Text | None:
    """When both sides and the mediator meet, while that is still to come."""
    at = card.dispute.next_meeting_at if card.dispute else None
    if at is None or at <= now or card.dispute is None or card.dispute.closed_at:
        return None
    here = at.astimezone(CHINA)
    weekday = WEEKDAYS[here.weekday()]
    half = "上午" if here.hour < NOON else "中午" if here.hour == NOON else "下午"
    hour = here.hour if here.hour <= NOON else here.hour - NOON
    return Text(
        f"**{here.month} 月 {here.day} 日（周{weekday}）{half} {hour}:{here:%M}** 开会商量。",
        f" There is a meeting on **{here:%a, %d %b at %H:%M}**.",
    )


def right_to_arbitrate(card: Card) -> Text | None:
    """From which day the law lets the worker go to arbitration although the mediation is not over."""
    dispute = card.dispute
    days = dispute.days if dispute and not dispute.closed_at else ()
    found = next((one for one in days if one.kind == "mediation_statutory"), None)
    if found is None:
        return None
    day = date.fromisoformat(found.effective)
    return Text(
        f"到 **{day.month} 月 {day.day} 日** 还没谈成，您可以去申请仲裁，不影响您的权利。",
        f"If there is no agreement by **{day.isoformat()}**, you may go to arbitration; you lose no right.",
    )
