"""Numbers with check characters, their masks, and our own numbers. All identities are invented."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.errors import Invalid
from shared.vocabulary.identifiers import (
    TRACKING_ALPHABET,
    USCC_ALPHABET,
    Sex,
    case_number,
    format_tracking_code,
    id_check_character,
    id_number,
    mask_bank,
    mask_id,
    mask_name,
    normalise_tracking_code,
    parse_case_number,
    tracking_code,
    uscc,
    uscc_check_character,
)

TODAY = date(2026, 11, 22)
PREFIXES = st.sampled_from(["441202", "441284", "110101", "810000"])
BIRTHS = st.dates(min_value=date(1930, 1, 1), max_value=TODAY)
SERIALS = st.integers(0, 999)


def number(prefix: str, birth: date, serial: int) -> str:
    first = f"{prefix}{birth:%Y%m%d}{serial:03d}"
    return first + id_check_character(first)


@given(PREFIXES, BIRTHS, SERIALS)
def test_a_valid_number_tells_birth_and_sex(prefix: str, birth: date, serial: int) -> None:
    found = id_number(number(prefix, birth, serial).lower(), today=TODAY)
    assert found.birth == birth
    assert found.sex is (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(PREFIXES, BIRTHS, SERIALS, st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(
    prefix: str, birth: date, serial: int, place: int, shift: int
) -> None:
    right = number(prefix, birth, serial)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(Invalid):
        id_number(wrong, today=TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("44120219900101001", "id_format"),
        (number("991202", date(1990, 1, 1), 1), "id_region"),
        (number("441202", date(1990, 1, 1), 1).replace("19900101", "19900231"), "id_birth_date"),
        (number("441202", date(2026, 11, 23), 1), "id_born_in_future"),
        (number("441202", date(1990, 1, 1), 1)[:17] + "?", "id_format"),
    ],
)
def test_the_first_thing_wrong_is_named_and_the_number_never_repeated(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        id_number(text, today=TODAY)
    assert refusal.value.errors[0].code == code
    assert text not in refusal.value.errors[0].zh + refusal.value.errors[0].en


def test_the_published_example_is_valid() -> None:
    assert id_number("11010519491231002X", today=TODAY).birth == date(1949, 12, 31)


def test_age_counts_completed_years() -> None:
    born = id_number(number("441202", date(2000, 11, 23), 1), today=TODAY)
    assert born.age_on(TODAY) == 25
    assert born.age_on(date(2026, 11, 23)) == 26


@given(st.text(st.sampled_from(USCC_ALPHABET), min_size=9, max_size=9))
def test_a_credit_code_with_its_check_character_is_valid(organisation: str) -> None:
    first = "91441200" + organisation
    code = first + uscc_check_character(first)
    assert uscc(f" {code.lower()} ") == code


@given(st.text(st.sampled_from(USCC_ALPHABET), min_size=9, max_size=9), st.integers(8, 16))
def test_a_changed_credit_code_is_noticed(organisation: str, place: int) -> None:
    first = "91441200" + organisation
    code = first + uscc_check_character(first)
    other = USCC_ALPHABET[(USCC_ALPHABET.index(code[place]) + 1) % 31]
    with pytest.raises(Invalid):
        uscc(code[:place] + other + code[place + 1 :])


def test_a_published_credit_code_is_valid() -> None:
    assert uscc("91350100M000100Y43") == "91350100M000100Y43"


@pytest.mark.parametrize("text", ["91350100M000100Y4", "91350100I000100Y43", "9135010XM000100Y43"])
def test_a_credit_code_of_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        uscc(text)
    assert refusal.value.errors[0].code == "uscc_format"


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("张小三", "张*三"), ("欧阳小三", "欧**三"), ("张", "*"), ("", "")],
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_numbers_are_masked() -> None:
    assert mask_id("441202199001010014") == "441202********0014"
    assert mask_id("H1234567") == "******67"
    assert mask_bank("6222 0000 0000 1234") == "****1234"
    assert mask_bank("123") == "****"


@given(st.dates(min_value=date(2000, 1, 1)), st.integers(1, 999_999))
def test_case_numbers_are_read_back_however_typed(day: date, serial: int) -> None:
    shown = case_number(day, serial)
    assert parse_case_number(shown) == (day, serial)
    assert parse_case_number(shown.lower().replace("-", " ")) == (day, serial)


@pytest.mark.parametrize("text", ["ZQ-20261322-000123", "ZQ-2026-1", "", "AB-20261122-000123"])
def test_other_texts_are_no_case_number(text: str) -> None:
    assert parse_case_number(text) is None


@given(st.integers(0, 2**64 - 1))
def test_tracking_codes_survive_being_read_aloud(randomness: int) -> None:
    code = tracking_code(randomness)
    assert normalise_tracking_code(format_tracking_code(code).lower()) == code
    assert set(code) <= set(TRACKING_ALPHABET)


def test_look_alikes_are_corrected_and_others_refused() -> None:
    assert format_tracking_code("7K3M9Q2T") == "7K3M-9Q2T"
    assert normalise_tracking_code("7k3m 9q z t") == "7K3M9Q2T"
    assert normalise_tracking_code("7K3M9Q2O") is None
    assert normalise_tracking_code("7K3M9Q2") is None
    assert not set("01OILSBZU") & set(TRACKING_ALPHABET)


@given(st.text(string.printable, max_size=30))
def test_any_text_is_answered_not_crashed_on(text: str) -> None:
    normalise_tracking_code(text)
    parse_case_number(text)
