"""The buttons of an application's page: what the reader's role and the step allow, and why one is still locked."""

from collections.abc import Sequence
from datetime import date

from services.welfare.domain.application import SEATS, Seat, check_distinct
from services.welfare.domain.application_state import Act, State, may_happen
from services.welfare.domain.checks_process import Report
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.fact_sheet import stopping
from services.welfare.domain.payment import PaymentState
from services.welfare.domain.permissions import (
    STAFF,
    may_decide_payment,
    may_do,
    may_explain,
    may_resolve_objection,
)
from services.welfare.domain.publicity import Hindrance
from services.welfare.queries.page_money import PaymentPart
from services.welfare.queries.shapes import AllowedAction, Text
from shared.vocabulary.errors import Refused
from shared.vocabulary.people import Actor
from shared.vocabulary.regions import is_within

BUTTONS: dict[Act, tuple[str, str, str]] = {
    Act.FILL: ("form", "填写申请表", "Fill in the form"),
    Act.REVIEW_FIRST: ("first-review", "初审通过", "Pass the first review"),
    Act.VISIT: ("visit", "登记入户", "Record the visit"),
    Act.SUBMIT: ("submit", "提交复核", "Pass to the reviewer"),
    Act.CHECK: ("review", "复核通过并公示", "Pass and publish"),
    Act.APPROVE: ("approve", "审批通过", "Approve"),
    Act.PAY: ("payments", "发放", "Release the payment"),
    Act.RECORD: ("record", "归档", "File"),
    Act.CHANGE: ("form", "修改申请表", "Change the form"),
    Act.SEND_BACK: ("send-back", "退回补正", "Send back"),
    Act.REJECT: ("reject", "不予帮扶", "Reject"),
    Act.WITHDRAW: ("withdraw", "撤回", "Withdraw"),
}
PRIMARY = frozenset(
    {Act.FILL, Act.REVIEW_FIRST, Act.VISIT, Act.SUBMIT, Act.CHECK, Act.APPROVE, Act.PAY, Act.RECORD}
)
HINDRANCES = {
    Hindrance.RUNNING: ("公示期满后再审批", "Approve after the publicity"),
    Hindrance.OBJECTION_OPEN: ("先处理异议，再审批", "Resolve the objection first"),
    Hindrance.OBJECTION_UPHELD: (
        "异议成立，请修改后重新公示或不予帮扶",
        "The objection was upheld",
    ),
}


def allowed_actions(
    actor: Actor, dossier: Dossier, report: Report, payments: Sequence[PaymentPart], today: date
) -> list[AllowedAction]:
    """Every button that the reader may see."""
    org = dossier.application.org
    acts = [
        _button(act, _why_not(act, actor, dossier, report, today))
        for act in BUTTONS
        if may_do(actor, act, org) and _fits(act, dossier, payments)
    ]
    return [*acts, *_others(actor, dossier, payments)]


def _fits(act: Act, dossier: Dossier, payments: Sequence[PaymentPart]) -> bool:
    if act is Act.PAY:
        alive = any(p.state.code not in {"returned", "cancelled"} for p in payments)
        return dossier.state is State.APPROVED and not alive
    return may_happen(dossier.state, act)


def _button(act: Act, blocked: Text | None) -> AllowedAction:
    code, zh, en = BUTTONS[act]
    return AllowedAction(
        code=code, label=Text(zh=zh, en=en), primary=act in PRIMARY, blocked=blocked
    )


def _why_not(act: Act, actor: Actor, dossier: Dossier, report: Report, today: date) -> Text | None:
    """What has to be done first; None when nothing."""
    seat = SEATS.get(act)
    if seat is not None or act is Act.PAY:
        try:
            check_distinct(dossier.application, seat or Seat.CASHIER, actor.id)
        except Refused as refusal:
            return Text(zh=refusal.text_zh, en=refusal.text_en)
    publicity = dossier.application.publicity
    if act is Act.APPROVE and publicity and (found := publicity.hindrance(today)):
        return Text(zh=HINDRANCES[found][0], en=HINDRANCES[found][1])
    if act in SEATS and act is not Act.VISIT:
        ids = stopping(report, act)
        if ids:
            listed = "、".join(ids)
            label = BUTTONS[act]
            return Text(
                zh=f"先处理 {len(ids)} 项拦截（{listed}），再{label[1]}",
                en=f"Clear {len(ids)} blocking checks ({', '.join(ids)}) first",
            )
    return None


def _others(actor: Actor, dossier: Dossier, payments: Sequence[PaymentPart]) -> list[AllowedAction]:
    """Acts that are no steps: objections, explanations, accounts, decisions."""
    org, last = dossier.application.org, payments[-1].state.code if payments else ""
    change = dossier.account_change
    proposed = change is not None and change.approved_at is None
    public = dossier.state is State.PUBLIC
    returned = dossier.state is State.APPROVED and last == PaymentState.RETURNED.value
    near = actor.has(*STAFF) and is_within(org, actor.org)
    offers = (
        (public and near, "objections", "登记异议", "Record an objection"),
        (
            public and may_resolve_objection(actor, org),
            "objections/resolve",
            "处理异议",
            "Resolve an objection",
        ),
        (may_explain(actor, "W13", org), "explanations", "采信说明", "Judge an explanation"),
        (returned and may_do(actor, Act.CHANGE, org), "account", "更正账户", "Correct the account"),
        (
            proposed and may_do(actor, Act.APPROVE, org),
            "account/approve",
            "同意更正账户",
            "Approve the account",
        ),
        (
            last == PaymentState.UNKNOWN.value and may_decide_payment(actor, org),
            "decisions",
            "裁定付款结果",
            "Decide the payment",
        ),
        (near, "checks", "重新校验", "Run the checks again"),
    )
    return [
        AllowedAction(code=code, label=Text(zh=zh, en=en), primary=False, blocked=None)
        for holds, code, zh, en in offers
        if holds
    ]
