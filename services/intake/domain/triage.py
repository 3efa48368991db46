"""What a call needs besides a category: scope, group, red flags, danger (rules 7 to 9, 12 to 15, 48).

Triage flags and advises; it never refuses a case. Somebody over the retirement age is not sent away (the
rule that made such work a mere service contract was repealed from 2025-09-01), nor is a late claim.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.intake.domain.urgency import (
    CRITICAL_DANGERS,
    GROUP_MIN,
    DangerWord,
    Urgency,
    danger_words,
)

ARREARS_CONSECUTIVE_MONTHS = 2
ARREARS_CUMULATIVE_MONTHS = 3
"""广东省工资支付条例 41: from here the authority may start special inspection."""
CRIME_MONTHS = 3
CRIME_ONE_WORKER_FEN = 500_000
CRIME_GROUP_FEN = 3_000_000
"""法释〔2013〕3号 3: the national minimum; the province's own figure is a setting."""
LAYOFF_MIN = 20
LAYOFF_PERCENT = 10
PERCENT = 100
REPRESENTATIVES = (3, 5)
VISIT_REPRESENTATIVES_MAX = 5

NOT_LABOUR = frozenset(
    {"insurance_agency", "house_reform", "appraisal", "domestic_work", "craft_helper", "farm_hire"}
)
"""The six kinds that 解释(一) art. 2 keeps out of labour disputes, by category code."""


class Proceeding(StrEnum):
    """Another body that already has the matter."""

    ARBITRATION = "arbitration"
    LAWSUIT = "lawsuit"
    FINAL_JUDGMENT = "final_judgment"
    INSPECTION = "inspection"
    PETITION = "petition"


BARRING = frozenset({Proceeding.ARBITRATION, Proceeding.LAWSUIT, Proceeding.FINAL_JUDGMENT})


class Flag(StrEnum):
    """What triage found; each is shown with its text and its rule."""

    NOT_LABOUR = "not_labour"
    COLLECTIVE = "collective"
    LAYOFF_NOTICE = "layoff_notice"
    OTHER_PROCEEDING = "other_proceeding"
    ARREARS_RED = "arrears_red"
    CRIME_CLUE = "crime_clue"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the form says; None where the caller did not say. Money in fen, arrears in months."""

    text: str
    category: str
    claimant_count: int = 1
    owed_fen: int | None = None
    arrears_consecutive: int | None = None
    arrears_cumulative: int | None = None
    laid_off: int | None = None
    headcount: int | None = None
    proceeding: Proceeding | None = None
    delegated: bool = False
    """A court or arbitration body sent the case to the union itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One flag with the rule behind it and what the operator should do."""

    flag: Flag
    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Triage:
    """All findings of a call, and what follows from them."""

    findings: tuple[Finding, ...]
    danger: tuple[DangerWord, ...]
    urgency: Urgency

    def has(self, flag: Flag) -> bool:
        """Whether triage found this."""
        return any(finding.flag is flag for finding in self.findings)

    @property
    def collective(self) -> bool:
        """Ten or more workers with a common claim."""
        return self.has(Flag.COLLECTIVE)

    @property
    def phone_task(self) -> bool:
        """Somebody has to telephone at once: life, violence or a road is at stake."""
        return any(word.danger in CRITICAL_DANGERS for word in self.danger)


def is_collective(claimant_count: int) -> bool:
    """Ten workers with a common claim may be represented (调解仲裁法 7); nine may not."""
    return claimant_count >= GROUP_MIN


def triage(facts: CallFacts) -> Triage:
    """Every flag of the call, in the order in which an operator should read them."""
    danger = danger_words(facts.text)
    checks = (
        _danger(danger),
        _not_labour(facts),
        _other_proceeding(facts),
        _collective(facts),
        _layoff(facts),
        _arrears(facts),
        _crime(facts),
    )
    found = tuple(finding for finding in checks if finding is not None)
    return Triage(findings=found, danger=danger, urgency=_urgency(found, danger))


def _urgency(findings: tuple[Finding, ...], danger: tuple[DangerWord, ...]) -> Urgency:
    if any(word.danger in CRITICAL_DANGERS for word in danger):
        return Urgency.CRITICAL
    urgent = {Flag.DANGER, Flag.COLLECTIVE, Flag.ARREARS_RED}
    return Urgency.URGENT if any(f.flag in urgent for f in findings) else Urgency.NORMAL


def _danger(danger: tuple[DangerWord, ...]) -> Finding | None:
    if not danger:
        return None
    return Finding(
        Flag.DANGER,
        "R48",
        "提到可能危及人身或公共秩序的情况：请稳住来电人，立即电话报告值班领导，必要时转110。",
        "The caller speaks of danger: keep them talking, phone the duty leader at once, 110 if needed.",
    )


def _not_labour(facts: CallFacts) -> Finding | None:
    if facts.category not in NOT_LABOUR:
        return None
    return Finding(
        Flag.NOT_LABOUR,
        "R7",
        "不属于劳动争议（司法解释（一）第二条）：请登记，书面告知来电人并指明受理单位。",
        "Not a labour dispute (解释(一) 2): record it, tell the caller in writing and name the right body.",
    )


def _other_proceeding(facts: CallFacts) -> Finding | None:
    if facts.proceeding not in BARRING or facts.delegated:
        return None
    return Finding(
        Flag.OTHER_PROCEEDING,
        "R13",
        "已在仲裁或诉讼中，未经委派不另行调解：可提供咨询或法律援助。",
        "Already in arbitration or court: no mediation unless delegated. Offer advice or legal aid.",
    )


def _collective(facts: CallFacts) -> Finding | None:
    if not is_collective(facts.claimant_count):
        return None
    low, high = REPRESENTATIVES
    return Finding(
        Flag.COLLECTIVE,
        "R8",
        f"共同诉求 {facts.claimant_count} 人，属集体争议：请告知可推选 {low} 至 {high} 名代表。",
        f"{facts.claimant_count} workers share the claim: collective. They may choose {low} to {high} "
        "representatives.",
    )


def _layoff(facts: CallFacts) -> Finding | None:
    laid_off = facts.laid_off or 0
    share = facts.headcount is not None and laid_off * PERCENT >= facts.headcount * LAYOFF_PERCENT
    if laid_off < LAYOFF_MIN and not (laid_off and share):
        return None
    return Finding(
        Flag.LAYOFF_NOTICE,
        "R12",
        "裁员达到二十人或百分之十：单位须提前三十日向工会或全体职工说明（劳动合同法第四十一条）。",
        "Twenty people or ten per cent are laid off: the union must be told 30 days before (LCL 41).",
    )


def _arrears(facts: CallFacts) -> Finding | None:
    consecutive = facts.arrears_consecutive or 0
    cumulative = max(facts.arrears_cumulative or 0, consecutive)
    if consecutive < ARREARS_CONSECUTIVE_MONTHS and cumulative < ARREARS_CUMULATIVE_MONTHS:
        return None
    return Finding(
        Flag.ARREARS_RED,
        "R14",
        "欠薪连续二个月或累计三个月以上：红色预警，请同时移送人社部门（广东省工资支付条例第四十一条）。",
        "Wages owed for two months running or three in all: red flag, refer to the labour authority too.",
    )


def _crime(facts: CallFacts) -> Finding | None:
    owed = facts.owed_fen or 0
    months = max(facts.arrears_consecutive or 0, facts.arrears_cumulative or 0)
    one = facts.claimant_count == 1 and months >= CRIME_MONTHS and owed >= CRIME_ONE_WORKER_FEN
    group = facts.claimant_count >= GROUP_MIN and owed >= CRIME_GROUP_FEN
    if facts.category != "wage_arrears" or not (one or group):
        return None
    return Finding(
        Flag.CRIME_CLUE,
        "R15",
        "达到“拒不支付劳动报酬”线索标准：登记责令支付文书后方可移送公安。",
        "A possible crime of refusing to pay wages: hand over only once an official order is unpaid.",
    )
