"""Groups of categories, as the figures head them."""

from services.workbench.domain.categories import CATEGORIES, GROUPS, group_of, group_text


def test_every_group_reads_in_both_languages() -> None:
    for group in {*GROUPS.values(), group_of("not_named_yet")}:
        heading = group_text(group)
        assert heading.zh == group
        assert heading.en.isascii()


def test_every_category_counts_in_one_group() -> None:
    assert CATEGORIES.keys() == GROUPS.keys()
    assert group_of("wage_arrears") == "劳动报酬"
