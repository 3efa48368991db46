"""The mediation agreement: what it must state, when it takes effect, how it is paid and enforced."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.mediation.domain.missing import Missing, refuse_if
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import Refused
from shared.vocabulary.money import format_yuan, in_words

INSTALMENTS_MAX = 60
PARTIES_MAX = 2_000


class Content(StrEnum):
    """What the agreement is about; it decides the routes of enforcement."""

    WAGES = "wages"
    INJURY_MEDICAL = "injury_medical"
    ECONOMIC_COMPENSATION = "economic_compensation"
    DAMAGES = "damages"
    EMPLOYMENT_RELATION = "employment_relation"
    STATUS_OR_TITLE = "status_or_title"
    OTHER = "other"


class InstalmentState(StrEnum):
    """Due, paid, or handed over to a court or arbitration after default."""

    DUE = "due"
    PAID = "paid"
    ENFORCED = "enforced"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of the agreement."""

    no: int
    amount_fen: int
    due: date
    state: InstalmentState = InstalmentState.DUE
    settled_on: date | None = None

    def is_late(self, today: date) -> bool:
        """Unpaid after its due date."""
        return self.state is InstalmentState.DUE and today > self.due


@dataclass(frozen=True, slots=True)
class Signatures:
    """When each required hand or seal was set; effectiveness is the last of them (rule 27)."""

    workers_at: datetime | None = None
    employer_at: datetime | None = None
    mediator_at: datetime | None = None
    seal_at: datetime | None = None

    @property
    def complete_at(self) -> datetime | None:
        """The moment of the last one; None while one is missing."""
        moments = (self.workers_at, self.employer_at, self.mediator_at, self.seal_at)
        present = [one for one in moments if one is not None]
        return max(present) if len(present) == len(moments) else None


class ReviewChoice(StrEnum):
    """What the parties chose to make of the agreement: one route, or none."""

    ARBITRATION_REVIEW = "arbitration_review"
    JUDICIAL_CONFIRMATION = "judicial_confirmation"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The text's elements (企业劳动争议协商调解规定 26), payments, signatures and what followed.

    Either `amount_fen` with instalments, or an `act` with `act_due` (reinstatement, a certificate), or both.
    `represented` counts workers bound through representatives, `represented_consents` those who agreed.
    """

    parties: str = ""
    claims: str = ""
    result: str = ""
    manner: str = ""
    contents: frozenset[Content] = frozenset()
    amount_fen: int = 0
    instalments: tuple[Instalment, ...] = ()
    act: str = ""
    act_due: date | None = None
    represented: int = 0
    represented_consents: int = 0
    signatures: Signatures = Signatures()
    review: ReviewChoice | None = None

    @property
    def effective_at(self) -> datetime | None:
        """When it took effect: the last required signature or seal (rule 27)."""
        return self.signatures.complete_at

    @property
    def effective_on(self) -> date | None:
        """The local date of `effective_at`, where the review periods begin."""
        moment = self.effective_at
        return None if moment is None else local_date(moment)

    @property
    def amount_in_words(self) -> str:
        """大写 for the document; empty without an amount."""
        return in_words(self.amount_fen) if self.amount_fen else ""

    @property
    def paid_fen(self) -> int:
        """What has been paid so far."""
        return sum(one.amount_fen for one in self.instalments if one.state is InstalmentState.PAID)


class AlreadySigned(Refused):
    """The text is fixed once all have signed."""

    code = "agreement_already_signed"
    zh = "协议已经各方签字盖章生效，不能再改；需要变更请另签补充协议。"
    en = "The agreement is signed by all and cannot be changed. Sign a supplement instead."


class InstalmentUnknown(Refused):
    """No such instalment, or it is settled already."""

    code = "instalment_not_open"
    zh = "没有这一期，或这一期已经办结，请刷新后核对。"
    en = "There is no such instalment, or it is settled already. Refresh and check."


def lacking(agreement: Agreement) -> list[Missing]:
    """What the text lacks to be signed (rule 26): unclear content is refused by court and arbitration alike."""
    found = [
        _lack(field, zh, en)
        for field, zh, en in (
            ("parties", "双方基本情况", "the parties"),
            ("claims", "调解请求", "the claims"),
            ("result", "调解结果", "the result"),
            ("manner", "履行方式", "the manner of performance"),
        )
        if not getattr(agreement, field).strip()
    ]
    if not agreement.contents:
        found.append(_lack("contents", "争议类型", "what the agreement is about"))
    if not agreement.amount_fen and not agreement.act.strip():
        found.append(
            _lack(
                "amount_or_act",
                "金额或应为的行为（内容不明确）",
                "an amount or an act (unclear content)",
            )
        )
    return found + _lacking_dates(agreement) + _lacking_consents(agreement)


def unsigned(agreement: Agreement) -> list[Missing]:
    """The hands and seals still missing."""
    hands = (
        ("workers_at", "职工方签字", "the workers' signature"),
        ("employer_at", "用人单位签章", "the employer's signature or seal"),
        ("mediator_at", "调解员签名", "the mediator's signature"),
        ("seal_at", "调解组织印章", "the seal of the mediation body"),
    )
    signatures = agreement.signatures
    return [_lack(field, zh, en) for field, zh, en in hands if getattr(signatures, field) is None]


def sign(agreement: Agreement, **moments: datetime) -> Agreement:
    """The agreement with one or more signatures; nobody signs an incomplete text."""
    if agreement.effective_at is not None:
        raise AlreadySigned
    refuse_if(lacking(agreement))
    return replace(agreement, signatures=replace(agreement.signatures, **moments))


def settle_instalment(agreement: Agreement, no: int, state: InstalmentState, on: date) -> Agreement:
    """The agreement with one open instalment paid, or handed over for enforcement."""
    if all(one.no != no or one.state is not InstalmentState.DUE for one in agreement.instalments):
        raise InstalmentUnknown(no=no)
    changed = tuple(
        replace(one, state=state, settled_on=on) if one.no == no else one
        for one in agreement.instalments
    )
    return replace(agreement, instalments=changed)


def _lacking_dates(agreement: Agreement) -> list[Missing]:
    found = []
    if agreement.act.strip() and agreement.act_due is None:
        found.append(
            _lack(
                "act_due", "行为的履行期限（内容不明确）", "the date of the act (unclear content)"
            )
        )
    if not agreement.amount_fen:
        return found
    if not agreement.instalments:
        return [
            *found,
            _lack("instalments", "付款日期（内容不明确）", "dates of payment (unclear content)"),
        ]
    if len({one.no for one in agreement.instalments}) != len(agreement.instalments):
        found.append(
            Missing(
                "instalment_numbered_twice",
                "有两期的期号相同，请改为依次编号。",
                "Two instalments bear the same number. Number them one after the other.",
                "agreement.instalments",
            )
        )
    parts = [one.amount_fen for one in agreement.instalments]
    if min(parts) <= 0 or sum(parts) != agreement.amount_fen or len(parts) > INSTALMENTS_MAX:
        total, sum_of_parts = format_yuan(agreement.amount_fen), format_yuan(sum(parts))
        found.append(
            Missing(
                "instalments_do_not_add_up",
                f"各期合计 {sum_of_parts} 元与总额 {total} 元不符，或某期不大于零，请调整各期金额。",
                f"The instalments make {sum_of_parts}, the total is {total}, or one is not positive.",
                "agreement.instalments",
            )
        )
    return found


def _lacking_consents(agreement: Agreement) -> list[Missing]:
    short = agreement.represented - agreement.represented_consents
    if short <= 0:
        return []
    return [
        Missing(
            "represented_consents_missing",
            f"还有 {short} 名被代表职工未同意，请逐人补录同意记录（办案规则63条）。",
            f"{short} represented workers have not agreed yet. Record each one's consent.",
            "agreement.represented_consents",
        )
    ]


def _lack(field: str, zh: str, en: str) -> Missing:
    return Missing(
        f"agreement_lacks_{field}",
        f"协议缺少{zh}，请补充后再定稿。",
        f"The agreement lacks {en}. Add it before finalising.",
        f"agreement.{field}",
    )
