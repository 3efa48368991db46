"""Yuan as people type them, as bills print them, and as bills spell them."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.errors import Invalid
from shared.vocabulary.money import (
    AMOUNT_FEN_MAX,
    format_yuan,
    in_words,
    parse_yuan,
    round_half_up,
    split_check,
)

AMOUNTS = st.integers(0, AMOUNT_FEN_MAX)
DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
SMALL_UNITS = {"拾": 10, "佰": 100, "仟": 1_000}
LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}


def read_words(text: str) -> int:
    """Fen of an amount in words, read the way a bank clerk reads it: an independent inverse."""
    yuan, found, rest = text.rpartition("元")
    rest = rest.strip("整").lstrip("零")
    fen = 0
    for character, unit in (("角", 10), ("分", 1)):
        if character in rest:
            fen += DIGITS[rest[rest.index(character) - 1]] * unit
    return (_read_whole(yuan) if found else 0) * 100 + fen


def _read_whole(text: str) -> int:
    for unit, size in reversed(LARGE_UNITS.items()):
        if unit in text:
            head, _, tail = text.rpartition(unit)
            return _read_whole(head) * size + _read_whole(tail)
    total, digit = 0, 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        else:
            total += digit * SMALL_UNITS[character]
            digit = 0
    return total + digit


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("826,400.00", 82_640_000),
        ("30000", 3_000_000),
        ("￥１２．５", 1_250),
        (" 3 万元 ", 3_000_000),
        ("1.25万", 1_250_000),
        ("0.05", 5),
    ],
)
def test_amounts_are_understood_as_typed(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,23", "amount_not_understood"),
        ("-5", "amount_not_understood"),
        ("", "amount_not_understood"),
        ("三百", "amount_not_understood"),
        ("1.234", "amount_below_fen"),
        ("9999999999999", "amount_too_large"),
    ],
)
def test_other_texts_are_refused_with_a_remedy(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_yuan(typed, field="claim.amount")
    assert [(one.field, one.code) for one in refusal.value.errors] == [("claim.amount", code)]


@given(AMOUNTS)
def test_a_formatted_amount_parses_back(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (5, "伍分"),
        (1_000_000, "壹万元整"),
        (100_000_010, "壹佰万元零壹角整"),
        (0, "零元整"),
        (50, "伍角整"),
        (168_032, "壹仟陆佰捌拾元零叁角贰分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (1_000, "壹拾元整"),
        (1_100_000, "壹万壹仟元整"),
        (1_090_000, "壹万零玖佰元整"),
        (2_000_030_000, "贰仟万零叁佰元整"),
        (10_000_000_100, "壹亿零壹元整"),
    ],
)
def test_amounts_in_words_follow_the_rule_for_bills(fen: int, words: str) -> None:
    assert in_words(fen) == words


@given(AMOUNTS)
def test_words_say_exactly_the_amount(fen: int) -> None:
    words = in_words(fen)
    assert read_words(words) == fen
    assert "零零" not in words
    assert not words.endswith("零元整") or fen == 0


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_a_split_that_adds_up_passes_and_one_fen_more_does_not(parts: list[int]) -> None:
    split_check(sum(parts), parts)
    with pytest.raises(Invalid) as refusal:
        split_check(sum(parts) + 1, parts)
    assert refusal.value.errors[0].code == "instalments_do_not_add_up"


@pytest.mark.parametrize("parts", [[], [0], [200, -100]])
def test_instalments_are_positive(parts: list[int]) -> None:
    with pytest.raises(Invalid) as refusal:
        split_check(100, parts)
    assert refusal.value.errors[0].code == "instalment_not_positive"


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_rounding_agrees_with_the_decimal_library(numerator: int, denominator: int) -> None:
    exact = Decimal(numerator) / Decimal(denominator)
    rounded = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert round_half_up(numerator, denominator) == rounded
    assert round_half_up(-numerator, -denominator) == rounded


def test_the_medical_benefit_of_tc39_rounds_up_at_half_a_fen() -> None:
    assert round_half_up(173_384 * 70, 100) == 121_369
