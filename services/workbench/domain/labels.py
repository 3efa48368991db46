"""How the codes of the other services read on screen. A code without an entry is shown as it is, never hidden."""

from services.workbench.domain.text import Coded, Text
from shared.vocabulary.people import Role
from shared.vocabulary.regions import Level, level_of, parent_of, region_at


def labels_of(lines: str) -> dict[str, Text]:
    """A table written as lines of `code | Chinese | English`."""
    rows = (line.split("|") for line in lines.strip().splitlines())
    return {code.strip(): Text(zh.strip(), en.strip()) for code, zh, en in rows}


ROLES = labels_of("""
operator | 话务 | Operator
dispatcher | 派单员 | Dispatcher
mediator | 调解员 | Mediator
lawyer | 律师 | Lawyer
welfare_officer | 帮扶专员 | Welfare officer
reviewer | 帮扶复核 | Reviewer
approver | 帮扶审批 | Approver
cashier | 出纳 | Cashier
supervisor | 督办 | Supervisor
auditor | 审计员 | Auditor
system_admin | 系统管理 | System administrator
security_admin | 安全管理 | Security administrator
audit_admin | 审计管理 | Audit administrator
system | 系统 | System
""")
STATES = labels_of("""
registered | 待受理 | Registered
returned | 退单待审 | Returned
handling | 办理中 | In hand
call_back | 待回访 | To be called back
closed | 已办结 | Closed
""")
URGENCY = labels_of("""
normal | 一般 | Normal
urgent | 紧急 | Urgent
critical | 特急 | Critical
""")
TRACKS = labels_of("""
consultation | 解答咨询 | Question
dispute | 争议调解 | Mediation
aid | 帮扶救助 | Aid
referral | 告知转办 | Referral
""")
CHANNELS = labels_of("""
phone | 12351 来电 | Call to 12351
visit | 来访 | Visit
letter | 来信 | Letter
web | 网上 | Web
app | 手机端 | App
superior | 上级交办 | From above
""")
RETURN_REASONS = labels_of("""
not_ours | 非本单位职责 | Not our task
other_place | 非本辖区 | Another area
repeated | 重复工单 | Repeated
related | 需回避 | Related to a side
unclear | 诉求不清 | Unclear
""")
EXTENSION_REASONS = labels_of("""
evidence | 等待证据 | Waiting for evidence
talks | 双方协商中 | The sides are talking
other_body | 等待其他单位 | Waiting for another body
complex | 案情复杂 | Complex
absent | 当事人联系不上 | A side cannot be reached
""")
CHECK_REASONS = labels_of("""
unsolved | 诉求未实质解决 | Not really solved
unanswered | 未逐项答复 | Not everything answered
wrong | 答复有误 | A wrong answer
unproven | 办理记录不全 | Record incomplete
""")
STAGES = labels_of("""
acceptance | 受理 | Acceptance
assessment_1 | 研判一 | First assessment
meeting | 一会 | Joint meeting
assessment_2 | 研判二 | Second assessment
mediation | 调解 | Mediation
assessment_3 | 研判三 | Third assessment
performance | 履行跟踪 | Performance
archive | 归档 | Archive
""")
GUARDS = labels_of("""
in_scope | 属于受理范围 | In scope
both_consents | 双方同意调解 | Both sides agree
conflicts_declared | 利益冲突声明 | Conflict declared
assessment_complete | 研判清单填完 | Assessment complete
assessment_signed | 研判签字 | Assessment signed
grade_confirmed | 等级确认 | Grade confirmed
meeting_held | 会商召开 | Meeting held
mediators_assigned | 调解员到位 | Mediators assigned
lawyer_assigned | 律师到位 | Lawyer assigned
legal_opinion | 法律意见 | Legal opinion
session_held | 调解会议 | Session held
agreement_complete | 协议或失败记录 | Agreement or failure recorded
instalments_paid | 分期付清 | Instalments paid
review_settled | 回看了结 | Review settled
file_complete | 卷宗齐全 | File complete
""")
PROGRAMMES = labels_of("""
living | 困难职工生活救助 | Living aid
accident | 意外致困救助 | Aid after a calamity
warmth | 冬送温暖 | Winter relief
tuition | 金秋助学 | Tuition aid
medical | 职工医疗互助 | Medical mutual aid
model_worker | 劳模补助 | Model workers
""")
APPLICATION_STATES = labels_of("""
opened | 待填报 | To be filled in
applied | 待初审 | First review due
sent_back | 退回补正 | Sent back
first_review | 待入户 | Home visit due
home_visit | 待核对 | To be submitted
submitted | 待复核 | To be checked
checked | 待公示 | To be published
public | 公示中 | Publicity
approved | 待发放 | To be paid
paid | 待建档 | To be recorded
recorded | 已办结 | Recorded
rejected | 不予帮扶 | Rejected
withdrawn | 已撤回 | Withdrawn
""")
HARDSHIP = labels_of("""
deep | 深度困难 | Deep hardship
calamity | 意外致困 | Hardship after a calamity
relative | 相对困难 | Relative hardship
none | 不符合 | Not in hardship
""")
PAYMENTS = labels_of("""
sent | 已送银行 | Sent to the bank
unknown | 到账待核 | Outcome unknown
settled | 已到账 | Arrived
returned | 银行退票 | Returned by the bank
""")
DISPUTE_OUTCOMES = labels_of("""
settled | 调解成功 | Settled
agreement | 调解成功 | Settled
failed | 调解不成 | Not settled
withdrawn | 申请撤回 | Withdrawn
sent_back | 退回 | Sent back
answered | 已答复 | Answered
referred | 已转办 | Referred
handled | 已办理 | Handled
called_back | 已回访 | Called back
not_reached | 未联系上 | Not reached
merged | 已合并 | Merged
paid | 已救助 | Aid paid
rejected | 不予帮扶 | Aid refused
""")
SERVICES = labels_of("""
intake | 受理 | Intake
mediation | 调解 | Mediation
welfare | 帮扶 | Welfare
notify | 通知 | Notices
workbench | 工作台 | Workbench
""")
DELIVERY_STATES = labels_of("""
queued | 待发送 | Queued
sent | 已发送 | Sent
delivered | 已送达 | Delivered
failed | 未送达 | Not delivered
posted | 站内消息 | In-app
""")
DUES = labels_of("""
close | 热线办结 | Hotline closing
first_contact | 首次联系 | First contact
sign | 签收 | Signature
call_back | 回访 | Call-back
meeting | 会商 | Joint meeting
offer | 律师答复 | Lawyer's answer
instalment | 分期付款 | Instalment
acceptance | 受理答复 | Answer on acceptance
mediation_statutory | 可申请仲裁 | Arbitration open
mediation_committee | 调解期限 | Mediation period
court_before_filing | 诉前调解期限 | Mediation before filing
court_ordinary | 委托调解期限 | Court mediation period
court_summary | 委托调解期限 | Court mediation period
court_confirm | 接收确认 | Confirm receipt
arbitration_referral | 仲裁委托调解 | Mediation for arbitration
arbitration_decision | 仲裁受理决定 | Arbitration accepts
arbitration_review | 仲裁审查申请 | Ask for arbitration review
judicial_confirmation | 司法确认申请 | Ask for court confirmation
limitation | 仲裁时效 | Limitation period
publicity | 公示期满 | End of publicity
""")
MEDIATION_TRACKS = labels_of("""
organisation | 工会调解组织 | The union's own mediation
committee | 企业劳动争议调解委员会 | The enterprise's committee
court_before_filing | 法院委派（立案前） | Assigned by a court before filing
court_ordinary | 法院委托（普通程序） | Assigned by a court, ordinary procedure
court_summary | 法院委托（简易程序） | Assigned by a court, summary procedure
arbitration | 仲裁委托 | Referred by an arbitration commission
""")
WORKDAY_DUES = frozenset(
    {
        "close",
        "call_back",
        "acceptance",
        "court_confirm",
        "arbitration_referral",
        "arbitration_decision",
    }
)
"""Periods that are counted, and spoken of, in working days."""


def label(table: dict[str, Text], code: str | None) -> Text:
    """How a code reads; an unknown one as it is."""
    return table.get(code or "") or Text(code or "—", code or "—")


def coded(table: dict[str, Text], code: str) -> Coded:
    """The code with its reading."""
    return Coded(code, label(table, code))


def coded_or_none(table: dict[str, Text], code: str | None) -> Coded | None:
    """The code with its reading, if there is one."""
    return None if code is None else coded(table, code)


def org_name(path: str | None) -> str:
    """The union of a node of the tree: 四会市总工会."""
    at: str | None = path or ""
    while at:
        region = region_at(at)
        if region:
            kind = "总工会" if level_of(at) in {Level.CITY, Level.COUNTY} else "工会"
            return f"{region.zh}{kind}"
        at = parent_of(at)
    return path or "—"


def org_names(path: str | None) -> Text:
    """The union of a node in both languages."""
    region = region_at(path or "")
    return Text(org_name(path), f"{region.en} union" if region else path or "—")


def title_of(roles: frozenset[Role], job_number: str) -> Text:
    """What stands after a name in the top bar: 话务 1207, 调解员."""
    first = next((role for role in Role if role in roles), None)
    words = label(ROLES, first)
    if first is Role.OPERATOR:
        return Text(f"{words.zh} {job_number}", f"{words.en} {job_number}")
    return words


NOTICES = labels_of("""
case_dispatched.mediator | 新工单分派到您的单位 | A new case for your unit
mediator_assigned.mediator | 您被指派办理一件争议 | You are to mediate a dispute
stage_advanced.lawyer | 您承办的争议进入下一阶段 | Your dispute moved on
lawyer_assigned.mediator | 律师已接办 | A lawyer accepted
lawyer_offered.lawyer | 有一件争议请您接办 | A dispute is offered to you
lawyer_offer_waits.lawyer | 有一件争议等您答复是否接办 | An offer awaits your answer
lawyer_pool_empty.supervisor | 没有可指派的律师，请督促协调 | No lawyer is free: please see to it
meeting_set.mediator | 会商已排期，请准时参加 | A joint meeting is scheduled
case_unknown.dispatcher | 工单资料未到，通知没有发出 | A case's data never came: people were not told
lawyer_pool_empty.dispatcher | 律师名册无可派人选，请指派 | No lawyer is free: please assign one
case_reminded.mediator | 期限已用五分之四 | Four fifths of the time are used
case_half_used.mediator | 督办件用时过半 | A case under supervision: half the time is used
case_urged.mediator | 催办：请抓紧办结 | An urging letter: please finish the case
case_urged.supervisor | 已向承办单位催办 | A unit was urged
case_circulated.mediator | 通报：催办后仍未办结 | Circulated: open after the urging letter
case_circulated.supervisor | 催办后仍未办结，请督办 | Open after the urging letter: please supervise
part_unopened.dispatcher | 到时无人立案受理 | Nobody took a case up in time
return_waits.dispatcher | 退单还在等您审批 | A return still awaits your decision
extension_waits.supervisor | 延期申请还在等您审批 | A request for more time still awaits you
call_back_missed.dispatcher | 到时未回访，请安排 | Nobody called back in time
case_late.supervisor | 有一项时限已到 | Something of a case is late
case_overdue.supervisor | 工单已超期 | A case is overdue
case_unsigned.supervisor | 工单到时未签收 | Nobody signed for a case
case_returned.dispatcher | 有退单待审批 | A returned case awaits your decision
return_refused.mediator | 退单未获同意，请签收 | A return was refused: please sign for the case
extension_asked.supervisor | 有延期申请待审批 | A request for more time awaits your decision
case_supervised.mediator | 工单被列为督办件 | A case is under supervision
case_reopened.mediator | 工单退回重办，请签收 | A case is to be handled again: please sign for it
case_extended.mediator | 延期已获同意 | More time was granted
extension_refused.mediator | 延期未获同意，请按期办结 | More time was refused: please finish in time
aid_opened.officer | 新的帮扶申请待初审 | A new application for aid
objection_raised.officer | 公示期收到异议 | An objection was raised
payment_returned.officer | 银行退票，请核对账户 | A payment was returned
payment_unknown.officer | 到账情况待核 | A payment's outcome is unknown
message_failed.dispatcher | 短信未送达，请电话告知 | A message failed: please call
danger_reported.supervisor | 危急来电，请立即处置 | A call reports danger
grade_raised.supervisor | 争议等级上升 | A dispute's grade rose
""")


def notice_title(template: str | None) -> Text:
    """What a notice is about; one of an unknown template still leads to its case."""
    return NOTICES.get(template or "") or Text("工单有新进展", "News on a case")
