"""How facts and timers read on the operations page: short, the way the people who run the system speak of them."""

from services.workbench.domain.labels import label, labels_of
from services.workbench.domain.text import Text

FACTS = labels_of("""
intake.case_registered | 来电登记 | Case registered
intake.case_answered | 当场答复 | Answered on the call
intake.case_note_added | 补充记录 | Note added
intake.material_added | 材料上传 | Material added
intake.material_withdrawn | 材料撤回 | Material withdrawn
intake.claimants_joined | 诉求人加入 | Claimants joined
intake.case_signed | 工单签收 | Case signed for
intake.case_returned | 申请退单 | Case returned
intake.return_refused | 退单不同意 | Return refused
intake.case_redispatched | 工单改派 | Case redispatched
intake.extension_requested | 申请延期 | More time asked for
intake.case_extended | 同意延期 | Deadline extended
intake.extension_refused | 延期未获同意 | Extension refused
intake.case_merged | 工单合并 | Case merged
intake.case_supervised | 列为督办件 | Put under supervision
intake.supervision_lifted | 解除督办 | Supervision lifted
intake.case_reminded | 期限提醒 | Reminder
intake.case_overdue | 工单超期 | Case overdue
intake.case_handled | 各项办结 | All parts closed
intake.call_back_recorded | 回访登记 | Call-back recorded
intake.case_reopened | 重新办理 | Case reopened
intake.case_closed | 工单办结 | Case closed
intake.employer_recorded | 用人单位登记 | Employer recorded
intake.party_profiled | 来电人资料 | Caller's profile
intake.party_erased | 资料删除 | Profile erased
mediation.dispute_opened | 争议立案 | Dispute opened
mediation.dispute_progressed | 看板更新 | Board updated
mediation.lawyer_offered | 邀请律师 | Offered to a lawyer
mediation.lawyer_declined | 律师谢绝 | Lawyer declined
mediation.lawyer_offer_expired | 接单超时 | Offer expired
mediation.lawyer_assigned | 律师接办 | Lawyer assigned
mediation.lawyer_pool_empty | 无可派律师 | No lawyer free
mediation.mediator_assigned | 指派调解员 | Mediator assigned
mediation.dispute_accepted | 受理调解 | Mediation accepted
mediation.track_chosen | 调解来源 | Track chosen
mediation.period_extended | 期限延长 | Period extended
mediation.stage_advanced | 阶段推进 | Stage advanced
mediation.grade_changed | 等级调整 | Grade changed
mediation.assessment_saved | 研判暂存 | Assessment saved
mediation.assessment_signed | 研判签字 | Assessment signed
mediation.conference_scheduled | 会商排期 | Meeting scheduled
mediation.conference_held | 会商召开 | Meeting held
mediation.conference_waived | 免予会商 | Meeting waived
mediation.session_held | 调解会议 | Session held
mediation.hardship_flagged | 转介帮扶 | Hardship flagged
mediation.agreement_signed | 协议签署 | Agreement signed
mediation.instalment_paid | 分期到账 | Instalment paid
mediation.instalment_overdue | 分期逾期 | Instalment overdue
mediation.period_over | 调解期满 | Period over
mediation.mediation_failed | 调解不成 | Mediation failed
mediation.arbitration_advised | 仲裁告知 | Arbitration advised
mediation.dispute_closed | 争议归档 | Dispute closed
welfare.application_opened | 申请建立 | Application opened
welfare.application_filled | 申请填报 | Application filled in
welfare.application_checked | 校验完成 | Checks done
welfare.application_moved | 申请流转 | Application moved
welfare.funds_reserved | 预算预留 | Funds reserved
welfare.funds_released | 预留退回 | Funds released
welfare.publicity_started | 开始公示 | Publicity started
welfare.objection_raised | 收到异议 | Objection raised
welfare.objection_resolved | 异议处理 | Objection resolved
welfare.application_approved | 审批通过 | Approved
welfare.application_rejected | 不予帮扶 | Rejected
welfare.payment_sent | 送银行 | Sent to the bank
welfare.payment_unknown | 到账待核 | Outcome unknown
welfare.payment_settled | 已到账 | Money arrived
welfare.payment_returned | 银行退票 | Payment returned
welfare.application_closed | 申请办结 | Application closed
notify.message_queued | 消息待发 | Message queued
notify.message_posted | 站内消息 | In-app message
notify.message_sent | 消息发出 | Message sent
notify.message_delivered | 消息送达 | Message delivered
notify.message_failed | 消息未达 | Message failed
workbench.staff_profiled | 账号变更 | Account changed
""")
TIMERS = labels_of("""
intake.part_expected | 等待承办建档 | Waiting for the handlers
intake.sign | 签收期限 | Time to sign
intake.return_decision | 等待退单审批 | Waiting for a decision on a return
intake.extension_decision | 等待延期审批 | Waiting for a decision on more time
intake.remind | 办结期限提醒 | Reminder before the deadline
intake.overdue | 办结期限到 | Deadline of the case
intake.urge | 催办 | Urging letter
intake.circulate | 通报督办 | Circulated criticism
intake.call_back | 回访期限 | Deadline of the call-back
mediation.offer_expired | 律师接单超时 | Lawyer's time to answer
mediation.period_over | 调解期限到 | End of a mediation period
mediation.instalment_due | 分期履行提醒 | Instalment due
notify.contact_overdue | 等联系方式 | Waiting for a contact
notify.errand_overdue | 等工单资料 | Waiting for a case's data
welfare.publicity_over | 公示期满 | End of publicity
""")
"""By service and kind: two services may call different things alike."""


def fact_title(name: str) -> Text:
    """How a fact reads; one that this code does not know yet, by its wire name."""
    return label(FACTS, name)


def timer_title(service: str, kind: str) -> Text:
    """How a kind of timer reads; an unknown one as it is."""
    return TIMERS.get(f"{service}.{kind}") or Text(kind, kind)
