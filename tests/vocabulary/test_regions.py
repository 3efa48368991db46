"""Zhaoqing's tree."""

from shared.vocabulary.regions import (
    HIGH_TECH_ZONE_CODE,
    REGIONS,
    Level,
    children_of,
    county_of,
    is_within,
    level_of,
    parent_of,
    region_at,
    region_of_code,
)


def test_the_city_has_nine_county_level_units_and_104_towns() -> None:
    counties = children_of("zq")
    assert len(counties) == 9
    assert [len(children_of(one.path)) for one in counties] == [4, 7, 17, 15, 19, 16, 13, 13, 0]
    assert len({one.path for one in REGIONS}) == len({one.code for one in REGIONS}) == 114


def test_the_high_tech_zone_stands_beside_the_counties() -> None:
    zone = region_of_code(HIGH_TECH_ZONE_CODE)
    assert zone is not None
    assert zone.level is Level.COUNTY
    assert not is_within(zone.path, "zq.441284")


def test_a_subtree_ends_at_the_dot() -> None:
    assert is_within("zq.441284.003", "zq.441284")
    assert is_within("zq", "zq")
    assert not is_within("zq.4412841", "zq.441284")
    assert not is_within("zq", "zq.441284")


def test_old_codes_of_gaoyao_are_found() -> None:
    assert region_of_code("441283") == region_at("zq.441204")
    assert region_of_code("441283100") == region_at("zq.441204.100")


def test_every_region_lies_in_its_parent_with_the_level_of_its_depth() -> None:
    for region in REGIONS:
        assert level_of(region.path) is region.level
        parent = parent_of(region.path)
        assert parent is None or region_at(parent) is not None
        assert is_within(region.path, county_of(region.path))


def test_an_unknown_path_has_no_region() -> None:
    assert region_at("zq.441284.003.0001") is None
    assert level_of("zq.441284.003.0001") is Level.TOWN
