"""Telephone numbers as people write them: spaces, slashes, brackets, +86, extensions.

`Phone.key` is the one spelling that is stored, compared and blindly indexed; an extension is kept beside
it, so that a caller from 0758-2831234 is matched whatever desk answered last time.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from shared.vocabulary.errors import FieldError, Invalid

HOME_AREA_CODE = "0758"
"""Zhaoqing: assumed for a landline written without an area code."""
PHONES_PER_TEXT_MAX = 10

_EXTENSION = re.compile(
    r"(.*?)[\s(,;]*(?:转接?|内线|分机号?|ext\.?|x|#|\*)[\s:.]*(\d{1,6})\)?", re.IGNORECASE
)
_DASHED_EXTENSION = re.compile(r"(.*\d)\s*[-/]\s*(\d{1,6})")
_SEPARATORS = re.compile(r"[\s\-./()·_]")
_LISTED = re.compile(r"[,;、/\n]|或|和")
_MOBILE = re.compile(r"(?:\+?0{0,2}86)?0?(1[3-9]\d{9})")
_AREA = r"(10|2\d|[3-9]\d{2})"
_LANDLINE = re.compile(rf"(?:0|\+?0{{0,2}}86-?0?){_AREA}([2-8]\d{{6,7}})")
_LOCAL = re.compile(r"[2-8]\d{6}")
_SERVICE = re.compile(r"(?:400|800)\d{7}|1(?:[02]\d{1,3}|1\d)|12\d{3}|9[56]\d{3,6}")
_ABROAD = re.compile(r"(?:\+|00)([1-9]\d{6,14})")


class PhoneKind(StrEnum):
    """What can be done with a number: only a mobile takes SMS."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in its one spelling, and the extension behind it."""

    key: str
    kind: PhoneKind
    extension: str = ""

    @property
    def shown(self) -> str:
        """As written on a screen: the extension after 转."""
        return f"{self.key} 转 {self.extension}" if self.extension else self.key


def phone(text: str, *, field: str = "phone") -> Phone:
    """The one number meant by a text; `Invalid` says how to write it."""
    found = phone_or_none(text)
    if found is None:
        raise Invalid(
            FieldError(
                field,
                "phone_not_understood",
                "看不懂这个电话，请填11位手机号，或“区号-号码”，分机写“转 801”；一栏只填一个号码。",
                "Write an 11-digit mobile number, or area code and number, extension as “ext 801”; "
                "one number per field.",
            )
        )
    return found


def phone_or_none(text: str) -> Phone | None:
    """The one number meant by a text, if it is one."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    narrow = re.sub(r"[\u2010-\u2015\u2212]", "-", narrow)
    whole = _bare(narrow)
    if whole is not None:
        return whole
    for pattern in (_EXTENSION, _DASHED_EXTENSION):
        split = pattern.fullmatch(narrow)
        if split is None:
            continue
        head = _bare(split[1])
        if head is not None and head.kind is not PhoneKind.MOBILE:
            return Phone(head.key, head.kind, split[2])
    return None


def phones_in(text: str) -> tuple[Phone, ...]:
    """All numbers of a field into which several were written (`13800138000/0758-2831234`)."""
    one = phone_or_none(text)
    if one is not None:
        return (one,)
    parts = _LISTED.split(unicodedata.normalize("NFKC", text))[:PHONES_PER_TEXT_MAX]
    found = (phone_or_none(part) for part in parts if part.strip())
    return tuple(dict.fromkeys(one for one in found if one is not None))


def mask_phone(key: str) -> str:
    """138****1234; a landline keeps area code and last four; anything else only its last two."""
    if _MOBILE.fullmatch(key):
        return f"{key[:3]}****{key[-4:]}"
    area, dash, number = key.partition("-")
    if dash:
        return f"{area}-{'*' * (len(number) - 4)}{number[-4:]}"
    return "*" * max(len(key) - 2, 0) + key[-2:]


def _bare(text: str) -> Phone | None:
    """A number without extension, separators ignored."""
    digits = _SEPARATORS.sub("", text)
    if mobile := _MOBILE.fullmatch(digits):
        return Phone(mobile[1], PhoneKind.MOBILE)
    if landline := _LANDLINE.fullmatch(digits):
        return Phone(f"0{landline[1]}-{landline[2]}", PhoneKind.LANDLINE)
    if _LOCAL.fullmatch(digits):
        return Phone(f"{HOME_AREA_CODE}-{digits}", PhoneKind.LANDLINE)
    if _SERVICE.fullmatch(digits):
        return Phone(digits, PhoneKind.SERVICE)
    abroad = _ABROAD.fullmatch(digits)
    if abroad and not abroad[1].startswith("86"):
        return Phone(f"+{abroad[1]}", PhoneKind.ABROAD)
    return None
