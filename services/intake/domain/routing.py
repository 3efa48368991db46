"""Who gets a case: the dispatch catalogue, by category and region, with the reason in words.

A complaint is never sent to whom it is about, nor below (rule 46; 信访条例 30): it goes one level up.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.intake.domain.categories import TRACK_NAMES, Category, TopClass, Track
from shared.vocabulary.regions import CITY_PATH, county_of, is_within, parent_of, region_at

PROVINCE_PATH = "gd"
"""The provincial federation, outside the tree: a case for it is referred up."""
CITY_LEVEL_CLAIMANTS = 30
"""From G2 the city handles a group dispute together with the county (domain rule 49)."""


class Desk(StrEnum):
    """The desk of a unit that takes the case."""

    MEDIATION = "mediation"
    LEGAL = "legal"
    WELFARE = "welfare"
    HOTLINE = "hotline"
    SUPERVISION = "supervision"


DESK_NAMES = {
    Desk.MEDIATION: ("属地调解组", "local mediation desk"),
    Desk.LEGAL: ("法律工作组", "legal desk"),
    Desk.WELFARE: ("困难职工帮扶中心", "welfare centre"),
    Desk.HOTLINE: ("12351 坐席", "hotline desk"),
    Desk.SUPERVISION: ("督办组", "supervision desk"),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One edition of the dispatch catalogue: which desk a track goes to."""

    edition: str
    desks: dict[Track, Desk]


CATALOGUE = Catalogue(
    edition="2026-11",
    desks={
        Track.DISPUTE: Desk.MEDIATION,
        Track.AID: Desk.WELFARE,
        Track.CONSULTATION: Desk.HOTLINE,
        Track.REFERRAL: Desk.HOTLINE,
    },
)


@dataclass(frozen=True, slots=True)
class Route:
    """The proposed unit and desk, and why; `refer_up` when it lies above our tree."""

    org: str
    desk: Desk
    reason_zh: str
    reason_en: str
    refer_up: bool = False


def route(
    category: Category,
    track: Track,
    region_path: str,
    *,
    complained_org: str | None = None,
    claimant_count: int = 1,
    catalogue: Catalogue = CATALOGUE,
) -> Route:
    """Where the case should go; the operator sees the reason and may choose otherwise."""
    if complained_org is not None or category.code == "complaint":
        return _above(complained_org or county_of(region_path))
    desk = Desk.LEGAL if category.top is TopClass.LEGAL_AID else catalogue.desks[track]
    if track is Track.DISPUTE and claimant_count >= CITY_LEVEL_CLAIMANTS:
        return Route(
            CITY_PATH,
            desk,
            f"共同诉求 {claimant_count} 人，达到 G2：由市总工会牵头，属地配合",
            f"{claimant_count} workers make it G2: the city leads, the county helps",
        )
    org = county_of(region_path)
    place = region_at(org)
    desk_zh, desk_en = DESK_NAMES[desk]
    track_zh, track_en = TRACK_NAMES[track]
    return Route(
        org,
        desk,
        f"依据派单目录 {catalogue.edition} 版：{category.zh}（{track_zh}）→ "
        f"{place.zh if place else '市'}{desk_zh}",
        f"Dispatch catalogue {catalogue.edition}: {category.en} ({track_en}) to the {desk_en}, "
        f"{place.en if place else 'city'}",
    )


def may_receive(org: str, complained_org: str | None) -> bool:
    """Whether a unit may be given the case: not the one complained about, nor any below it (rule 46)."""
    return complained_org is None or not is_within(org, complained_org)


def _above(complained_org: str) -> Route:
    org = parent_of(complained_org)
    if org is None:
        return Route(
            PROVINCE_PATH,
            Desk.SUPERVISION,
            "投诉对象为市总工会：转上级工会，不得转给被投诉单位",
            "The complaint is about the city federation: it is referred to the province",
            refer_up=True,
        )
    return Route(
        org,
        Desk.SUPERVISION,
        "投诉事项由上一级工会督办，不得转给被投诉单位",
        "A complaint is handled one level up, never by whom it is about",
    )
