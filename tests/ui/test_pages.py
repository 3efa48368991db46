"""Every page in its normal state: no serious finding of axe, nothing wider than the screen, the main act in sight; in both languages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.ui.browser import (
    DESK,
    MARKS,
    PHONE,
    SHORT,
    Desk,
    grave_findings,
    scrolls_sideways,
    settle,
    speaking,
)

pytestmark = MARKS
DESKS = {
    "1207": ("/", "/calls/new", "/cases", "/callbacks", "/notices", "/settings",
             "/employers/{employer}", "/parties/{party}"),
    "2101": ("/", "/board", "/schedule", "/cases/{case}", "/disputes/{dispute}",
             "/disputes/{dispute}/assessments/assessment_1", "/disputes/{dispute}/meeting",
             "/disputes/{dispute}/agreement"),
    "4101": ("/", "/welfare/applications/{application}", "/welfare/applications/{application}/form",
             "/welfare/publicity", "/welfare/batches"),
    "5101": ("/", "/lights", "/ledgers"),
    "9101": ("/operations",),
    "9102": ("/accounts",),
    "6101": ("/audit",),
}  # fmt: skip
PHONES = {"3104": ("/m", "/m/disputes", "/m/me"), None: ("/track", "/")}
PRIMARY = "button.ant-btn-primary"
RAW_KEY = re.compile(r"(?<![\w.@/-])[a-z]+\.[a-z]+(?:_[a-z]+)*(?![\w.])")
"""A text that was not found is shown as its key: `overview.all`."""


def addresses(desk: Desk, number: str) -> Iterator[str]:
    """The pages of that person, with a dispute in assessment and an application."""
    board = desk.api("2101").get("/api/workbench/board?scope=mine")
    card = next(
        one
        for column in board["columns"]
        for one in column["cards"]
        if column["stage"] == "assessment_1"
    )
    application = desk.api("4101").get("/api/workbench/applications?queue=all")["items"][0]
    parties = desk.api("2101").get(f"/api/workbench/cases/{card['case_id']}")["parties"]
    known = {
        "employer": parties["employer"]["employer_id"],
        "party": parties["claimants"]["items"][0]["party_id"],
        "case": card["case_id"],
        "dispute": card["dispute_id"],
        "application": application["application_id"],
    }
    for path in DESKS[number]:
        yield path.format(**known)


def out_of_sight(page: Page) -> list[str]:
    """Primary buttons that stand outside the window: nobody should have to scroll for them."""
    height = (page.viewport_size or {"height": 0})["height"]
    boxes = [(one.inner_text(), one.bounding_box()) for one in page.locator(PRIMARY).all()]
    return [text for text, box in boxes if box and box["y"] + box["height"] > height]


def findings(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    settle(page)
    found = grave_findings(page)
    found += [f"{page.url} is wider than the screen"] if scrolls_sideways(page) else []
    found += [f"{page.url} shows the key {key}" for key in RAW_KEY.findall(page.inner_text("body"))]
    return found + [f"{page.url}: {one} is out of sight" for one in out_of_sight(page)]


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("number", list(DESKS))
def test_the_pages_of_the_desk_are_usable_by_everybody(
    desk: Desk, number: str, language: str
) -> None:
    size = DESK if language == "zh-CN" else SHORT
    with speaking(desk.api(number), language):
        page = desk.open(number, "/settings", size)
        found = []
        for path in addresses(desk, number):
            page.goto(path)
            found += findings(page)
    assert found == []


@pytest.mark.parametrize("number", list(PHONES))
def test_the_pages_of_phones_are_usable_by_everybody(desk: Desk, number: str | None) -> None:
    page = desk.open(number, PHONES[number][0], PHONE)
    found = []
    for path in PHONES[number]:
        page.goto(path)
        settle(page)
        found += grave_findings(page)
        found += [f"{path} is wider than the screen"] if scrolls_sideways(page) else []
    assert found == []
