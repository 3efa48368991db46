"""Hides what looks like a person's number in texts that leave the process for a log."""

import re
import traceback
from types import TracebackType
from typing import Final

MASK: Final = "***"
TEXT_CHARACTERS_MAX: Final = 300
FRAMES_MAX: Final = 12
PERSONAL_DIGITS_MIN: Final = 11
"""A phone number has 11 digits, an ID number 15 or 18, a bank account 12 to 19."""
PERSONAL_NUMBER_MIN: Final = 10 ** (PERSONAL_DIGITS_MIN - 1)

_NUMBERS = re.compile(
    # Names of things are kept: UUIDs, hashes and trace ids (with a letter among the digits), case numbers.
    r"(?P<kept>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b(?=\d*[a-f])[0-9a-f]{16,}\b"
    r"|\b[A-Z]{2,3}-\d{8}-\d{6}\b)"
    rf"|\d(?:[ \-]?\d){{{PERSONAL_DIGITS_MIN - 1},}}[Xx]?"
)
_ENOUGH_DIGITS = re.compile(rf"(?:\d[ \-]?){{{PERSONAL_DIGITS_MIN},}}")


def masked(text: str) -> str:
    """The text with phone, ID and bank numbers hidden, in any width and with blanks or hyphens inside."""
    if _ENOUGH_DIGITS.search(text) is None:
        return text
    return _NUMBERS.sub(lambda found: found["kept"] or MASK, text)


def told(error: BaseException) -> str:
    """The first line of an error's text, masked and bounded: PostgreSQL puts the row's values on the next."""
    first, _, _ = str(error).partition("\n")
    return masked(first)[:TEXT_CHARACTERS_MAX]


def frames(trace: TracebackType | None) -> str:
    """Where it happened, innermost last: `file:line function`. Never the values, nor the text of the error."""
    found = traceback.extract_tb(trace)[-FRAMES_MAX:]
    return " < ".join(f"{_short(one.filename)}:{one.lineno} {one.name}" for one in reversed(found))


def _short(filename: str) -> str:
    return "/".join(filename.rsplit("/", 3)[-3:])
