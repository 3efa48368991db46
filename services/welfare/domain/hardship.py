"""Is a family in hardship, and of which class? (rules 53, 54) With the arithmetic as data for the screen.

Comparisons are made exactly, in whole fen, before any rounding: “below” is strict (a family exactly on the
line is not below it), and a calamity must cost strictly more than the given share of a year's income.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.vocabulary.errors import FieldError, Invalid
from shared.vocabulary.money import format_yuan, round_half_up

MONTHS = 12
PERCENT = 100
FAMILY_MAX = 20


class Hardship(StrEnum):
    """深度困难, 相对困难, 意外致困, or none of them."""

    DEEP = "deep"
    CALAMITY = "calamity"
    RELATIVE = "relative"
    NONE = "none"


HARDSHIP_NAMES = {
    Hardship.DEEP: ("深度困难", "Deep hardship"),
    Hardship.CALAMITY: ("意外致困", "Hardship after a calamity"),
    Hardship.RELATIVE: ("相对困难", "Relative hardship"),
    Hardship.NONE: ("不符合困难类别", "No class of hardship"),
}


@dataclass(frozen=True, slots=True)
class Standard:
    """The lines of a region and year: the monthly subsistence line (低保) and the multipliers."""

    version: str
    line_fen: int
    relative_times: int = 2
    calamity_percent: int = 80


@dataclass(frozen=True, slots=True)
class Item:
    """One amount of the year with what it is: an income of a member, or an unavoidable expense."""

    label: str
    fen: int


@dataclass(frozen=True, slots=True)
class Household:
    """A family's year: incomes, unavoidable expenses (刚性支出), people, and what a calamity cost."""

    size: int
    incomes: tuple[Item, ...]
    rigid: tuple[Item, ...] = ()
    calamity_fen: int = 0
    disaster: bool = False
    """Somebody was hurt or killed in a major disaster: a calamity whatever it cost."""

    @property
    def income_fen(self) -> int:
        """The income of all members in the year."""
        return sum(item.fen for item in self.incomes)

    @property
    def rigid_fen(self) -> int:
        """The unavoidable expenses of the year."""
        return sum(item.fen for item in self.rigid)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen: which class is tested, the comparison in figures, and whether it holds."""

    hardship: Hardship
    met: bool
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The proposed class, the income per head and month in fen, and how both came about."""

    hardship: Hardship
    per_capita_fen: int
    formula: str
    lines: tuple[Line, ...]
    standard: str


def assess(family: Household, standard: Standard) -> Assessment:
    """The class of a family; of several that fit, the one that opens more aid is proposed."""
    _check(family)
    lines = (_deep(family, standard), _relative(family, standard), _calamity(family, standard))
    met = {line.hardship for line in lines if line.met}
    order = (Hardship.DEEP, Hardship.CALAMITY, Hardship.RELATIVE)
    return Assessment(
        hardship=next((one for one in order if one in met), Hardship.NONE),
        per_capita_fen=per_capita_fen(family),
        formula=_formula(family),
        lines=lines,
        standard=standard.version,
    )


def per_capita_fen(family: Household) -> int:
    """(income − unavoidable expenses) ÷ 12 ÷ people, rounded half up to a fen for showing."""
    return round_half_up(family.income_fen - family.rigid_fen, MONTHS * family.size)


def is_below(family: Household, monthly_fen: int) -> bool:
    """Whether the income per head and month is strictly below an amount, without rounding."""
    return family.income_fen - family.rigid_fen < monthly_fen * MONTHS * family.size


def _deep(family: Household, standard: Standard) -> Line:
    met = is_below(family, standard.line_fen)
    mine, line = format_yuan(per_capita_fen(family)), format_yuan(standard.line_fen)
    sign = "<" if met else "不低于"
    return Line(
        Hardship.DEEP,
        met,
        f"{mine} {sign} 低保标准 {line}",
        f"{mine} {'<' if met else 'is not below'} the line of {line}",
    )


def _relative(family: Household, standard: Standard) -> Line:
    limit = standard.line_fen * standard.relative_times
    below = is_below(family, limit)
    mine, line = format_yuan(per_capita_fen(family)), format_yuan(limit)
    sign = "<" if below else "不低于"
    return Line(
        Hardship.RELATIVE,
        below and not is_below(family, standard.line_fen),
        f"{mine} {sign} {standard.relative_times} 倍标准 {line}",
        f"{mine} {'<' if below else 'is not below'} {standard.relative_times} lines, {line}",
    )


def _calamity(family: Household, standard: Standard) -> Line:
    if family.disaster:
        return Line(
            Hardship.CALAMITY, True, "重大灾害造成伤亡", "Hurt or bereaved in a major disaster"
        )
    over = family.calamity_fen * PERCENT > family.income_fen * standard.calamity_percent
    cost, income = format_yuan(family.calamity_fen), format_yuan(family.income_fen)
    share = _percent(family.calamity_fen, family.income_fen)
    sign_zh, sign_en = (">", ">") if over else ("不超过", "is not over")
    return Line(
        Hardship.CALAMITY,
        over,
        f"损失 {cost} ÷ 年收入 {income}{share} {sign_zh} {standard.calamity_percent}%",
        f"Loss {cost} ÷ income {income}{share} {sign_en} {standard.calamity_percent}%",
    )


def _percent(part: int, whole: int) -> str:
    if whole <= 0:
        return ""
    tenths = round_half_up(part * PERCENT * 10, whole)
    return f" = {tenths // 10}.{tenths % 10}%"


def _formula(family: Household) -> str:
    income, rigid = format_yuan(family.income_fen), format_yuan(family.rigid_fen)
    result = format_yuan(per_capita_fen(family))
    return f"（{income} − {rigid}）÷ {MONTHS} ÷ {family.size} = {result} 元"


def _check(family: Household) -> None:
    if not 1 <= family.size <= FAMILY_MAX:
        raise Invalid(
            FieldError(
                "household.size",
                "family_size",
                f"家庭人口应为 1 至 {FAMILY_MAX} 人，请核对户口簿。",
                f"A family has 1 to {FAMILY_MAX} members. Check the household register.",
            )
        )
    amounts = [item.fen for item in (*family.incomes, *family.rigid)]
    if min([*amounts, family.calamity_fen]) < 0:
        raise Invalid(
            FieldError(
                "household.amounts",
                "amount_negative",
                "收入、支出和损失都不能为负数，请更正。",
                "Incomes, expenses and losses cannot be negative. Correct them.",
            )
        )
