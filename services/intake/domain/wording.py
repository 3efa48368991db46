"""A wording in both languages, and a code with its wording: what every screen text of this service is made of."""

from dataclasses import dataclass

from shared.vocabulary.regions import county_of, region_at


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A stable code and what it is called."""

    code: str
    label: Text


def coded(code: str, names: tuple[str, str]) -> Coded:
    """A code from a table of names."""
    return Coded(code, Text(*names))


CHANNELS = {
    "phone": ("来电", "Telephone"),
    "visit": ("来访", "Visit"),
    "letter": ("来信", "Letter"),
    "wechat": ("微信", "WeChat"),
    "web": ("网页", "Web"),
    "province": ("省总下派", "Order from the province"),
    "transfer_12345": ("12345 转办", "Transfer from 12345"),
}
"""How a case reaches the union."""
NUMBERED_CHANNELS = frozenset({"province", "transfer_12345"})
"""Channels whose cases carry the number of the body that sent them, and are reported back under it."""

STATES = {
    "received": ("已登记", "Registered"),
    "answered": ("已答复", "Answered"),
    "referred": ("已转出", "Referred"),
    "merged": ("已合并", "Merged"),
    "dispatched": ("已分派", "Dispatched"),
    "returned": ("已退单", "Returned"),
    "in_progress": ("办理中", "In progress"),
    "handled": ("待回访", "To be called back"),
    "called_back": ("待再次回访", "To be called again"),
    "reopened": ("重办中", "Reopened"),
    "closed": ("已办结", "Closed"),
}
SATISFACTION = {
    1: ("很不满意", "very dissatisfied"),
    2: ("不满意", "dissatisfied"),
    3: ("基本满意", "fairly satisfied"),
    4: ("满意", "satisfied"),
    5: ("非常满意", "very satisfied"),
}


def org_name(path: str) -> Text:
    """`四会市总工会`: the union of a place of the tree; one below a town is named by its county."""
    place = region_at(path) or region_at(county_of(path))
    return Text(f"{place.zh}总工会", f"{place.en} Federation") if place else Text(path, path)
