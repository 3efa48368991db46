"""What a dispute's next step lacks, in the two or three words that fit a card. The full sentence is mediation's."""

from collections.abc import Sequence

from services.workbench.domain.labels import labels_of
from services.workbench.domain.text import Text

_LACKS = labels_of("""
scope_unchecked | 受理范围核对 | scope check
out_of_scope | 不予受理的结案 | ending as out of scope
consent_missing_workers | 职工方同意 | workers' consent
consent_missing_employer | 用人单位同意 | employer's consent
consent_refused_workers | 职工方拒绝的结案 | ending: workers refused
consent_refused_employer | 用人单位拒绝的结案 | ending: employer refused
mediator_missing | 调解员 | mediator
mediators_too_few | 调解员 | mediators
conflict_undeclared | 利益冲突声明 | declaration of conflicts
item_ | 研判清单 | checklist
judgement_missing | 研判意见 | judgement
assessment_grade_changed | 按新等级研判 | assessment at the new grade
signature_missing_mediator | 调解员签字 | mediator's signature
signature_missing_supervisor | 分管负责人签字 | supervisor's signature
signature_missing_lawyer | 律师签字 | lawyer's signature
signature_missing_ | 研判签字 | signature
grade_unconfirmed | 等级确认 | confirmed grade
meeting_agenda | 会商议题 | agenda
meeting_attendance | 会商签到 | attendance
meeting_minutes | 会商纪要 | minutes
meeting_decision | 会商决定 | decisions
meeting_ | 会商 | joint meeting
lawyer_missing | 律师 | lawyer
legal_opinion_missing | 律师意见 | legal opinion
session_missing | 调解会 | session
agreement_or_outcome | 协议或结果 | agreement or outcome
agreement_lacks_ | 协议内容 | parts of the agreement
agreement_lacks_workers_at | 职工方签字 | workers' signature
agreement_lacks_employer_at | 单位签章 | employer's signature
agreement_lacks_mediator_at | 调解员签名 | mediator's signature
agreement_lacks_seal_at | 调解组织印章 | seal
represented_ | 被代表职工同意 | consents of the represented
instalment | 分期付款 | instalments
review_unsettled | 审查方式 | choice of review
file_lacks_application | 申请书 | application
file_lacks_agreement | 调解协议书 | agreement on file
file_lacks_arbitration_advice | 仲裁告知书 | letter on arbitration
file_lacks_ | 案卷材料 | papers
decisions_open | 会商决定办结 | decisions carried out
advice_not_received | 告知书签收 | receipt of the letter
""")
"""A code that ends in `_` (or begins a family) stands for all codes that begin with it; the longest wins."""
_AGREEMENT = "agreement_lacks_"
_HANDS = tuple(
    f"{_AGREEMENT}{hand}" for hand in ("workers_at", "employer_at", "mediator_at", "seal_at")
)
_SOMETHING = Text("1 项", "1 item")


def to_sign(missing: Sequence[str]) -> Text | None:
    """What stands between a recorded agreement and its effect: text to be completed, hands and seals; None when no
    agreement is recorded, or all are set.
    """
    hands = [one for one in missing if one in _HANDS]
    if not hands:
        return None
    text = [one for one in missing if one.startswith(_AGREEMENT) and one not in _HANDS]
    parts = [lack(one) for one in [*text[:1], *hands]]
    zh, en = "、".join(one.zh for one in parts), ", ".join(one.en for one in parts)
    return Text(f"缺 {zh}", f"lacks {en}")


def lack(code: str) -> Text:
    """What is missing; a code that nobody described yet is counted, not shown raw."""
    fitting = [known for known in _LACKS if code.startswith(known)]
    return _LACKS[max(fitting, key=len)] if fitting else _SOMETHING
