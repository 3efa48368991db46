"""What a call is about: the category table of the hotline, versioned, with codes, names and pinyin initials.

Five top classes as the national hotline has them; below them the types of dispute of the mediation and
arbitration law (art. 2), what is not a labour dispute (解释(一) 2), the union's own aid, and policy questions.
A code never changes its meaning; a category is ended by `valid_to` and a new one added in a later version.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from shared.vocabulary.errors import FieldError, Invalid


class TopClass(StrEnum):
    """The five classes of the national 12351 list; a dispute is what that list calls 信访投诉."""

    CONSULTATION = "consultation"
    DISPUTE = "dispute"
    AID = "aid"
    LEGAL_AID = "legal_aid"
    SUGGESTION = "suggestion"


class Track(StrEnum):
    """Where a case goes: answered by the desk, mediated, aided by welfare, or told the right body."""

    CONSULTATION = "consultation"
    DISPUTE = "dispute"
    AID = "aid"
    REFERRAL = "referral"


class Level(StrEnum):
    """How hard the problem is: 一般, 难点, 特别复杂 (the three kinds of the national hotline)."""

    ORDINARY = "ordinary"
    DIFFICULT = "difficult"
    COMPLEX = "complex"


TOP_NAMES = {
    TopClass.CONSULTATION: ("问题咨询", "Questions"),
    TopClass.DISPUTE: ("权益争议", "Labour disputes"),
    TopClass.AID: ("服务帮扶", "Aid and services"),
    TopClass.LEGAL_AID: ("法律援助", "Legal aid"),
    TopClass.SUGGESTION: ("意见建议", "Suggestions and complaints"),
}
TRACK_NAMES = {
    Track.CONSULTATION: ("解答咨询", "Answer the question"),
    Track.DISPUTE: ("争议调解", "Mediation"),
    Track.AID: ("帮扶救助", "Welfare aid"),
    Track.REFERRAL: ("告知转办", "Tell the right body"),
}
LEVEL_NAMES = {
    Level.ORDINARY: ("一般", "Ordinary"),
    Level.DIFFICULT: ("难点", "Difficult"),
    Level.COMPLEX: ("特别复杂", "Especially complex"),
}


@dataclass(frozen=True, slots=True)
class Category:
    """One entry of the picker. `initials` are those of the Chinese name, typed to find it (`tqgz`).

    `programme` names the aid programme a welfare application is opened under; `body` the authority a
    referral points to.
    """

    code: str
    top: TopClass
    group_zh: str
    zh: str
    en: str
    initials: str
    track: Track
    level: Level = Level.ORDINARY
    programme: str | None = None
    body: str = ""
    valid_from: date = date(2026, 1, 1)
    valid_to: date | None = None

    @property
    def path_zh(self) -> str:
        """`劳动报酬 / 拖欠工资`, as the screens show it."""
        return f"{self.group_zh} / {self.zh}"

    def is_valid_on(self, day: date) -> bool:
        """Whether new cases may carry the category on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CategoryTable:
    """One version of the table, in the order of the picker."""

    version: int
    rows: tuple[Category, ...]

    def get(self, code: str) -> Category | None:
        """The category of that code, ended ones too: old cases keep their name."""
        return next((row for row in self.rows if row.code == code), None)

    def choose(self, code: str, today: date) -> Category:
        """The category a new case may carry today."""
        row = self.get(code)
        if row is None or not row.is_valid_on(today):
            raise Invalid(
                FieldError(
                    "call.category",
                    "category_unknown",
                    "没有这个诉求类别或已停用，请从列表中重新选择。",
                    "This category does not exist or has ended. Choose one from the list.",
                )
            )
        return row

    def find(self, typed: str, today: date) -> tuple[Category, ...]:
        """Categories whose initials begin with, or whose names contain, what was typed."""
        key = "".join(typed.split()).lower()
        valid = (row for row in self.rows if row.is_valid_on(today))
        return tuple(row for row in valid if _matches(row, key))


def _matches(row: Category, key: str) -> bool:
    if row.initials.startswith(key) or key == row.code:
        return True
    return key in row.path_zh.lower() or key in row.en.lower()


def ended(table: CategoryTable, code: str, last_day: date) -> CategoryTable:
    """The next version of a table, in which a category ends; its cases keep it."""
    rows = tuple(replace(row, valid_to=last_day) if row.code == code else row for row in table.rows)
    return CategoryTable(version=table.version + 1, rows=rows)
