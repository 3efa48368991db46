"""A wording in both languages; what the screens show is composed here, Chinese first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in Chinese and in English; may hold `**strong**` runs and `[label](case:ID)` links."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A stable code and how it reads."""

    code: str
    label: Text


def yuan(fen: int) -> str:
    """826400.00 with thousands separators, from fen."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"
