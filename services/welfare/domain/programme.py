"""Aid programmes: who they are for, how much at most, when, and from which fund (专款专用).

Amounts, windows and publicity days are local practice: data with a version, changed by adding one.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.welfare.domain.hardship import Hardship
from shared.vocabulary.errors import Refused

PUBLICITY_WORKDAYS = 5
LATE_PAYMENT_DAYS = 15
"""Natural days after approval from which a payment counts as late (W15)."""
RETURN_REPAIR_DAYS = 5
"""Natural days within which a returned transfer is to be taken up again (W19)."""


class Fund(StrEnum):
    """Where the money comes from; a programme is paid from its own fund only."""

    HARDSHIP_CENTRAL = "hardship_central"
    HARDSHIP_PROVINCE = "hardship_province"
    WARMTH = "warmth"
    UNION_DUES = "union_dues"
    MUTUAL_AID = "mutual_aid"
    MODEL_WORKER = "model_worker"


class Per(StrEnum):
    """What the programme counts: once a year per person, per household, or per student."""

    PERSON = "person"
    HOUSEHOLD = "household"
    STUDENT = "student"


class OutsideWindow(Refused):
    """The programme takes applications only in its window."""

    code = "programme_outside_window"
    zh = "该项目现在不在申请期内，请改选其他项目，或待申请期开始后再提交。"
    en = "The programme takes no applications now. Choose another, or apply when its window opens."


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme in one year. Amounts in fen; `standards` are the usual grants by hardship."""

    code: str
    zh: str
    en: str
    year: int
    fund: Fund
    cap_fen: int
    yearly_cap_fen: int
    standards: dict[Hardship, int] = field(default_factory=dict)
    per: Per = Per.PERSON
    file_based: bool = True
    opens_on: date | None = None
    closes_on: date | None = None
    publicity_workdays: int = PUBLICITY_WORKDAYS
    late_payment_days: int = LATE_PAYMENT_DAYS
    return_repair_days: int = RETURN_REPAIR_DAYS
    version: int = 1

    def check_window(self, today: date) -> None:
        """Refuse an application before the window opens or after it closed."""
        early = self.opens_on is not None and today < self.opens_on
        late = self.closes_on is not None and today > self.closes_on
        if early or late:
            raise OutsideWindow(programme=self.code)

    def left_this_year_fen(self, paid_fen: int) -> int:
        """What a person may still be given this year."""
        return max(0, self.yearly_cap_fen - paid_fen)

    def usual_fen(self, hardship: Hardship, paid_fen: int = 0) -> int:
        """The grant proposed for a class of hardship: its standard, within both caps; 0 if none fits."""
        standard = self.standards.get(hardship, 0)
        return min(standard, self.cap_fen, self.left_this_year_fen(paid_fen))

    def is_for(self, hardship: Hardship) -> bool:
        """Whether the programme has a standard for that class."""
        return self.standards.get(hardship, 0) > 0


_YUAN = 100


def programmes_of(year: int) -> dict[str, Programme]:
    """The programmes of a year with the default amounts, by code."""
    all_of_them = (
        Programme(
            "living",
            "困难职工生活救助",
            "Living aid",
            year,
            Fund.HARDSHIP_CENTRAL,
            cap_fen=3_000 * _YUAN,
            yearly_cap_fen=6_000 * _YUAN,
            standards={
                Hardship.DEEP: 3_000 * _YUAN,
                Hardship.RELATIVE: 1_500 * _YUAN,
                Hardship.CALAMITY: 2_000 * _YUAN,
            },
            per=Per.HOUSEHOLD,
        ),
        Programme(
            "accident",
            "意外致困救助",
            "Aid after a calamity",
            year,
            Fund.HARDSHIP_PROVINCE,
            cap_fen=5_000 * _YUAN,
            yearly_cap_fen=6_000 * _YUAN,
            standards={Hardship.CALAMITY: 2_000 * _YUAN, Hardship.DEEP: 3_000 * _YUAN},
            per=Per.HOUSEHOLD,
            file_based=False,
        ),
        Programme(
            "warmth",
            "冬送温暖",
            "Winter relief",
            year,
            Fund.WARMTH,
            cap_fen=2_000 * _YUAN,
            yearly_cap_fen=2_000 * _YUAN,
            standards={
                Hardship.DEEP: 1_000 * _YUAN,
                Hardship.RELATIVE: 600 * _YUAN,
                Hardship.CALAMITY: 1_000 * _YUAN,
            },
            per=Per.HOUSEHOLD,
        ),
        Programme(
            "tuition",
            "金秋助学",
            "Tuition aid",
            year,
            Fund.UNION_DUES,
            cap_fen=5_000 * _YUAN,
            yearly_cap_fen=5_000 * _YUAN,
            standards={
                Hardship.DEEP: 5_000 * _YUAN,
                Hardship.RELATIVE: 3_000 * _YUAN,
                Hardship.CALAMITY: 4_000 * _YUAN,
            },
            per=Per.STUDENT,
            file_based=False,
            opens_on=date(year, 7, 1),
            closes_on=date(year, 9, 30),
        ),
        Programme(
            "medical",
            "职工医疗互助",
            "Medical mutual aid",
            year,
            Fund.MUTUAL_AID,
            cap_fen=50_000 * _YUAN,
            yearly_cap_fen=50_000 * _YUAN,
            file_based=False,
        ),
        Programme(
            "model_worker",
            "劳模专项补助",
            "Care for model workers",
            year,
            Fund.MODEL_WORKER,
            cap_fen=12_000 * _YUAN,
            yearly_cap_fen=12_000 * _YUAN,
            file_based=False,
        ),
    )
    return {programme.code: programme for programme in all_of_them}
