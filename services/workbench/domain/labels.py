"""How the codes of the other services read on screen. A code without an entry is shown as it is, never hidden."""

from services.workbench.domain.text import Coded, Text
from shared.vocabulary.people import Role
from shared.vocabulary.regions import Level, level_of, parent_of, region_at


def _table(lines: str) -> dict[str, Text]:
    rows = (line.split("|") for line in lines.strip().splitlines())
    return {code.strip(): Text(zh.strip(), en.strip()) for code, zh, en in rows}


ROLES = _table("""
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
STATES = _table("""
registered | 待受理 | Registered
handling | 办理中 | In hand
call_back | 待回访 | To be called back
closed | 已办结 | Closed
""")
URGENCY = _table("""
normal | 一般 | Normal
urgent | 紧急 | Urgent
critical | 特急 | Critical
""")
TRACKS = _table("""
consultation | 解答咨询 | Question
dispute | 争议调解 | Mediation
aid | 帮扶救助 | Aid
referral | 告知转办 | Referral
""")
CHANNELS = _table("""
phone | 12351 来电 | Call to 12351
visit | 来访 | Visit
letter | 来信 | Letter
web | 网上 | Web
app | 手机端 | App
superior | 上级交办 | From above
""")
STAGES = _table("""
acceptance | 受理 | Acceptance
assessment_1 | 研判一 | First assessment
meeting | 一会 | Joint meeting
assessment_2 | 研判二 | Second assessment
mediation | 调解 | Mediation
assessment_3 | 研判三 | Third assessment
performance | 履行跟踪 | Performance
archive | 归档 | Archive
""")
GUARDS = _table("""
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
PROGRAMMES = _table("""
living | 困难职工生活救助 | Living aid
accident | 意外致困救助 | Aid after a calamity
warmth | 冬送温暖 | Winter relief
tuition | 金秋助学 | Tuition aid
medical | 职工医疗互助 | Medical mutual aid
model_worker | 劳模补助 | Model workers
""")
APPLICATION_STATES = _table("""
opened | 待填报 | Opened
draft | 待填报 | Draft
filled | 待初审 | To be checked
submitted | 待初审 | Submitted
checking | 初审中 | Checking
review | 待复核 | To be reviewed
reviewed | 已复核 | Reviewed
publicity | 公示中 | Publicity
objection | 异议处理 | Objection
approval | 待审批 | To be approved
approved | 已审批 | Approved
paying | 发放中 | Paying
payment_unknown | 到账待核 | Payment unknown
returned | 退票待改 | Payment returned
paid | 已发放 | Paid
rejected | 不予救助 | Rejected
withdrawn | 已撤回 | Withdrawn
closed | 已办结 | Closed
""")
HARDSHIP = _table("""
deep | 深度困难 | Deep hardship
relative | 相对困难 | Relative hardship
accidental | 意外致困 | Calamity
none | 不符合 | Not in hardship
""")
SERVICES = _table("""
intake | 受理 | Intake
mediation | 调解 | Mediation
welfare | 帮扶 | Welfare
notify | 通知 | Notices
workbench | 工作台 | Workbench
""")
DELIVERY_STATES = _table("""
queued | 待发送 | Queued
sent | 已发送 | Sent
delivered | 已送达 | Delivered
failed | 未送达 | Not delivered
posted | 站内消息 | In-app
""")
DUES = _table("""
handling | 热线办结 | Hotline closing
first_contact | 首次联系 | First contact
call_back | 回访 | Call-back
meeting | 会商 | Joint meeting
offer | 律师答复 | Lawyer's answer
instalment | 分期付款 | Instalment
mediation | 调解期限 | Mediation period
accept | 受理答复 | Answer on acceptance
acceptance | 受理答复 | Answer on acceptance
arbitration | 可申请仲裁 | Arbitration open
limitation | 仲裁时效 | Limitation period
court_confirmation | 司法确认 | Court confirmation
report | 续报 | Further report
publicity | 公示期满 | End of publicity
""")


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
