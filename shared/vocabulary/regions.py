"""Zhaoqing's organisation tree: the city, nine county-level units, and their towns.

A node is a dotted path: `zq` (the city), `zq.441284` (Sihui), `zq.441284.003` (a town of Sihui). Whoever is
placed on a node sees its subtree. The High-tech Zone has no county code of its own (statistics count it under
Sihui as 441284450); the union runs it as a county, so it stands beside the eight others.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.vocabulary.towns import TOWNS

CITY_PATH = "zq"
CITY_CODE = "441200"
HIGH_TECH_ZONE_CODE = "441284450"
COUNTY_CODE_LENGTH = 6

FORMER_CODES = {"441283": "441204"}
"""Codes found in old papers: 高要 was a city of its own until 2015."""


class Level(StrEnum):
    """Where in the tree a node stands."""

    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Region:
    """A node of the tree with its statistical code and its names."""

    path: str
    code: str
    level: Level
    zh: str
    en: str


COUNTIES: tuple[tuple[str, str, str], ...] = (
    ("441202", "端州区", "Duanzhou District"),
    ("441203", "鼎湖区", "Dinghu District"),
    ("441204", "高要区", "Gaoyao District"),
    ("441223", "广宁县", "Guangning County"),
    ("441224", "怀集县", "Huaiji County"),
    ("441225", "封开县", "Fengkai County"),
    ("441226", "德庆县", "Deqing County"),
    ("441284", "四会市", "Sihui City"),
    (HIGH_TECH_ZONE_CODE, "肇庆高新区", "Zhaoqing High-tech Zone"),
)


def _all_regions() -> tuple[Region, ...]:
    city = Region(CITY_PATH, CITY_CODE, Level.CITY, "肇庆市", "Zhaoqing City")
    counties = (
        Region(f"{CITY_PATH}.{code}", code, Level.COUNTY, zh, en) for code, zh, en in COUNTIES
    )
    towns = (
        Region(f"{CITY_PATH}.{code[:6]}.{code[6:]}", code, Level.TOWN, zh, en)
        for code, zh, en in TOWNS
    )
    return (city, *counties, *towns)


REGIONS: tuple[Region, ...] = _all_regions()
_BY_PATH = {region.path: region for region in REGIONS}
_BY_CODE = {region.code: region for region in REGIONS}


def region_at(path: str) -> Region | None:
    """The region a path names; None for a grass-roots union below a town or an unknown path."""
    return _BY_PATH.get(path)


def region_of_code(code: str) -> Region | None:
    """The region of a statistical code, former codes included."""
    current = FORMER_CODES.get(code[:COUNTY_CODE_LENGTH], code[:COUNTY_CODE_LENGTH])
    return _BY_CODE.get(current + code[COUNTY_CODE_LENGTH:])


def children_of(path: str) -> tuple[Region, ...]:
    """The regions directly below a node, in the order of their codes."""
    return tuple(region for region in REGIONS if parent_of(region.path) == path)


def parent_of(path: str) -> str | None:
    """The node above; None above the city."""
    return path.rpartition(".")[0] or None


def county_of(path: str) -> str:
    """The county-level node a path lies in; the city for the city itself."""
    return ".".join(path.split(".")[:2])


def level_of(path: str) -> Level:
    """How deep a node stands; everything below a town counts with its town."""
    depth = path.count(".")
    return (Level.CITY, Level.COUNTY, Level.TOWN)[min(depth, 2)]


def is_within(path: str, scope: str) -> bool:
    """Whether a node is the scope itself or lies below it."""
    return path == scope or path.startswith(f"{scope}.")
