"""Telephone numbers as people write them. All numbers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.errors import Invalid
from shared.vocabulary.phones import PhoneKind, mask_phone, phone, phone_or_none, phones_in


@pytest.mark.parametrize(
    "text",
    ["13800138000", "138 0013 8000", "+86 138-0013-8000", "0086 13800138000", "013800138000",
     "(+86)13800138000", "１３８００１３８０００", "138.0013.8000", "138/0013/8000", "86-13800138000"],
)  # fmt: skip
def test_one_mobile_has_one_spelling(text: str) -> None:
    assert phone(text).key == "13800138000"
    assert phone(text).kind is PhoneKind.MOBILE


@pytest.mark.parametrize(
    ("text", "key", "extension"),
    [
        ("0758-2831234", "0758-2831234", ""),
        ("（0758）283 1234", "0758-2831234", ""),
        ("+86 758 2831234", "0758-2831234", ""),
        ("+86(0)758-2831234", "0758-2831234", ""),
        ("2831234", "0758-2831234", ""),
        ("020-83331234", "020-83331234", ""),
        ("0758-2831234转801", "0758-2831234", "801"),
        ("0758-2831234 分机 801", "0758-2831234", "801"),
        ("0758/2831234 ext. 12", "0758-2831234", "12"),
        ("0758-2831234-801", "0758-2831234", "801"),
        ("020 83331234#8", "020-83331234", "8"),
    ],
)
def test_landlines_keep_their_extension_apart(text: str, key: str, extension: str) -> None:
    found = phone(text)
    assert (found.key, found.extension) == (key, extension)
    assert found.kind is PhoneKind.LANDLINE


@pytest.mark.parametrize("text", ["12351", "12345", "400-800-1234", "95588"])
def test_service_numbers_are_known(text: str) -> None:
    assert phone(text).kind is PhoneKind.SERVICE


def test_numbers_abroad_keep_their_country() -> None:
    assert phone("+852 9123 4567").key == "+85291234567"


@pytest.mark.parametrize(
    "text", ["", "1380013800", "138001380000", "0758-1831234", "不详", "13800138000/0758-2831234"]
)
def test_what_is_not_one_number_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        phone(text, field="caller.phone")
    assert refusal.value.errors[0].field == "caller.phone"


def test_several_numbers_in_one_field_are_all_found() -> None:
    found = phones_in("13800138000/0758-2831234转8、13900139000，13800138000")
    assert [one.key for one in found] == ["13800138000", "0758-2831234", "13900139000"]


@given(
    st.integers(10**9, 10**10 - 1), st.lists(st.sampled_from(" -/.()"), min_size=12, max_size=12)
)
def test_separators_anywhere_do_not_matter(rest: int, between: list[str]) -> None:
    digits = f"13{rest % 10**9:09d}"
    messy = "".join(a + b for a, b in zip(digits, between, strict=False)).strip()
    assert phone(messy).key == digits


@given(st.text(max_size=40))
def test_any_text_is_answered_and_a_key_is_its_own_spelling(text: str) -> None:
    found = phone_or_none(text)
    if found is not None:
        assert phone(found.key).key == found.key


def test_numbers_are_masked() -> None:
    assert mask_phone("13800131234") == "138****1234"
    assert mask_phone("0758-2831234") == "0758-***1234"
    assert mask_phone("12351") == "***51"
