"""Mediation's lines of the timeline."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.workbench.domain.labels import DISPUTE_OUTCOMES, DUES, MEDIATION_TRACKS, STAGES, label
from services.workbench.domain.text import Text, yuan
from shared.vocabulary.calendar import CHINA

Who = Callable[[UUID | None], str]
ORDINALS = {1: "一", 2: "二", 3: "三"}
DECLINED = {
    "conflict": Text("有利益冲突", "conflict of interest"),
    "workload": Text("手上案件太多", "too many cases"),
    "expertise": Text("不属专长领域", "not their field"),
    "absence": Text("近期外出", "away"),
    "other": Text("其他原因", "other reasons"),
}


UNANSWERED = {
    "acceptance": Text("请尽快答复申请人", "answer the applicant"),
    "court_confirm": Text("法院可另行委派", "the court may assign it elsewhere"),
}
"""A period to answer in that ran out means something else than one to mediate in."""


def _opened(body: Any, _who: Who) -> Text:
    if body.group:
        return Text(
            f"立为集体争议，{body.claimant_count} 人，等级 **{body.grade}**",
            f"Collective dispute opened, {body.claimant_count} people, grade **{body.grade}**",
        )
    return Text(f"立为争议，等级 **{body.grade}**", f"Dispute opened, grade **{body.grade}**")


def _offered(body: Any, who: Who) -> Text:
    return Text(
        f"请律师 {who(body.lawyer_id)} 接办（第 {body.attempt} 位）：{body.considered} 人中在办最少"
        f"（{body.open_disputes} 件），冲突排除 {body.excluded_conflict} 人",
        f"Offered to {who(body.lawyer_id)} (no. {body.attempt}): least loaded of {body.considered}"
        f" ({body.open_disputes} open), {body.excluded_conflict} excluded by conflict",
    )


def _declined(body: Any, who: Who) -> Text:
    why = label(DECLINED, body.reason)
    return Text(
        f"律师 {who(body.lawyer_id)} 谢绝：{why.zh}", f"{who(body.lawyer_id)} declined: {why.en}"
    )


def _scheduled(body: Any, _who: Who) -> Text:
    at = f"{body.starts_at.astimezone(CHINA):%m-%d %H:%M}"
    people = len(body.attendee_ids)
    return Text(
        f"会商排期 **{at}** {body.room}，{people} 人参加",
        f"Joint meeting **{at}**, {body.room}, {people} people",
    )


def _held(body: Any, _who: Who) -> Text:
    return Text(
        f"会商召开，{body.attended} 人到会，形成决议 {body.decisions} 项",
        f"Joint meeting held, {body.attended} present, {body.decisions} decisions",
    )


def _saved(body: Any, _who: Who) -> Text:
    no = ORDINALS.get(body.assessment, str(body.assessment))
    return Text(
        f"研判{no}暂存：清单完成 {body.items_done} / {body.items_total}",
        f"Assessment {body.assessment} saved: {body.items_done} of {body.items_total}",
    )


def _signed(body: Any, who: Who) -> Text:
    no = ORDINALS.get(body.assessment, str(body.assessment))
    return Text(
        f"研判{no} {who(body.signer_id)} 签字 {body.signatures} / {body.required}",
        f"Assessment {body.assessment} signed by {who(body.signer_id)}, {body.signatures} of {body.required}",
    )


def _advanced(body: Any, _who: Who) -> Text:
    before, after = label(STAGES, body.from_stage), label(STAGES, body.to_stage)
    return Text(f"{before.zh} → **{after.zh}**", f"{before.en} → **{after.en}**")


def _graded(body: Any, _who: Who) -> Text:
    zh, en = ("（规则 49 自动）", " (rule 49)") if body.automatic else ("", "")
    return Text(
        f"等级 {body.from_grade} → **{body.to_grade}**{zh}",
        f"Grade {body.from_grade} → **{body.to_grade}**{en}",
    )


def _agreed(body: Any, _who: Who) -> Text:
    parts = len(body.instalments)
    return Text(
        f"签订调解协议，共 **{yuan(body.total_fen)} 元**，分 {parts} 期",
        f"Agreement signed: **CNY {yuan(body.total_fen)}** in {parts} instalments",
    )


def _paid(body: Any, _who: Who) -> Text:
    return Text(
        f"第 {body.no} 期 {yuan(body.amount_fen)} 元到账，累计 {yuan(body.paid_fen)} / {yuan(body.total_fen)} 元",
        f"Instalment {body.no} of CNY {yuan(body.amount_fen)} arrived, {yuan(body.paid_fen)} of"
        f" {yuan(body.total_fen)}",
    )


def _period_over(body: Any, _who: Who) -> Text:
    period = label(DUES, body.deadline)
    if body.deadline in UNANSWERED:
        return Text(
            f"{period.zh}期限已到，尚未受理：{UNANSWERED[body.deadline].zh}",
            f"{period.en} is due and the dispute is not accepted: {UNANSWERED[body.deadline].en}",
        )
    return Text(
        f"{period.zh}已满，当事人可申请仲裁", f"{period.en} is over: a party may go to arbitration"
    )


def _tracked(body: Any, _who: Who) -> Text:
    track = label(MEDIATION_TRACKS, body.track)
    return Text(
        f"调解来源：**{track.zh}**，自 {body.started_on} 起算期限",
        f"Track: **{track.en}**, counted from {body.started_on}",
    )


def _extended(body: Any, _who: Who) -> Text:
    period, until = label(DUES, body.period.kind), body.period.effective
    return Text(
        f"双方同意，{period.zh}延至 **{until}**", f"Both sides agree: {period.en} until **{until}**"
    )


def _closed(body: Any, _who: Who) -> Text:
    outcome = label(DISPUTE_OUTCOMES, body.outcome)
    return Text(f"争议归档：{outcome.zh}", f"Dispute archived: {outcome.en}")


MEDIATION: dict[str, Callable[[Any, Who], Text]] = {
    "mediation.dispute_opened": _opened,
    "mediation.lawyer_offered": _offered,
    "mediation.lawyer_declined": _declined,
    "mediation.lawyer_offer_expired": lambda body, who: Text(
        f"律师 {who(body.lawyer_id)} 超时未答复，转请下一位",
        f"{who(body.lawyer_id)} did not answer in time; the next one is asked",
    ),
    "mediation.lawyer_assigned": lambda body, who: Text(
        f"律师 {who(body.lawyer_id)} 接受指派，利益冲突声明：无",
        f"{who(body.lawyer_id)} accepted, no conflict of interest",
    ),
    "mediation.lawyer_pool_empty": lambda body, who: Text(
        "律师名册暂无可派人选，待统筹指派", "No lawyer is free: the coordinator assigns one"
    ),
    "mediation.mediator_assigned": lambda body, who: Text(
        f"{who(body.mediator_id)} {'主办' if body.presides else '协办'}",
        f"{who(body.mediator_id)} {'presides' if body.presides else 'assists'}",
    ),
    "mediation.dispute_accepted": lambda body, who: Text(
        "受理；劳动者、用人单位均同意调解", "Accepted: both sides agree to mediation"
    ),
    "mediation.track_chosen": _tracked,
    "mediation.period_extended": _extended,
    "mediation.stage_advanced": _advanced,
    "mediation.grade_changed": _graded,
    "mediation.assessment_saved": _saved,
    "mediation.assessment_signed": _signed,
    "mediation.conference_scheduled": _scheduled,
    "mediation.conference_held": _held,
    "mediation.conference_waived": lambda body, who: Text(
        f"{who(body.waived_by)} 写明理由，免开会商",
        f"Meeting waived by {who(body.waived_by)}, with reason",
    ),
    "mediation.session_held": lambda body, who: Text(
        f"第 {body.session_no} 次调解会议", f"Mediation session {body.session_no}"
    ),
    "mediation.hardship_flagged": lambda body, who: Text(
        "发现困难，转帮扶", "Hardship seen: passed to welfare"
    ),
    "mediation.agreement_signed": _agreed,
    "mediation.instalment_paid": _paid,
    "mediation.instalment_overdue": lambda body, who: Text(
        f"第 {body.no} 期到期未付，可申请支付令",
        f"Instalment {body.no} is overdue: payment order possible",
    ),
    "mediation.period_over": _period_over,
    "mediation.mediation_failed": lambda body, who: Text("调解不成", "Mediation failed"),
    "mediation.arbitration_advised": lambda body, who: Text(
        "已书面告知可申请仲裁", "Advised in writing of the right to arbitration"
    ),
    "mediation.dispute_closed": _closed,
}
