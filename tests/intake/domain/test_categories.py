"""The category table is complete and can be searched as operators type."""

from datetime import date

import pytest
from pypinyin import Style, pinyin

from services.intake.domain.categories import TOP_NAMES, TopClass, Track, ended
from services.intake.domain.category_table import CATEGORIES
from shared.vocabulary.errors import Invalid

TODAY = date(2026, 11, 23)


def initials(zh: str) -> str:
    han = "".join(character for character in zh if "\u4e00" <= character <= "\u9fff")
    return "".join(letter[0] for letter in pinyin(han, style=Style.FIRST_LETTER))


def test_every_code_is_there_once() -> None:
    codes = [row.code for row in CATEGORIES.rows]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("row", CATEGORIES.rows, ids=lambda row: row.code)
def test_the_initials_are_those_of_the_name(row) -> None:  # type: ignore[no-untyped-def]
    assert row.initials == initials(row.zh)


def test_all_five_top_classes_are_used_and_named() -> None:
    assert {row.top for row in CATEGORIES.rows} == set(TopClass) == set(TOP_NAMES)


def test_every_referral_names_the_right_body() -> None:
    assert all(bool(row.body) == (row.track is Track.REFERRAL) for row in CATEGORIES.rows)


def test_every_aid_category_opens_a_programme() -> None:
    assert all(bool(row.programme) == (row.track is Track.AID) for row in CATEGORIES.rows)


@pytest.mark.parametrize("typed", ["tqgz", "tq", "TQGZ", "拖欠", "unpaid", "wage_arrears"])
def test_an_operator_finds_wage_arrears(typed: str) -> None:
    assert "wage_arrears" in [row.code for row in CATEGORIES.find(typed, TODAY)]


def test_an_ended_category_takes_no_new_case_but_keeps_its_name() -> None:
    table = ended(CATEGORIES, "warmth", date(2026, 11, 22))
    assert table.version == CATEGORIES.version + 1
    assert table.get("warmth") is not None
    assert table.find("dswn", TODAY) == ()
    with pytest.raises(Invalid):
        table.choose("warmth", TODAY)


def test_an_unknown_category_is_an_input_error_at_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        CATEGORIES.choose("nonsense", TODAY)
    assert refusal.value.errors[0].field == "call.category"
