"""Materials of a case: what they are, what still lacks, and when one may be put in or taken out.

Evidence and forms follow 劳动争议调解仲裁法 arts. 6 (who asserts proves) and 12 (application, oral or written), 广东省劳动保障监察条例
art. 38 (a signed election of representatives from ten workers on), and the welfare programmes' own forms (申请书,
家庭经济状况核对授权委托书). What is expected is a reminder: nothing waits for it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.intake.domain.case import Case, PartKind
from services.intake.domain.case_state import State
from services.intake.domain.categories import Track
from services.intake.domain.file_format import Format
from services.intake.domain.permissions import HOTLINE, may_see_case
from services.intake.domain.triage import is_collective
from shared.vocabulary.errors import FieldError, Invalid, Refused
from shared.vocabulary.people import Actor, Role

MATERIALS_PER_CASE_MAX = 50
"""Those withdrawn count: they are kept."""
NAME_CHARACTERS_MAX = 120
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control and direction characters: a name must not look like another one."""


class Kind(StrEnum):
    """What a material is in the case."""

    APPLICATION = "application"
    IDENTITY = "identity"
    REPRESENTATION = "representation"
    CONTRACT = "contract"
    WAGES = "wages"
    ATTENDANCE = "attendance"
    NOTICE = "notice"
    INJURY = "injury"
    INSURANCE = "insurance"
    RECORDING = "recording"
    PICTURE = "picture"
    HOUSEHOLD = "household"
    INCOME = "income"
    MEDICAL = "medical"
    STUDY = "study"
    CONSENT = "consent"
    AGREEMENT = "agreement"
    OTHER = "other"


KINDS: dict[Kind, tuple[str, str]] = {
    Kind.APPLICATION: ("申请书", "Application"),
    Kind.IDENTITY: ("身份证明", "Proof of identity"),
    Kind.REPRESENTATION: (
        "代表推选书、授权委托书",
        "Election of representatives, power of attorney",
    ),
    Kind.CONTRACT: ("劳动合同或劳动关系证明", "Contract or proof of employment"),
    Kind.WAGES: ("工资条、银行流水、欠条", "Pay slips, bank statements, notes of debt"),
    Kind.ATTENDANCE: ("考勤记录", "Attendance records"),
    Kind.NOTICE: ("解除通知等往来文书", "Notices and letters"),
    Kind.INJURY: ("工伤认定、劳动能力鉴定", "Work injury and capacity findings"),
    Kind.INSURANCE: ("社保缴费记录", "Social insurance record"),
    Kind.RECORDING: ("录音", "Recording"),
    Kind.PICTURE: ("照片、聊天记录", "Photographs, chat records"),
    Kind.HOUSEHOLD: ("户口本、家庭成员证明", "Household register"),
    Kind.INCOME: ("家庭收入证明", "Proof of household income"),
    Kind.MEDICAL: ("病历、诊断证明、医疗票据", "Medical records and bills"),
    Kind.STUDY: ("录取通知书、学籍证明", "Admission or enrolment"),
    Kind.CONSENT: ("家庭经济状况核对授权委托书", "Authority to check the household's means"),
    Kind.AGREEMENT: ("签署的协议、笔录", "Signed agreement or record"),
    Kind.OTHER: ("其他材料", "Other"),
}


class Withdrawal(StrEnum):
    """Why a material is not offered any more."""

    WRONG_CASE = "wrong_case"
    WRONG_FILE = "wrong_file"
    UNREADABLE = "unreadable"
    REPLACED = "replaced"
    ASKED_BACK = "asked_back"
    OTHER = "other"


WITHDRAWALS: dict[Withdrawal, tuple[str, str]] = {
    Withdrawal.WRONG_CASE: ("传错工单", "Wrong case"),
    Withdrawal.WRONG_FILE: ("传错文件", "Wrong file"),
    Withdrawal.UNREADABLE: ("看不清、打不开", "Unreadable"),
    Withdrawal.REPLACED: ("已有更完整的材料", "Replaced by a better one"),
    Withdrawal.ASKED_BACK: ("提供人要求撤回", "Asked back by who gave it"),
    Withdrawal.OTHER: ("其他原因", "Another reason"),
}


class MaterialAlreadyThere(Refused):
    """The same bytes are in the case."""

    code = "material_already_there"
    zh = "这份文件已经在本工单的材料里，无需重复上传。"
    en = "This very file is among the materials of the case already."


class TooManyMaterials(Refused):
    """The case is full."""

    code = "too_many_materials"
    zh = f"一件工单最多 {MATERIALS_PER_CASE_MAX} 份材料（含已撤回的），请合并成一份 PDF 后再上传。"
    en = f"A case takes at most {MATERIALS_PER_CASE_MAX} materials. Combine some into one PDF."


class CaseTakesNoMaterial(Refused):
    """A merged case goes on elsewhere."""

    code = "case_takes_no_material"
    zh = "本工单已并入他单，材料不能再变动，请到并入的工单办理。"
    en = "The case was merged into another one: its materials stay as they are. Use the other case."


class MaterialWithdrawnAlready(Refused):
    """Nobody is offered it any more."""

    code = "material_withdrawn"
    zh = "这份材料已被撤回，请刷新后查看最新的材料清单。"
    en = "This material was withdrawn. Refresh to see the present list."


@dataclass(frozen=True, slots=True)
class Expected:
    """What is usual for a case of this kind: one of these is enough."""

    kinds: tuple[Kind, ...]
    why: tuple[str, str]

    def is_met(self, there: Collection[Kind]) -> bool:
        """Whether one of them is in the case."""
        return any(kind in there for kind in self.kinds)


_APPLICATION = Expected(
    (Kind.APPLICATION,), ("调解仲裁法第 12 条", "Mediation and Arbitration Law 12")
)
_IDENTITY = Expected((Kind.IDENTITY,), ("核对当事人", "Who the party is"))
_EMPLOYED = Expected(
    (Kind.CONTRACT, Kind.ATTENDANCE, Kind.INSURANCE), ("证明劳动关系", "Proof of employment")
)
_ELECTED = Expected(
    (Kind.REPRESENTATION,), ("十人以上推举代表", "Ten workers or more elect representatives")
)
_PAY = Expected((Kind.WAGES, Kind.ATTENDANCE), ("证明欠付数额", "Proof of what is owed"))
_DISMISSAL = Expected(
    (Kind.NOTICE, Kind.RECORDING, Kind.PICTURE), ("证明解除事实", "Proof of dismissal")
)
_INSURED = Expected((Kind.INSURANCE,), ("证明缴费情况", "Proof of what was paid in"))
_INJURED = Expected((Kind.INJURY, Kind.MEDICAL), ("工伤认定与伤情", "The finding, and the injury"))
_CLAIMS: dict[str, Expected] = {
    **dict.fromkeys(("wage_arrears", "wage_cut", "overtime_pay", "piece_bonus"), _PAY),
    **dict.fromkeys(("dismissal", "layoff", "severance", "damages"), _DISMISSAL),
    "insurance_unpaid": _INSURED,
    "work_injury": _INJURED,
}
_AID = (
    Expected((Kind.APPLICATION,), ("帮扶申请书", "The application for aid")),
    _IDENTITY,
    Expected((Kind.HOUSEHOLD,), ("家庭成员", "Who lives in the household")),
    Expected((Kind.CONSENT,), ("须本人签名", "Signed by the applicant")),
)
_PROGRAMMES: dict[str, Expected] = {
    "living": Expected((Kind.INCOME,), ("核算人均收入", "Income per head")),
    "accident": Expected(
        (Kind.MEDICAL, Kind.NOTICE), ("证明意外与支出", "The calamity and its cost")
    ),
    "medical": Expected((Kind.MEDICAL,), ("核算自付费用", "What the household paid itself")),
    "tuition": Expected((Kind.STUDY,), ("在读或录取", "Enrolled or admitted")),
}


def expected_of(case: Case, aid_programme: str | None) -> tuple[Expected, ...]:
    """What a case of this kind usually brings, the form first."""
    parts = {part.kind for part in case.parts}
    found: list[Expected] = []
    if case.track is Track.DISPUTE or PartKind.DISPUTE in parts:
        found += [_APPLICATION, _IDENTITY, _EMPLOYED]
        found += [_CLAIMS[case.category]] if case.category in _CLAIMS else []
        found += [_ELECTED] if is_collective(case.claimant_count) else []
    if case.track is Track.AID or PartKind.AID in parts:
        found += _AID
        found += [_PROGRAMMES[aid_programme]] if aid_programme in _PROGRAMMES else []
    return tuple(dict.fromkeys(found))


def may_read(actor: Actor, case: Case, registered_by: str, *, hidden: bool) -> bool:
    """Who sees the case and works on it: the hotline, who signed for it, mediators and welfare for their parts, auditors.

    A caller who hides is not betrayed by a file: then only the hotline and auditors (rule 45).
    """
    if not may_see_case(actor, case.org, registered_by):
        return False
    if actor.has(*HOTLINE, Role.AUDITOR):
        return True
    parts = {part.kind for part in case.parts}
    works = (
        actor.id == case.signed_by
        or (actor.has(Role.MEDIATOR) and PartKind.DISPUTE in parts)
        or (actor.has(Role.WELFARE_OFFICER) and PartKind.AID in parts)
    )
    return works and not hidden


def may_add(actor: Actor, case: Case, registered_by: str, *, hidden: bool) -> bool:
    """Who reads them, but an auditor does not write."""
    writes = not actor.roles <= {Role.AUDITOR}
    return writes and may_read(actor, case, registered_by, hidden=hidden)


def may_withdraw(actor: Actor, added_by: UUID) -> bool:
    """Who put it in, or a supervisor or dispatcher (of those who may add)."""
    return actor.id == added_by or actor.has(Role.SUPERVISOR, Role.DISPATCHER)


def may_read_withdrawn(actor: Actor) -> bool:
    """What was withdrawn is kept for auditors."""
    return actor.has(Role.AUDITOR)


def takes_material(case: Case) -> bool:
    """Whether the case goes on here: a merged one goes on in another."""
    return case.state is not State.MERGED


def check_open(case: Case) -> None:
    """CaseTakesNoMaterial for one that goes on elsewhere."""
    if not takes_material(case):
        raise CaseTakesNoMaterial


def clean_name(given: str, found: Format) -> str:
    """The name without path and tricks; one without a name is called after its format."""
    last = re.split(r"[/\\]", given)[-1]
    name = _CONTROLS.sub("", last).strip(" .")
    if len(name) > NAME_CHARACTERS_MAX:
        raise Invalid(
            FieldError(
                "name",
                "name_too_long",
                f"文件名最多 {NAME_CHARACTERS_MAX} 字，请改短后再上传。",
                f"A file name has at most {NAME_CHARACTERS_MAX} characters. Shorten it.",
            )
        )
    return name or f"material.{found.suffix}"


def kind_of(code: str) -> Kind:
    """The kind of that code; Invalid when there is none such."""
    found = next((kind for kind in Kind if kind.value == code), None)
    if found is None:
        raise Invalid(
            FieldError(
                "kind", "kind_unknown", "请先选择材料种类，再上传。", "Choose the kind of material."
            )
        )
    return found
