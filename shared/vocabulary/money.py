"""Money as whole fen (1/100 yuan): reading, writing, splitting, rounding and the amount in words (大写)."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from shared.vocabulary.errors import FieldError, Invalid

FEN_PER_YUAN = 100
AMOUNT_FEN_MAX = 10**14
"""One trillion yuan: a typing error beyond any claim, and still exact in JSON numbers."""

_YUAN = re.compile(
    r"(?:¥|RMB|人民币)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(万)?元?(?:整)?", re.IGNORECASE
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def parse_yuan(text: str, *, field: str = "amount") -> int:
    """Fen of an amount typed in yuan: `826,400.00`, `30000`, `¥12.5`, `3万`, full-width digits too."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    found = _YUAN.fullmatch(compact)
    if found is None:
        raise Invalid(_not_an_amount(field))
    whole, decimals, ten_thousands = found.groups()
    fen = Decimal(f"{whole.replace(',', '')}.{decimals or 0}") * FEN_PER_YUAN
    if ten_thousands:
        fen *= 10_000
    if fen != int(fen):
        raise Invalid(
            FieldError(
                field,
                "amount_below_fen",
                "金额最多两位小数，请精确到分。",
                "Give at most two decimals: the smallest unit is one fen.",
            )
        )
    if fen > AMOUNT_FEN_MAX:
        raise Invalid(
            FieldError(
                field,
                "amount_too_large",
                "金额过大，请核对小数点和单位。",
                "The amount is too large. Check the decimal point and the unit.",
            )
        )
    return int(fen)


def format_yuan(fen: int) -> str:
    """`826,400.00`: thousands separated, always two decimals."""
    sign, size = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{size // FEN_PER_YUAN:,}.{size % FEN_PER_YUAN:02d}"


def split_check(total_fen: int, parts: Sequence[int], *, field: str = "instalments") -> None:
    """Refuse a split that has no parts, a part that is not positive, or parts that miss the total."""
    if not parts or min(parts) <= 0:
        raise Invalid(
            FieldError(
                field,
                "instalment_not_positive",
                "至少要有一期，且每期金额都要大于零。",
                "At least one instalment is needed and each must be more than zero.",
            )
        )
    difference = sum(parts) - total_fen
    if difference:
        more_zh, more_en = ("多", "more") if difference > 0 else ("少", "less")
        gap, total = format_yuan(abs(difference)), format_yuan(total_fen)
        raise Invalid(
            FieldError(
                field,
                "instalments_do_not_add_up",
                f"各期合计比总额 {total} 元{more_zh} {gap} 元，请调整后再提交。",
                f"The instalments are {gap} yuan {more_en} than the total of {total}. Adjust them.",
            )
        )


def round_half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to a fraction, halves away from zero (四舍五入)."""
    if denominator == 0:
        raise ZeroDivisionError("a rate has a denominator")
    negative = (numerator < 0) != (denominator < 0)
    size = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return -size if negative else size


def in_words(fen: int) -> str:
    """The amount in Chinese words as bills write it: 壹佰万元零壹角整.

    Rule: 支付结算办法 附一. One 零 stands for any run of zeros inside; it is also written before 角 when
    the yuan place is zero. 整 closes an amount without fen, so that nothing can be added behind it.
    """
    if not 0 <= fen <= AMOUNT_FEN_MAX:
        raise ValueError("only amounts between zero and the maximum are written in words")
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    jiao, single = divmod(rest, 10)
    text = f"{_whole_in_words(yuan)}元" if yuan or not rest else ""
    if yuan and rest and (jiao == 0 or yuan % 10 == 0):
        text += "零"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    return text + (f"{_DIGITS[single]}分" if single else "整")


def _whole_in_words(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group == 0:
            gap = True
            continue
        if text and (gap or group < 1_000):
            text += _DIGITS[0]
        text += _group_in_words(group) + _group_unit(place, groups)
        gap = False
    return text


def _group_unit(place: int, groups: Sequence[int]) -> str:
    """万亿 is written as 万 when the group of 亿 follows and carries the second half of the unit."""
    return "万" if place == 3 and groups[2] else _GROUPS[place]


def _group_in_words(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text


def _not_an_amount(field: str) -> FieldError:
    return FieldError(
        field,
        "amount_not_understood",
        "看不懂这个金额，请按“826,400.00”或“30000”填写，单位为元。",
        "This amount is not understood. Write it in yuan, like 826,400.00 or 30000.",
    )
