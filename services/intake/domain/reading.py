"""Numbers a caller says in words: how many workers, how many months of wages are owed."""

import re
from dataclasses import dataclass

_DIGIT = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PLACE = {"十": 10, "百": 100, "千": 1_000}
NUMBER = r"(?:\d{1,5}|[零一二两三四五六七八九十百千]{1,7})"
PEOPLE_MAX = 99_999

_PEOPLE = re.compile(
    rf"({NUMBER})(?:多|余|几)?(?:个|名|位)?(?:工友|工人|同事|员工|职工|民工|农民工|人(?![民事力均员]))"
)
_ARREARS = (
    re.compile(
        rf"({NUMBER})个多?月[^，。；！？]{{0,3}}(?:没有?|未|不)(?:发|给|结|付|拿到|领到)[^，。；！？]{{0,3}}(?:工资|工钱|钱|薪)"
    ),
    re.compile(
        rf"(?:拖欠|欠)[^，。；！？]{{0,6}}?({NUMBER})个多?月[^，。；！？]{{0,2}}(?:工资|工钱|薪)"
    ),
    re.compile(
        rf"(?:工资|工钱|薪水)[^，。；！？]{{0,4}}({NUMBER})个多?月[^，。；！？]{{0,2}}(?:没有?|未|不)(?:发|给|结|付)"
    ),
)


@dataclass(frozen=True, slots=True)
class NumberRead:
    """A number found in the text and the stretch that says it: `text[start:end]` is `word`."""

    value: int
    start: int
    end: int
    word: str


def number_of(word: str) -> int:
    """The value of digits or of Chinese numerals up to thousands: `14`, `十四`, `一百二十`."""
    if word.isdigit():
        return int(word)
    total, digit = 0, 0
    for character in word:
        if character in _PLACE:
            total += (digit or 1) * _PLACE[character]
            digit = 0
        else:
            digit = _DIGIT[character]
    return total + digit


def head_count(text: str) -> NumberRead | None:
    """The largest number of workers the text mentions."""
    found = [_read(hit) for hit in _PEOPLE.finditer(text)]
    return max(found, key=lambda number: number.value, default=None)


def arrears_months(text: str) -> NumberRead | None:
    """For how many months wages are owed, as far as the text says so."""
    found = [_read(hit) for pattern in _ARREARS for hit in pattern.finditer(text)]
    return max(found, key=lambda number: number.value, default=None)


def _read(hit: re.Match[str]) -> NumberRead:
    return NumberRead(number_of(hit.group(1)), hit.start(), hit.end(), hit.group())
