"""Pinyin of names, so that operators find them by typing initials. The table lies beside this file, as text."""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("pinyin.txt")


@cache
def _table() -> dict[str, str]:
    """Character → syllable."""
    lines = TABLE.read_text("utf-8").splitlines()
    entries = (line.split(" ") for line in lines if not line.startswith("#"))
    return {character: syllable for syllable, characters in entries for character in characters}


def syllables(text: str) -> str:
    """`拖欠工资` → `tuoqiangongzi`, lower case; what has no pinyin stays as it is."""
    table = _table()
    return "".join(table.get(character, character) for character in text).lower()


def initials(text: str) -> str:
    """`拖欠工资` → `tqgz`."""
    table = _table()
    return "".join(table.get(character, character)[0] for character in text).lower()
