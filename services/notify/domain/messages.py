"""The templates in force, as data: code, audience, Chinese, English; by channel and urgency."""

from services.notify.domain.templates import Audience, Channel, Template

_SMS: tuple[tuple[str, Audience, str, str], ...] = (
    (
        "case_registered.caller",
        Audience.CALLER,
        "您的来电已登记，工单号 {case_number}，查询码 {code}。可凭查询码查看进展，详询 12351。",
        "Your call is registered as {case_number}. Code {code}: follow it online or call 12351.",
    ),
    (
        "case_answered.caller",
        Audience.CALLER,
        "您的问题已答复，查询码 {code}。如还有疑问请拨 12351。",
        "Your question was answered. Code {code}. Questions: 12351.",
    ),
    (
        "dispute_opened.claimant",
        Audience.CLAIMANT,
        "您反映的事项已安排调解，查询码 {code}。请保存好相关材料，详询 12351。",
        "Your matter goes to mediation. Code {code}. Keep your papers; questions: 12351.",
    ),
    (
        "lawyer_assigned.claimant",
        Audience.CLAIMANT,
        "已为您指派律师，律师会与您联系。查询码 {code}，详询 12351。",
        "A lawyer is assigned and will contact you. Code {code}; questions: 12351.",
    ),
    (
        "meeting_set.claimant",
        Audience.CLAIMANT,
        "您的事项定于 {date} {time} 商议，是否需要到场请看查询码 {code}。",
        "Your matter is discussed on {date} at {time}. See code {code} whether to come.",
    ),
    (
        "agreement_signed.claimant",
        Audience.CLAIMANT,
        "您的事项已达成协议，内容请凭查询码 {code} 查看，详询 12351。",
        "An agreement was reached. Read it with code {code}; questions: 12351.",
    ),
    (
        "mediation_failed.claimant",
        Audience.CLAIMANT,
        "调解未能达成协议，您可依法申请仲裁，不影响您的权利。查询码 {code}，详询 12351。",
        "No agreement was reached. You may go to arbitration; code {code}, call 12351.",
    ),
    (
        "instalment_overdue.claimant",
        Audience.CLAIMANT,
        "协议约定的一期已到期，如未收到请凭查询码 {code} 告知我们或拨 12351。",
        "An instalment is due. If it did not arrive, use code {code} or call 12351.",
    ),
    (
        "case_handled.caller",
        Audience.CALLER,
        "您反映的事项已有结果，我们将电话回访。查询码 {code}。",
        "Your matter has a result; we will call you. Code {code}.",
    ),
    (
        "case_extended.caller",
        Audience.CALLER,
        "您反映的事项需要更多时间，最迟 {date} 前办结。查询码 {code}，详询 12351。",
        "Your matter needs more time, until {date} at the latest. Code {code}; call 12351.",
    ),
    (
        "case_merged.caller",
        Audience.CALLER,
        "您反映的事项与同一件事合并办理，您的权利不受影响。查询码 {code}，详询 12351。",
        "Your matter is handled as one with the same matter; your rights stand. Code {code}; 12351.",
    ),
    (
        "case_closed.caller",
        Audience.CALLER,
        "您反映的事项已办结，查询码 {code}。未解决请拨 12351。",
        "Your matter is closed. Code {code}. Not solved? Call 12351.",
    ),
    (
        "aid_opened.beneficiary",
        Audience.BENEFICIARY,
        "您的帮扶申请已受理，查询码 {code}。工作人员会与您联系，详询 12351。",
        "Your application for aid is received. Code {code}; questions: 12351.",
    ),
    (
        "aid_public.beneficiary",
        Audience.BENEFICIARY,
        "您的帮扶申请进入公示，至 {date} 止。查询码 {code}。",
        "Your application is public until {date}. Code {code}.",
    ),
    (
        "aid_approved.beneficiary",
        Audience.BENEFICIARY,
        "您的帮扶申请已通过，款项将发放到登记的账户。查询码 {code}。",
        "Your application is approved and will be paid. Code {code}.",
    ),
    (
        "aid_paid.beneficiary",
        Audience.BENEFICIARY,
        "您的帮扶款已发放，请查收。查询码 {code}，有疑问请拨 12351。",
        "Your aid was paid. Code {code}; questions: 12351.",
    ),
    (
        "aid_returned.beneficiary",
        Audience.BENEFICIARY,
        "您的帮扶款被银行退回，请带本人银行卡联系工作人员。查询码 {code}，详询 12351。",
        "The bank returned your aid. Bring your own card; code {code}, call 12351.",
    ),
    (
        "aid_rejected.beneficiary",
        Audience.BENEFICIARY,
        "您的帮扶申请未通过，理由和复核办法请凭查询码 {code} 查看，详询 12351。",
        "Your application was not approved. Reasons and review: code {code}, 12351.",
    ),
    (
        "lawyer_offered.lawyer",
        Audience.LAWYER,
        "有一件新的指派待您回复，请在 {hours} 小时内登录处理。",
        "A new assignment awaits your answer within {hours} hours. Please sign in.",
    ),
)
_URGENT_SMS: tuple[tuple[str, Audience, str, str], ...] = (
    (
        "danger_reported.supervisor",
        Audience.SUPERVISOR,
        "有一件特急来电需立即处理，请马上登录或致电 12351 值班台。",
        "An emergency call needs you at once. Sign in or phone the 12351 desk.",
    ),
    (
        "grade_raised.supervisor",
        Audience.SUPERVISOR,
        "有一件群体事件升级，请马上登录查看并按规定报告。",
        "A group event was raised. Sign in now and report as required.",
    ),
)
_IN_APP: tuple[tuple[str, Audience, str, str], ...] = (
    (
        "lawyer_offer_waits.lawyer",
        Audience.LAWYER,
        "{case_number} 等您在 {hours} 小时内答复是否接办。",
        "{case_number} awaits your answer within {hours} hours.",
    ),
    (
        "lawyer_pool_empty.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 没有可指派的律师，请督促协调。",
        "No lawyer is free for {case_number}. Please see that one is found.",
    ),
    (
        "meeting_set.mediator",
        Audience.MEDIATOR,
        "{case_number} 定于 {date} {time} 会商，请准时参加。",
        "{case_number} is discussed on {date} at {time}. Please attend.",
    ),
    (
        "case_unknown.dispatcher",
        Audience.DISPATCHER,
        "有一件工单的资料一直未到，相关通知没有发出，请联系系统管理员并电话告知当事人。",
        "The data of a case never came, so people were not told. Ask the administrator and phone them.",
    ),
    (
        "case_dispatched.mediator",
        Audience.MEDIATOR,
        "新工单 {case_number} 已分派到您的单位，请签收。",
        "New case {case_number} was dispatched to your unit. Please sign for it.",
    ),
    (
        "mediator_assigned.mediator",
        Audience.MEDIATOR,
        "争议 {case_number} 由您办理。",
        "You handle the dispute of case {case_number}.",
    ),
    (
        "stage_advanced.lawyer",
        Audience.LAWYER,
        "{case_number} 进入下一阶段：{stage}。",
        "{case_number} moved on to: {stage}.",
    ),
    (
        "lawyer_assigned.mediator",
        Audience.MEDIATOR,
        "{case_number} 已有律师接单。",
        "A lawyer took {case_number}.",
    ),
    (
        "lawyer_pool_empty.dispatcher",
        Audience.DISPATCHER,
        "{case_number} 没有可指派的律师，请人工协调。",
        "No lawyer is free for {case_number}. Please coordinate.",
    ),
    (
        "case_reminded.mediator",
        Audience.MEDIATOR,
        "{case_number} 办理时间已用五分之四，{date} 到期。",
        "{case_number} has used four fifths of its time; due {date}.",
    ),
    (
        "case_half_used.mediator",
        Audience.MEDIATOR,
        "{case_number} 在督办中，办理时间已过半，{date} 到期。",
        "{case_number} is under supervision and has used half of its time; due {date}.",
    ),
    (
        "case_urged.mediator",
        Audience.MEDIATOR,
        "催办：{case_number} 已于 {date} 到期，尚未办结，请抓紧办理并写明原因。",
        "Urgent: {case_number} was due on {date} and is open. Please finish it and note why it is late.",
    ),
    (
        "case_urged.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 超期，已向承办单位催办，请跟进。",
        "The unit of {case_number} was urged to finish it. Please follow it up.",
    ),
    (
        "case_circulated.mediator",
        Audience.MEDIATOR,
        "通报：{case_number} 催办后仍未办结，请说明原因并限期办结。",
        "Circulated: {case_number} is open even after the urging letter. Explain, and finish it.",
    ),
    (
        "case_circulated.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 催办后仍未办结，已通报，请督办。",
        "{case_number} is open even after the urging letter and was circulated. Please supervise.",
    ),
    (
        "part_unopened.dispatcher",
        Audience.DISPATCHER,
        "{case_number} 到时仍无人立案受理，请联系承办单位，必要时改派。",
        "Nobody took up {case_number} in time. Ask its unit, or give it to another one.",
    ),
    (
        "return_waits.dispatcher",
        Audience.DISPATCHER,
        "{case_number} 的退单还在等您审批，请尽快改派或说明理由不同意。",
        "The return of {case_number} still awaits your decision: another unit, or a refusal with its reason.",
    ),
    (
        "extension_waits.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 的延期申请还在等您审批，{date} 到期后自动失效。",
        "The request for more time on {case_number} still awaits you; it lapses on {date}.",
    ),
    (
        "call_back_missed.dispatcher",
        Audience.DISPATCHER,
        "{case_number} 已有结果，到时仍未回访来电人，请安排回访。",
        "{case_number} has a result, and nobody called the caller back in time. Please have it done.",
    ),
    (
        "case_late.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 有一项时限已到，请打开工单查看。",
        "Something of {case_number} is late. Please open the case.",
    ),
    (
        "case_overdue.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 已于 {date} 超期，请督办。",
        "{case_number} was due on {date} and is open. Please supervise.",
    ),
    (
        "extension_asked.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 申请延期，请在到期前审批。",
        "More time is asked for {case_number}. Please decide before it is due.",
    ),
    (
        "case_supervised.mediator",
        Audience.MEDIATOR,
        "{case_number} 已列为督办件，要求见办理意见，请尽快办理并反馈。",
        "{case_number} is under supervision; see the notes for what is asked. Please act soon.",
    ),
    (
        "case_reopened.mediator",
        Audience.MEDIATOR,
        "{case_number} 退回重办，{date} 到期，原因见时间线和办理意见，请签收办理。",
        "{case_number} is to be handled again, due {date}; see its timeline. Please sign for it.",
    ),
    (
        "case_extended.mediator",
        Audience.MEDIATOR,
        "{case_number} 的延期已获同意，{date} 到期。",
        "{case_number} has more time; due {date}.",
    ),
    (
        "extension_refused.mediator",
        Audience.MEDIATOR,
        "{case_number} 的延期未获同意，理由见办理意见，请按期办结。",
        "{case_number} gets no more time; see the notes for the reason. Please finish in time.",
    ),
    (
        "case_unsigned.supervisor",
        Audience.SUPERVISOR,
        "{case_number} 已分派，到时无人签收，请督促承办单位。",
        "Nobody signed for {case_number} in time. Please see that its unit does.",
    ),
    (
        "case_returned.dispatcher",
        Audience.DISPATCHER,
        "{case_number} 的承办单位申请退单，请改派，或说明理由不同意退单。",
        "The unit returns {case_number}. Give it to another one, or refuse and say why.",
    ),
    (
        "return_refused.mediator",
        Audience.MEDIATOR,
        "{case_number} 的退单未获同意，理由见办理意见，请签收办理。",
        "The return of {case_number} was refused; see the notes for the reason. Please sign for it.",
    ),
    (
        "aid_opened.officer",
        Audience.OFFICER,
        "新的帮扶申请 {case_number} 待初审。",
        "New application {case_number} awaits its first review.",
    ),
    (
        "objection_raised.officer",
        Audience.OFFICER,
        "{case_number} 公示期间收到异议，审批暂停，请调查。",
        "Somebody objected to {case_number}; approval waits. Please look into it.",
    ),
    (
        "payment_returned.officer",
        Audience.OFFICER,
        "{case_number} 的款项被银行退回，请核实账户后重新付款。",
        "The payment of {case_number} came back. Verify the account and pay again.",
    ),
    (
        "payment_unknown.officer",
        Audience.OFFICER,
        "{case_number} 的付款结果不明，系统正在向银行查询，请勿重发。",
        "The bank's answer on {case_number} is lost; it is being asked. Do not pay again.",
    ),
    (
        "message_failed.dispatcher",
        Audience.DISPATCHER,
        "{case_number} 的短信未能送达，请电话通知当事人。",
        "A message of {case_number} did not arrive. Please phone the person.",
    ),
)

_ROWS = (
    *((*row, Channel.SMS, False) for row in _SMS),
    *((*row, Channel.SMS, True) for row in _URGENT_SMS),
    *((*row, Channel.IN_APP, False) for row in _IN_APP),
)
TEMPLATES: dict[str, Template] = {
    code: Template(code, 1, audience, channel, zh, en, urgent)
    for code, audience, zh, en, channel, urgent in _ROWS
}
"""The newest version of every template, by code."""
