"""Pinyin of names, so that operators find them by typing initials."""

import os

# pypinyin 0.55 has no other switch, and its phrases would cost every process 43 MB. It is read at the import.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # noqa: TID251
from pypinyin import Style, lazy_pinyin


def syllables(text: str) -> str:
    """`拖欠工资` → `tuoqiangongzi`, lower case; other characters stay."""
    return "".join(lazy_pinyin(text)).lower()


def initials(text: str) -> str:
    """`拖欠工资` → `tqgz`."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
