"""The conditions a scheme names: each looks at the dispute and lists what is missing for the next step."""

from collections.abc import Callable
from typing import Any

from services.mediation.domain import agreement as agreements
from services.mediation.domain import assessment as assessments
from services.mediation.domain import conference as conferences
from services.mediation.domain.agreement import InstalmentState
from services.mediation.domain.consent import Purpose, Side, latest, may_serve
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.mediators import mediators_required
from services.mediation.domain.missing import Missing
from services.mediation.domain.scheme import Scheme, Stage
from services.mediation.domain.scheme_file import parse_scheme
from shared.vocabulary.money import format_yuan

Guard = Callable[[Dispute, Scheme], list[Missing]]

FILE_ITEMS_ALWAYS = {"application": ("申请书或申请笔录", "application")}
FILE_ITEM_AGREED = {"agreement": ("调解协议书", "agreement")}
FILE_ITEM_FAILED = {"arbitration_advice": ("仲裁权利告知书", "letter on arbitration")}


def in_scope(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """The matter is a labour dispute (调解仲裁法 2; 解释(一) 2), decided by a person."""
    if dispute.in_scope:
        return []
    if dispute.in_scope is None:
        return _one(
            "scope_unchecked",
            "请核对是否属于劳动争议并登记结论。",
            "Check and record whether this is a labour dispute.",
            "scope",
        )
    return _one(
        "out_of_scope",
        "不属于劳动争议，不能受理；请书面告知并建议主管部门。",
        "Not a labour dispute: end it, advise in writing.",
        "end",
    )


def both_consents(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """Both sides agreed to mediate (规定 22, 23)."""
    answers = latest(dispute.consents, Purpose.MEDIATION)
    names = {Side.WORKERS: ("职工方", "workers"), Side.EMPLOYER: ("用人单位", "employer")}
    found = []
    for side in Side:
        zh, en = names[side]
        if side not in answers:
            found += _one(
                f"consent_missing_{side.value}",
                f"缺少{zh}同意调解的记录，请征询并登记。",
                f"The {en}'s consent is not recorded. Ask and record it.",
                "consents",
            )
        elif not answers[side].given:
            found += _one(
                f"consent_refused_{side.value}",
                f"{zh}不同意调解，请按“拒绝调解”结案并书面告知。",
                f"The {en} refused. End as refused and tell the applicant.",
                "end",
            )
    return found


def conflicts_declared(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """A mediator is named, and every one declared and may serve (rule 23)."""
    if not dispute.mediators:
        return _one(
            "mediator_missing",
            "尚未指派调解员，请先指派。",
            "No mediator is assigned yet. Assign one.",
            "mediators",
        )
    blocked = [
        one
        for one in dispute.mediators
        if not may_serve(one, dispute.declarations, dispute.consents)
    ]
    if not blocked:
        return []
    return _one(
        "conflict_undeclared",
        f"有 {len(blocked)} 名调解员未声明或需回避，请补录声明、双方同意或改派。",
        f"{len(blocked)} mediators have not declared or must step aside. Record or reassign.",
        "declarations",
    )


def assessment_complete(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """Every question of the present stage's checklist is answered at the present grade."""
    stage = scheme.stage(dispute.stage)
    latest_one = assessments.current(dispute.assessments, stage.id)
    found = assessments.unanswered(latest_one, stage)
    if latest_one and latest_one.grade != dispute.grade:
        found += _one(
            "assessment_grade_changed",
            "研判后等级有变化，请按新等级更新研判。",
            "The grade changed after the assessment. Update it.",
            f"assessment.{stage.id}",
        )
    return found


def assessment_signed(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """Every role the stage asks for signed the present content."""
    stage = scheme.stage(dispute.stage)
    return assessments.unsigned_roles(assessments.current(dispute.assessments, stage.id), stage)


def grade_confirmed(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """A person stands by the grade."""
    if dispute.grade_confirmed_by is not None:
        return []
    return _one(
        "grade_unconfirmed", "请核对并确认风险等级。", "Check and confirm the grade.", "grade"
    )


def meeting_held(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """The joint meeting took place with minutes and decisions; below the grade it may be waived instead."""
    found = conferences.lacking(dispute.conference)
    if found and dispute.grade < scheme.settings.meeting_from:
        found += _one(
            "meeting_waivable",
            "本案等级可免会商，写明理由即可进入下一步。",
            "At this grade the meeting may be waived with a reason.",
            "waive_meeting",
        )
    return found


def mediators_assigned(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """As many mediators as the case needs, each free to serve (rule 25)."""
    needed = mediators_required(
        dispute.grade,
        scheme.settings,
        complex_case=dispute.complex_case,
        party_asked=dispute.party_asked_two,
    )
    short = needed - len(dispute.mediators)
    if short > 0:
        return _one(
            "mediators_too_few",
            f"本案需要 {needed} 名调解员，还差 {short} 名，请补充指派。",
            f"{needed} mediators are needed, {short} more. Assign them.",
            "mediators",
        )
    return conflicts_declared(dispute, scheme)


def lawyer_assigned(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """A lawyer accepted, from the scheme's grade on."""
    if dispute.lawyer is not None or dispute.grade < scheme.settings.lawyer_from:
        return []
    return _one(
        "lawyer_missing",
        "尚无律师接受指派，请查看指派进度或人工协调。",
        "No lawyer has accepted yet. See the offers, or coordinate.",
        "lawyer",
    )


def legal_opinion(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """The lawyer's opinion is in the file, from the scheme's grade on."""
    if dispute.legal_opinion is not None or dispute.grade < scheme.settings.legal_opinion_from:
        return []
    return _one(
        "legal_opinion_missing",
        "缺少律师书面意见，请提醒承办律师提交。",
        "The lawyer's opinion is missing. Remind the lawyer.",
        "legal_opinion",
    )


def session_held(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """At least one session took place."""
    if any(one.held_on for one in dispute.sessions):
        return []
    return _one(
        "session_missing",
        "尚未记录调解会议，请安排并登记。",
        "No session has been held. Plan one and record it.",
        "sessions",
    )


def agreement_complete(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """The agreement states all it must and bears all hands and seals (rule 26)."""
    if dispute.agreement is None:
        return _one(
            "agreement_or_outcome",
            "请录入调解协议，或登记调解不成的原因。",
            "Enter the agreement, or record why there is none.",
            "agreement",
        )
    found = agreements.lacking(dispute.agreement) + agreements.unsigned(dispute.agreement)
    if dispute.is_collective and not dispute.agreement.represented:
        found += _one(
            "represented_unstated",
            "集体争议请填写被代表职工人数及同意情况。",
            "State how many workers are represented, and their consents.",
            "agreement.represented",
        )
    return found


def instalments_paid(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """Nothing is still to be paid; an instalment in default counts once it is handed over for enforcement."""
    plan = dispute.agreement.instalments if dispute.agreement else ()
    due = [one for one in plan if one.state is InstalmentState.DUE]
    if not due:
        return []
    amount = format_yuan(sum(one.amount_fen for one in due))
    return _one(
        "instalments_due",
        f"还有 {len(due)} 期共 {amount} 元未付，请登记付款或转入执行。",
        f"{len(due)} instalments ({amount} yuan) are unpaid. Record or enforce.",
        "agreement.instalments",
    )


def review_settled(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """The parties chose arbitration review or judicial confirmation, or waived both."""
    if dispute.agreement is None or dispute.agreement.review is not None:
        return []
    return _one(
        "review_unsettled",
        "请登记双方选择仲裁审查、司法确认或放弃。",
        "Record the choice: arbitration review, confirmation, or neither.",
        "agreement.review",
    )


def file_complete(dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """The papers are in the file, decisions carried out, and the letter received (规定 30, 32)."""
    wanted = FILE_ITEMS_ALWAYS | (FILE_ITEM_AGREED if dispute.is_settled else FILE_ITEM_FAILED)
    found = []
    for item, (zh, en) in wanted.items():
        if item not in dispute.file_items:
            found += _one(
                f"file_lacks_{item}",
                f"案卷缺少{zh}，请上传。",
                f"The file lacks the {en}. Upload it.",
                f"files.{item}",
            )
    if dispute.conference and any(one.done_on is None for one in dispute.conference.decisions):
        found += _one(
            "decisions_open",
            "会商决定尚有未办结事项，请跟进后登记。",
            "Decisions of the meeting are still open. Follow up.",
            "meeting.decisions",
        )
    if not dispute.is_settled and (dispute.advice is None or dispute.advice.receipt is None):
        found += _one(
            "advice_not_received",
            "仲裁权利告知书尚未登记签收或拒签，请补录。",
            "Record how the letter on arbitration was received.",
            "advice",
        )
    return found


GUARDS: dict[str, Guard] = {
    "in_scope": in_scope,
    "both_consents": both_consents,
    "conflicts_declared": conflicts_declared,
    "assessment_complete": assessment_complete,
    "assessment_signed": assessment_signed,
    "grade_confirmed": grade_confirmed,
    "meeting_held": meeting_held,
    "mediators_assigned": mediators_assigned,
    "lawyer_assigned": lawyer_assigned,
    "legal_opinion": legal_opinion,
    "session_held": session_held,
    "agreement_complete": agreement_complete,
    "instalments_paid": instalments_paid,
    "review_settled": review_settled,
    "file_complete": file_complete,
}


def scheme_of(plain: Any) -> Scheme:
    """The scheme of a parsed file, its guards checked against those above."""
    return parse_scheme(plain, GUARDS)


def missing_for(stage: Stage, dispute: Dispute, scheme: Scheme) -> list[Missing]:
    """Everything the guards of a stage find missing, in the order of the scheme, each once."""
    found = (one for name in stage.guards for one in GUARDS[name](dispute, scheme))
    return list(dict.fromkeys(found))


def _one(code: str, zh: str, en: str, cure: str) -> list[Missing]:
    return [Missing(code, zh, en, cure)]
