"""Welfare's lines of the timeline."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.workbench.domain.labels import APPLICATION_STATES, HARDSHIP, PROGRAMMES, label
from services.workbench.domain.text import Text, yuan

Who = Callable[[UUID | None], str]


def _opened(body: Any, _who: Who) -> Text:
    programme = label(PROGRAMMES, body.programme)
    number = f"[{body.application_number}](application:{body.application_id})"
    return Text(f"申请{programme.zh} {number}", f"Application for {programme.en} {number}")


def _filled(body: Any, _who: Who) -> Text:
    kind = label(HARDSHIP, body.hardship)
    return Text(
        f"家庭 {body.household} 人，人均 {yuan(body.per_capita_fen)} 元：{kind.zh}，拟 **{yuan(body.amount_fen)} 元**",
        f"Household of {body.household}, CNY {yuan(body.per_capita_fen)} each: {kind.en}, proposed"
        f" **CNY {yuan(body.amount_fen)}**",
    )


def _checked(body: Any, _who: Who) -> Text:
    blocked, warned, passed = len(body.blocked), len(body.warned), len(body.passed)
    return Text(
        f"核查 {blocked + warned + passed} 项：不通过 {blocked}，提醒 {warned}",
        f"{blocked + warned + passed} checks: {blocked} block, {warned} warn",
    )


def _moved(body: Any, _who: Who) -> Text:
    before, after = (label(APPLICATION_STATES, one) for one in (body.from_state, body.to_state))
    return Text(f"帮扶：{before.zh} → **{after.zh}**", f"Aid: {before.en} → **{after.en}**")


def _money(zh: str, en: str) -> Callable[[Any, Who], Text]:
    def words(body: Any, _who: Who) -> Text:
        return Text(f"{zh} **{yuan(body.amount_fen)} 元**", f"{en} **CNY {yuan(body.amount_fen)}**")

    return words


WELFARE: dict[str, Callable[[Any, Who], Text]] = {
    "welfare.application_opened": _opened,
    "welfare.application_filled": _filled,
    "welfare.application_checked": _checked,
    "welfare.application_moved": _moved,
    "welfare.funds_reserved": _money("预算占用", "Budget held:"),
    "welfare.funds_released": _money("预算释放", "Budget given back:"),
    "welfare.publicity_started": lambda body, who: Text(
        f"公示 {body.starts_on} 至 {body.ends_on}", f"Publicity {body.starts_on} to {body.ends_on}"
    ),
    "welfare.objection_raised": lambda body, who: Text("公示期收到异议", "An objection was raised"),
    "welfare.objection_resolved": lambda body, who: Text(
        f"异议已处理：{'成立' if body.upheld else '不成立'}",
        f"Objection {'upheld' if body.upheld else 'dismissed'}",
    ),
    "welfare.application_approved": _money("审批通过", "Approved:"),
    "welfare.application_rejected": lambda body, who: Text(
        "不予帮扶，理由已告知", "Refused, with reason"
    ),
    "welfare.payment_sent": _money("送银行发放", "Sent to the bank:"),
    "welfare.payment_unknown": lambda body, who: Text(
        "银行未回执，正在查询，不会重复发放",
        "Outcome unknown: the bank is asked, nothing is paid twice",
    ),
    "welfare.payment_settled": _money("已到账", "Arrived:"),
    "welfare.payment_returned": _money("银行退票，待核对账户", "Returned by the bank:"),
    "welfare.application_closed": lambda body, who: Text("帮扶办结", "Aid closed"),
}
