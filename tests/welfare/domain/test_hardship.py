"""Hardship is computed exactly, with strict borders, and explains itself (rules 53, 54, 56, 57)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.domain.benefits import (
    MedicalPlan,
    hospital_allowance_fen,
    medical_benefit_fen,
    model_worker_fen,
)
from services.welfare.domain.hardship import (
    Hardship,
    Household,
    Item,
    Standard,
    assess,
    is_below,
    per_capita_fen,
)
from shared.vocabulary.errors import Invalid

STANDARD = Standard(version="2026", line_fen=106_200)


def family(
    income: int, rigid: int = 0, *, size: int = 3, loss: int = 0, disaster: bool = False
) -> Household:
    """A family of three; amounts in yuan."""
    return Household(
        size,
        incomes=(Item("本人", income * 100),),
        rigid=(Item("房租", rigid * 100),),
        calamity_fen=loss * 100,
        disaster=disaster,
    )


@pytest.mark.parametrize(
    ("household", "per_capita", "hardship"),
    [
        (family(60_000, 30_000), 83_333, Hardship.DEEP),
        (family(60_000), 166_667, Hardship.RELATIVE),
        (family(90_000), 250_000, Hardship.NONE),
        (family(90_000, loss=72_000), 250_000, Hardship.NONE),
        (family(90_000, loss=75_000), 250_000, Hardship.CALAMITY),
        (family(90_000, disaster=True), 250_000, Hardship.CALAMITY),
        (family(60_000, loss=60_000), 166_667, Hardship.CALAMITY),
        (family(30_000, loss=30_000), 83_333, Hardship.DEEP),
        (family(0, 5_000), -13_889, Hardship.DEEP),
        (family(0, loss=1), 0, Hardship.DEEP),
    ],
    ids=[
        "deep",
        "relative",
        "none",
        "exactly 80 % is none",
        "over 80 %",
        "disaster",
        "calamity before relative",
        "deep before calamity",
        "expenses above income",
        "no income",
    ],
)
def test_a_family_falls_into_its_class(
    household: Household, per_capita: int, hardship: Hardship
) -> None:
    found = assess(household, STANDARD)
    assert (found.per_capita_fen, found.hardship) == (per_capita, hardship)


@pytest.mark.parametrize(
    ("yearly_fen", "hardship"),
    [
        (106_200 * 36 - 1, Hardship.DEEP),
        (106_200 * 36, Hardship.RELATIVE),
        (2 * 106_200 * 36 - 1, Hardship.RELATIVE),
        (2 * 106_200 * 36, Hardship.NONE),
    ],
)
def test_the_border_itself_is_not_below_even_by_one_fen_a_year(
    yearly_fen: int, hardship: Hardship
) -> None:
    household = Household(3, (Item("全家", yearly_fen),))
    assert assess(household, STANDARD).hardship is hardship


def test_the_screen_shows_the_arithmetic_line_by_line() -> None:
    found = assess(
        Household(
            3,
            incomes=(Item("本人", 3_840_000), Item("母亲", 1_440_000)),
            rigid=(Item("房租", 720_000), Item("学费", 240_000)),
            calamity_fen=4_416_000,
        ),
        Standard(version="肇庆 2026", line_fen=100_000),
    )
    assert found.formula == "（52,800.00 − 9,600.00）÷ 12 ÷ 3 = 1,200.00 元"
    assert [(line.hardship, line.met, line.text_zh) for line in found.lines] == [
        (Hardship.DEEP, False, "1,200.00 不低于 低保标准 1,000.00"),
        (Hardship.RELATIVE, True, "1,200.00 < 2 倍标准 2,000.00"),
        (Hardship.CALAMITY, True, "损失 44,160.00 ÷ 年收入 52,800.00 = 83.6% > 80%"),
    ]
    assert found.hardship is Hardship.CALAMITY
    assert found.standard == "肇庆 2026"


@pytest.mark.parametrize(
    "household",
    [family(1, size=0), family(1, size=21), family(-1), family(1, -1), family(1, loss=-1)],
)
def test_an_impossible_family_is_an_input_error(household: Household) -> None:
    with pytest.raises(Invalid):
        assess(household, STANDARD)


amounts = st.integers(0, 10**9)


@given(amounts, amounts, amounts, st.integers(1, 20), st.integers(1, 10**6))
def test_exactly_one_class_results_and_it_follows_from_the_lines(
    income: int, rigid: int, loss: int, size: int, line_fen: int
) -> None:
    household = Household(size, (Item("a", income),), (Item("b", rigid),), loss)
    found = assess(household, Standard("x", line_fen))
    met = {line.hardship for line in found.lines if line.met}
    assert (found.hardship in met) or (found.hardship is Hardship.NONE and not met)
    assert not {Hardship.DEEP, Hardship.RELATIVE} <= met


@given(amounts, amounts, st.integers(1, 20), st.integers(1, 10**6), st.integers(0, 10**6))
def test_more_income_never_makes_a_family_poorer(
    income: int, rigid: int, size: int, line_fen: int, more: int
) -> None:
    poor = Household(size, (Item("a", income),), (Item("b", rigid),))
    richer = Household(size, (Item("a", income), Item("c", more)), (Item("b", rigid),))
    assert is_below(poor, line_fen) or not is_below(richer, line_fen)
    assert per_capita_fen(poor) <= per_capita_fen(richer)


PLAN = MedicalPlan(
    "2026",
    rate_percent=70,
    cap_fen=5_000_000,
    daily_fen=4_000,
    free_days=3,
    allowance_cap_fen=720_000,
)


@pytest.mark.parametrize(
    ("plan", "base_fen", "used_fen", "benefit"),
    [
        (PLAN, 173_384, 0, 121_369),
        (MedicalPlan("x", 10, 5_000_000, 0, 0, 0), 60_000_000, 0, 5_000_000),
        (PLAN, 173_384, 4_950_000, 50_000),
        (PLAN, 173_384, 5_000_000, 0),
    ],
)
def test_medical_aid_is_a_share_within_the_cap(
    plan: MedicalPlan, base_fen: int, used_fen: int, benefit: int
) -> None:
    assert medical_benefit_fen(plan, base_fen, used_fen) == benefit


@pytest.mark.parametrize(
    ("days", "fen"), [(10, 28_000), (3, 0), (0, 0), (4, 4_000), (200, 720_000)]
)
def test_the_hospital_allowance_starts_on_the_fourth_day(days: int, fen: int) -> None:
    assert hospital_allowance_fen(PLAN, days) == fen


@pytest.mark.parametrize(
    ("income", "fen"), [(600_000, 56_600), (656_600, 0), (700_000, 0), (100_000, 100_000)]
)
def test_a_model_worker_is_lifted_to_the_line_within_the_cap(income: int, fen: int) -> None:
    assert model_worker_fen(656_600, income, 100_000) == fen
