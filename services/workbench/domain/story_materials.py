"""Lines of the timeline about the files of a case; what they are called stays with intake."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.workbench.domain.labels import label, labels_of
from services.workbench.domain.text import Text

MATERIAL_KINDS = labels_of("""
application | 申请书 | Application
identity | 身份证明 | Proof of identity
representation | 代表推选书、授权委托书 | Election of representatives, power of attorney
contract | 劳动合同或劳动关系证明 | Contract or proof of employment
wages | 工资条、银行流水、欠条 | Pay slips, bank statements, notes of debt
attendance | 考勤记录 | Attendance records
notice | 解除通知等往来文书 | Notices and letters
injury | 工伤认定、劳动能力鉴定 | Work injury and capacity findings
insurance | 社保缴费记录 | Social insurance record
recording | 录音 | Recording
picture | 照片、聊天记录 | Photographs, chat records
household | 户口本、家庭成员证明 | Household register
income | 家庭收入证明 | Proof of household income
medical | 病历、诊断证明、医疗票据 | Medical records and bills
study | 录取通知书、学籍证明 | Admission or enrolment
consent | 家庭经济状况核对授权委托书 | Authority to check the household's means
agreement | 签署的协议、笔录 | Signed agreement or record
other | 其他材料 | Other
""")
WITHDRAWALS = labels_of("""
wrong_case | 传错工单 | Wrong case
wrong_file | 传错文件 | Wrong file
unreadable | 看不清、打不开 | Unreadable
replaced | 已有更完整的材料 | Replaced by a better one
asked_back | 提供人要求撤回 | Asked back by who gave it
other | 其他原因 | Another reason
""")
Who = Callable[[UUID | None], str]


def _added(body: Any, who: Who) -> Text:
    name, kind = who(body.added_by), label(MATERIAL_KINDS, body.kind)
    return Text(f"{name} 上传材料：{kind.zh}", f"{name} added a material: {kind.en}")


def _withdrawn(body: Any, who: Who) -> Text:
    name, kind = who(body.withdrawn_by), label(MATERIAL_KINDS, body.kind)
    why = label(WITHDRAWALS, body.reason)
    return Text(
        f"{name} 撤回材料：{kind.zh}（{why.zh}）",
        f"{name} withdrew a material: {kind.en} ({why.en})",
    )


MATERIALS: dict[str, Callable[[Any, Who], Text]] = {
    "intake.material_added": _added,
    "intake.material_withdrawn": _withdrawn,
}
