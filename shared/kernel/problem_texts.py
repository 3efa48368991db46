"""What to do about an input that does not have the form a request asks for, one sentence for each kind of error.

The kinds are pydantic's. The sentences name limits and allowed words, which are ours, and never repeat the input.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from shared.vocabulary.errors import FieldError

OTHER = (
    "此项格式不正确，请按要求重新填写。",
    "This is not in the expected form. Please fill it in again.",
)
DATE = (
    "请按 年-月-日 填写日期，例如 2026-11-22。",
    "Write the date as year-month-day, for example 2026-11-22.",
)
TIME = (
    "请填写带时区的日期和时间，例如 2026-11-22T09:30:00+08:00。",
    "Write date and time with a time zone, for example 2026-11-22T09:30:00+08:00.",
)
WHOLE = ("请填写整数（金额以分为单位）。", "Enter a whole number (amounts in fen).")
NUMBER = ("请填写数字。", "Enter a number.")
TEXT = ("请填写文字。", "Enter a text.")
YES_NO = ("请选择是或否。", "Choose yes or no.")
UUID = (
    "编号不完整或有误，请从列表中重新选择。",
    "The id is not valid. Choose it from the list again.",
)
LIST = ("此项应为列表，请逐条填写。", "This must be a list. Add the entries one by one.")
GROUP = (
    "此项的各栏没有填完整，请逐栏填写。",
    "This group of fields is incomplete. Fill in each field.",
)
CHOICE = ("请从以下选项中选择：{expected}。", "Choose one of: {expected}.")
WEB_ADDRESS = (
    "请填写完整的网址，以 https:// 开头。",
    "Enter a complete web address that begins with https://.",
)

TEXTS: dict[str, tuple[str, str]] = {
    "missing": ("此项必填，请补充。", "This is required. Please fill it in."),
    "none_required": (
        "此项须留空，请删除内容后再提交。",
        "This must be left empty. Remove the content.",
    ),
    "extra_forbidden": (
        "系统没有这一栏，请删除后再提交；如页面较旧，请先刷新。",
        "There is no such field. Remove it; if the page is old, reload it first.",
    ),
    "string_type": TEXT,
    "string_unicode": (
        "文字中有无法识别的字符，请重新输入。",
        "The text has unreadable characters. Type it again.",
    ),
    "string_too_short": ("至少填写 {min_length} 个字。", "Write at least {min_length} characters."),
    "string_too_long": (
        "最多 {max_length} 个字，请精简。",
        "At most {max_length} characters. Please shorten it.",
    ),
    "string_pattern_mismatch": OTHER,
    "string_not_ascii": (
        "请只用英文字母、数字和符号。",
        "Use only English letters, digits and signs.",
    ),
    "too_short": ("至少需要 {min_length} 条。", "At least {min_length} entries are needed."),
    "too_long": (
        "最多 {max_length} 条，请分次提交。",
        "At most {max_length} entries. Submit them in parts.",
    ),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": ("数字过大，请核对。", "The number is too large. Please check it."),
    "int_from_float": WHOLE,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "decimal_max_digits": (
        "数字最多 {max_digits} 位，请核对。",
        "At most {max_digits} digits. Please check it.",
    ),
    "decimal_max_places": (
        "小数最多 {decimal_places} 位。",
        "At most {decimal_places} decimal places.",
    ),
    "decimal_whole_digits": (
        "整数部分最多 {whole_digits} 位。",
        "At most {whole_digits} digits before the point.",
    ),
    "greater_than": ("须大于 {gt}。", "Must be greater than {gt}."),
    "greater_than_equal": ("不能小于 {ge}。", "Must not be less than {ge}."),
    "less_than": ("须小于 {lt}。", "Must be less than {lt}."),
    "less_than_equal": ("不能大于 {le}。", "Must not be more than {le}."),
    "multiple_of": ("须为 {multiple_of} 的整数倍。", "Must be a multiple of {multiple_of}."),
    "bool_type": YES_NO,
    "bool_parsing": YES_NO,
    "enum": CHOICE,
    "literal_error": CHOICE,
    "union_tag_invalid": (
        "请从以下类型中选择：{expected_tags}。",
        "Choose one of the kinds: {expected_tags}.",
    ),
    "union_tag_not_found": ("请先选择类型。", "Choose the kind first."),
    "uuid_type": UUID,
    "uuid_parsing": UUID,
    "uuid_version": UUID,
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "date_past": ("日期须早于今天。", "The date must be before today."),
    "date_future": ("日期须晚于今天。", "The date must be after today."),
    "datetime_type": TIME,
    "datetime_parsing": TIME,
    "datetime_object_invalid": TIME,
    "datetime_from_date_parsing": TIME,
    "timezone_aware": TIME,
    "timezone_naive": OTHER,
    "timezone_offset": TIME,
    "datetime_past": ("时间须早于现在。", "The time must be in the past."),
    "datetime_future": ("时间须晚于现在。", "The time must be in the future."),
    "time_type": (
        "请按 时:分 填写时间，例如 09:30。",
        "Write the time as hour:minute, for example 09:30.",
    ),
    "time_parsing": (
        "请按 时:分 填写时间，例如 09:30。",
        "Write the time as hour:minute, for example 09:30.",
    ),
    "list_type": LIST,
    "tuple_type": LIST,
    "set_type": LIST,
    "frozen_set_type": LIST,
    "iterable_type": LIST,
    "dict_type": GROUP,
    "mapping_type": GROUP,
    "model_type": GROUP,
    "model_attributes_type": GROUP,
    "dataclass_type": GROUP,
    "url_type": WEB_ADDRESS,
    "url_parsing": WEB_ADDRESS,
    "url_syntax_violation": WEB_ADDRESS,
    "url_scheme": WEB_ADDRESS,
    "url_too_long": (
        "网址最多 {max_length} 个字符。",
        "At most {max_length} characters in a web address.",
    ),
}

WHERE_FROM = frozenset({"body", "query", "path", "header", "cookie"})
"""FastAPI begins the path of an error with where the value came from; a form knows only its fields."""


def field_error(error: Mapping[str, Any]) -> FieldError:
    """One of pydantic's errors as a note at a field.

    A validator of our own says it in its own words by raising
    `PydanticCustomError("code", "en", {"zh": ..., "en": ...})`.
    """
    kind = str(error["type"])
    given: Mapping[str, Any] = error.get("ctx") or {}
    if "zh" in given and "en" in given:
        zh, en = str(given["zh"]), str(given["en"])
    else:
        zh, en = TEXTS.get(kind, OTHER)
    limits = {name: _limit(value) for name, value in given.items()}
    try:
        zh, en = zh.format_map(limits), en.format_map(limits)
    except (KeyError, IndexError, ValueError):
        zh, en = OTHER
    return FieldError(field=field_path(error.get("loc", ())), code=kind, zh=zh, en=en)


def field_path(loc: tuple[str | int, ...]) -> str:
    """`("body", "claimants", 0, "phone")` as `claimants.0.phone`."""
    steps = loc[1:] if loc and loc[0] in WHERE_FROM else loc
    return ".".join(str(step) for step in steps)


def _limit(value: object) -> object:
    """A limit as text: pydantic writes allowed words as `'a', 'b' or 'c'`."""
    if isinstance(value, str):
        return value.replace("'", "").replace(" or ", ", ").replace(", ", "、")
    return msgspec.to_builtins(value) if isinstance(value, int | float) else str(value)
