"""Numbers people and employers are known by: checking, normalising, masking; our own case numbers.

Error texts never repeat the number: it is personal data.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.vocabulary.errors import FieldError, Invalid

ID_LENGTH = 18
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_CHARACTERS = "10X98765432"
ID_REGIONS = frozenset(
    str(province)
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 83),
    )
    for province in range(first, last + 1)
)
"""Provinces of GB/T 2260; 81, 82, 83 also begin residence permits of 港澳台 residents."""
BIRTH_YEAR_MIN = 1900

USCC_LENGTH = 18
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(USCC_LENGTH - 1))

SERIAL_MAX = 999_999
CASE_NUMBER = re.compile(r"ZQ-?(\d{8})-?(\d{6})")

TRACKING_ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
TRACKING_LENGTH = 8
_TRACKING_LOOK_ALIKES = str.maketrans("SBZU", "582V")


class Sex(StrEnum):
    """As the seventeenth digit of an ID number says."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A valid resident identity number (GB 11643) and what it tells about its holder."""

    value: str
    birth: date
    sex: Sex

    def age_on(self, day: date) -> int:
        """Completed years of age on a day."""
        return age_on(self.birth, day)


def id_number(text: str, *, today: date, field: str = "id_number") -> IdNumber:
    """Check and normalise an ID number; `Invalid` names the first thing wrong with it."""
    value = _compact(text).upper()
    if re.fullmatch(r"\d{17}[\dX]", value) is None:
        raise _invalid(
            field,
            "id_format",
            "身份证号应为18位数字，最后一位可以是X；其他证件请改选证件类型。",
            "An ID number has 18 digits, the last may be X. For other papers change the type.",
        )
    if value[:2] not in ID_REGIONS:
        raise _invalid(
            field,
            "id_region",
            "身份证号前两位不是有效的省份代码，请对照证件核对。",
            "The first two digits are no province. Compare with the card.",
        )
    birth = _birth_date(value, today, field)
    if value[-1] != id_check_character(value[:17]):
        raise _invalid(
            field,
            "id_checksum",
            "身份证号校验位不符，多半是输错了一位，请对照证件核对。",
            "The check character does not fit: one digit is probably wrong. Compare with the card.",
        )
    return IdNumber(value, birth, Sex.MALE if int(value[16]) % 2 else Sex.FEMALE)


def _birth_date(value: str, today: date, field: str) -> date:
    try:
        birth = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        birth = date.min
    if birth.year < BIRTH_YEAR_MIN:
        raise _invalid(
            field,
            "id_birth_date",
            "身份证号中的出生日期不存在，请对照证件核对第7至14位。",
            "The birth date in the number does not exist. Check digits 7 to 14 against the card.",
        )
    if birth > today:
        raise _invalid(
            field,
            "id_born_in_future",
            "身份证号中的出生日期晚于今天，请对照证件核对第7至14位。",
            "The birth date in the number lies in the future. Check digits 7 to 14.",
        )
    return birth


def id_check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to seventeen digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(w * int(digit) for w, digit in zip(ID_WEIGHTS, first_seventeen, strict=True))
    return ID_CHECK_CHARACTERS[total % 11]


def age_on(birth: date, day: date) -> int:
    """Completed years between birth and a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def uscc(text: str, *, field: str = "uscc") -> str:
    """Check and normalise a unified social credit code (GB 32100)."""
    value = _compact(text).upper()
    if (
        len(value) != USCC_LENGTH
        or not set(value) <= set(USCC_ALPHABET)
        or not value[2:8].isdigit()
    ):
        raise _invalid(
            field,
            "uscc_format",
            "统一社会信用代码应为18位数字和大写字母，不含 I、O、S、V、Z，第3至8位为数字。",
            "The credit code has 18 digits or capitals without I, O, S, V, Z; 3 to 8 are digits.",
        )
    if value[-1] != uscc_check_character(value[:-1]):
        raise _invalid(
            field,
            "uscc_checksum",
            "统一社会信用代码校验位不符，多半是输错了一位，请对照营业执照核对。",
            "The check character does not fit. Compare the code with the business licence.",
        )
    return value


def uscc_check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to the first seventeen of a credit code."""
    pairs = zip(USCC_WEIGHTS, first_seventeen, strict=True)
    total = sum(weight * USCC_ALPHABET.index(character) for weight, character in pairs)
    return USCC_ALPHABET[-total % len(USCC_ALPHABET)]


def mask_name(name: str) -> str:
    """张*三, 张*: the first and, from three characters on, the last stay visible."""
    if len(name) <= 1:
        return "*" * len(name)
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def mask_id(value: str) -> str:
    """441202********0014: region and last four; anything shorter keeps only its last two."""
    if len(value) != ID_LENGTH:
        return "*" * max(len(value) - 2, 0) + value[-2:] if len(value) > 4 else "*" * len(value)
    return f"{value[:6]}********{value[-4:]}"


def mask_bank(account: str) -> str:
    """The last four digits of a bank account, behind four stars."""
    digits = "".join(account.split())
    return f"****{digits[-4:]}" if len(digits) > 4 else "****"


def case_number(day: date, serial: int) -> str:
    """ZQ-20261122-000123: the local date of registration and the serial within it."""
    if not 1 <= serial <= SERIAL_MAX:
        raise ValueError(f"a serial lies between 1 and {SERIAL_MAX}")
    return f"ZQ-{day:%Y%m%d}-{serial:06d}"


def parse_case_number(text: str) -> tuple[date, int] | None:
    """Date and serial of a typed case number (case, spaces and hyphens do not matter), else None."""
    found = CASE_NUMBER.fullmatch(_compact(text).upper())
    if found is None:
        return None
    digits, serial = found.groups()
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])), int(serial)
    except ValueError:
        return None


def tracking_code(randomness: int) -> str:
    """The eight characters a number of at least 64 random bits stands for; stored as they are."""
    characters = []
    for _ in range(TRACKING_LENGTH):
        randomness, place = divmod(randomness, len(TRACKING_ALPHABET))
        characters.append(TRACKING_ALPHABET[place])
    return "".join(characters)


def format_tracking_code(code: str) -> str:
    """As shown and read aloud: 7K3M-9Q2T."""
    return f"{code[:4]}-{code[4:]}"


def normalise_tracking_code(text: str) -> str | None:
    """The stored form of what a worker typed, look-alikes corrected (S is 5); None if it is no code."""
    code = _compact(text).upper().replace("-", "").translate(_TRACKING_LOOK_ALIKES)
    if len(code) != TRACKING_LENGTH or not set(code) <= set(TRACKING_ALPHABET):
        return None
    return code


def _compact(text: str) -> str:
    """Full-width characters narrowed, all white space removed, any dash a hyphen."""
    narrow = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"[\u2010-\u2015\u2212]", "-", narrow)


def _invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    return Invalid(FieldError(field, code, zh, en))
