"""The checks about the process and the money's way (W10 to W12, W15, W16, W18, W19), and the run of all twenty."""

from dataclasses import dataclass
from datetime import timedelta

from services.welfare.domain import checks_person as person
from services.welfare.domain.checks import (
    CASH_SIGNATURES,
    Check,
    Facts,
    Outcome,
    Verdict,
    blocked,
    later,
    passed,
    warned,
)
from services.welfare.domain.publicity import Hindrance
from shared.vocabulary.money import format_yuan


def w10_publicity_over(facts: Facts) -> Outcome:
    """The list was public long enough and nobody's objection is open or upheld."""
    publicity = facts.payout.publicity
    if publicity is None:
        return later("公示在复核通过后开始", "The publicity starts after the check")
    match publicity.hindrance(facts.today):
        case None if not publicity.waits:
            return passed("急难救助，先救助、后公示", "Emergency aid is paid while it is public")
        case None:
            return passed("公示期满无异议", "Public long enough, no objection")
        case Hindrance.RUNNING:
            return blocked(
                f"公示到 {publicity.ends_on.isoformat()} 止",
                f"Public until {publicity.ends_on.isoformat()}",
                remedy=("期满后再审批", "Approve after that day"),
            )
        case Hindrance.OBJECTION_OPEN:
            return blocked(
                "有异议未处理",
                "An objection is open",
                remedy=("调查异议并登记结论", "Look into the objection and record the result"),
            )
        case Hindrance.OBJECTION_UPHELD:
            return blocked(
                "异议成立",
                "An objection was upheld",
                remedy=("更正后重新复核公示，或不予帮扶", "Correct and publish again, or reject"),
            )


def w11_people_distinct(facts: Facts) -> Outcome:
    """Applicant, handler, reviewer, approver and payer are different; no handler is a relative."""
    who = facts.people
    known = [
        one
        for one in (who.applicant, who.handler, who.reviewer, who.approver, who.cashier)
        if one is not None
    ]
    if who.handler_is_relative:
        return blocked(
            "经办人申报为申请人亲属",
            "The handler is a declared relative of the applicant",
            remedy=("更换经办人", "Change the handler"),
        )
    if len(known) != len(set(known)):
        return blocked(
            "经办、复核、审批、出纳或申请人有重复",
            "One person holds two of the seats",
            remedy=("由不同人员办理", "Let different people sign"),
        )
    if who.handler is None:
        return later("经办人待确定", "There is no handler yet")
    return passed("经办人员不同", "All are different people")


def w12_money_there(facts: Facts) -> Outcome:
    """The budget line holds the amount, in the programme's own fund."""
    available = facts.aid.fund_available_fen
    if not facts.aid.fund_matches:
        return blocked(
            "资金来源与项目不符（专款专用）",
            "The money is from another fund than the programme's",
            remedy=("改用本项目资金来源", "Use the programme's own fund"),
        )
    if available is None:
        return later("预算待核对", "The budget is not checked yet")
    if facts.aid.amount_fen > available:
        return blocked(
            f"预算可用 {format_yuan(available)} 元，不足本笔",
            f"Only {format_yuan(available)} yuan are left in the budget",
            remedy=("调减金额或申请追加预算", "Lower the amount or ask for more budget"),
        )
    return passed("预算可用", "The budget holds it")


def w15_paid_in_time(facts: Facts) -> Outcome:
    """The payment comes soon after the approval."""
    approved = facts.payout.approved_on
    if approved is None:
        return later("审批后再核发放时限", "Counted from the approval")
    limit = facts.programme.late_payment_days
    if (facts.payout.paid_on or facts.today) <= approved + timedelta(days=limit):
        return passed("发放及时", "Paid in time")
    return warned(
        f"审批后已超过 {limit} 天",
        f"More than {limit} days since the approval",
        remedy=("尽快发放，并在档案说明原因", "Pay soon and note the reason in the file"),
    )


def w16_cash_documented(facts: Facts) -> Outcome:
    """Cash is handed over before two signatures and a photo."""
    payout = facts.payout
    if not payout.cash:
        return passed("实名打卡发放", "Paid to an account")
    if payout.cash_signatures >= CASH_SIGNATURES and payout.cash_photo:
        return passed("现金发放手续齐全", "Cash is documented")
    return blocked(
        "现金发放缺少双人签字或现场照片",
        "Cash lacks two signatures or the photo",
        remedy=("改为打卡发放，或补齐两人签字和照片", "Pay to an account, or complete the papers"),
    )


def w18_content_as_approved(facts: Facts) -> Outcome:
    """Nothing was edited after the approval."""
    payout = facts.payout
    if payout.approved_hash is None:
        return later("审批后再核内容是否改动", "Checked after the approval")
    if payout.approved_hash == payout.current_hash:
        return passed("审批后未改动", "Unchanged since the approval")
    return blocked(
        "审批后内容有改动，原审批作废",
        "The content was changed after the approval, which is void",
        remedy=("重新复核、公示和审批", "Check, publish and approve again"),
    )


def w19_returns_taken_up(facts: Facts) -> Outcome:
    """A returned transfer is taken up again soon."""
    returned = facts.payout.returned_on
    if facts.payout.approved_on is None and returned is None:
        return later("发放后再核退票", "Checked after the payment")
    limit = facts.programme.return_repair_days
    if returned is None or facts.today <= returned + timedelta(days=limit):
        return passed("无未处理退票", "No return is waiting")
    return warned(
        f"退票已超过 {limit} 天未处理",
        f"A returned payment has waited more than {limit} days",
        remedy=("核实账户后重新付款", "Verify the account and pay again"),
    )


CHECKS: dict[str, tuple[str, Check]] = {
    "W1": ("同一人同项目同年度一次", person.w1_once_per_person),
    "W2": ("同一户同项目同年度一次", person.w2_once_per_household),
    "W3": ("未在他处受助", person.w3_not_aided_elsewhere),
    "W4": ("收款账号未共用", person.w4_account_not_shared),
    "W5": ("户名与受助人一致", person.w5_holder_is_beneficiary),
    "W6": ("在职在册", person.w6_still_entitled),
    "W7": ("未超上限", person.w7_within_caps),
    "W8": ("档案有效", person.w8_file_active),
    "W9": ("年度复核", person.w9_file_fresh),
    "W10": ("公示期满无异议", w10_publicity_over),
    "W11": ("经办人员不同", w11_people_distinct),
    "W12": ("预算可用", w12_money_there),
    "W13": ("家庭经济核对", person.w13_assets_explained),
    "W14": ("证件校验", person.w14_numbers_valid),
    "W15": ("发放及时", w15_paid_in_time),
    "W16": ("现金手续", w16_cash_documented),
    "W17": ("发票未重复", person.w17_claim_is_new),
    "W18": ("审批后未改动", w18_content_as_approved),
    "W19": ("退票处理", w19_returns_taken_up),
    "W20": ("无聚集情况", person.w20_no_cluster),
}


@dataclass(frozen=True, slots=True)
class Result:
    """A check by its id and title, with its outcome."""

    id: str
    title_zh: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """All twenty results; what blocks stands first."""

    results: tuple[Result, ...]

    def ids(self, verdict: Verdict) -> tuple[str, ...]:
        """The ids of the checks with that verdict, in their order."""
        return tuple(one.id for one in self.results if one.outcome.verdict is verdict)

    @property
    def blocked(self) -> bool:
        """Whether anything stops the next step."""
        return bool(self.ids(Verdict.BLOCK))


_ORDER = (Verdict.BLOCK, Verdict.WARN, Verdict.PASS, Verdict.LATER)


def run_checks(facts: Facts) -> Report:
    """Every check, the most serious first, otherwise in the order of their numbers."""
    results = [Result(key, title, check(facts)) for key, (title, check) in CHECKS.items()]
    return Report(tuple(sorted(results, key=lambda one: _ORDER.index(one.outcome.verdict))))
