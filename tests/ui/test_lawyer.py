"""The lawyer's phone: an offer is read, accepted after the conflict check or declined; before that, nobody is named."""

from typing import Any

from playwright.sync_api import Page, expect

from deploy.demo.people import STAFF
from deploy.demo.story import CALLERS
from shared.vocabulary.people import Role
from tests.ui.browser import MARKS, PHONE, Desk, scrolls_sideways, settle, shot, until

pytestmark = MARKS
LAWYERS = [one.number for one in STAFF if one.role is Role.LAWYER]
TOUCH_PX = 44
CALLER_PHONE = "1382600"


def asked(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Lawyers with an offer to answer, and the offer."""
    found = []
    for number in LAWYERS:
        offers = desk.api(number).get("/api/mediation/offers")
        found += [(number, one) for one in offers if one["state"] == "open"][:1]
        if len(found) == 2:
            return found
    raise AssertionError("the demonstration has no open offers")


def told_to(page: Page) -> list[str]:
    """Collects the bodies of everything the page is sent."""
    bodies: list[str] = []
    page.context.on(
        "response",
        lambda one: (
            bodies.append(one.text()) if "json" in (one.headers.get("content-type") or "") else None
        ),
    )
    return bodies


def names_nobody(text: str) -> bool:
    """No caller's name and no caller's number (U50)."""
    return CALLER_PHONE not in text and not any(name in text for name in CALLERS)


def test_an_offer_is_accepted_only_after_the_conflict_check_and_names_nobody(desk: Desk) -> None:
    number, offer = asked(desk)[0]
    page = desk.open(number, "/m", PHONE)
    bodies = told_to(page)
    page.reload()
    settle(page)
    shot(page, "lawyer-inbox")
    page.locator(f"a[href='/m/offers/{offer['offer_id']}']").click()
    settle(page)
    accept = page.get_by_role("button", name="接受")
    expect(accept).to_be_in_viewport()
    box = accept.bounding_box()
    assert box
    assert box["height"] >= TOUCH_PX
    assert not scrolls_sideways(page)
    expect(page.get_by_text("系统比对：未发现冲突")).to_be_visible()
    expect(page.get_by_text("家关联单位")).to_be_visible()
    expect(page.get_by_text("参与调解", exact=False).first).to_be_visible()
    expect(page.get_by_text("800.00 元（每件，本单位自定）")).to_be_visible()
    shot(page, "lawyer-phone")
    assert names_nobody(page.content() + "".join(bodies))
    accept.click()
    expect(page.get_by_text("请先选择有没有利益冲突，再接受。")).to_be_visible()
    page.get_by_role("radio", name="没有冲突").check()
    accept.click()
    page.wait_for_url("**/m/disputes/*")
    settle(page)
    until(
        page,
        lambda: desk.api("5101").get(f"/api/mediation/disputes/{offer['dispute_id']}")["lawyer_id"],
        bool,
    )


def test_another_offer_is_declined_with_a_reason_and_goes_to_the_next(desk: Desk) -> None:
    number, offer = asked(desk)[0]
    page = desk.open(number, f"/m/offers/{offer['offer_id']}", PHONE)
    page.get_by_role("button", name="谢绝").click()
    confirm = page.get_by_role("button", name="确认谢绝")
    expect(confirm).to_have_attribute("aria-disabled", "true")
    page.get_by_role("radio", name="手上案件太多").check()
    confirm.click()
    page.wait_for_url("**/m")
    expect(page.get_by_text("已谢绝")).to_be_visible()
    supervisor = desk.api("5101")
    offers = until(
        page,
        lambda: supervisor.get(f"/api/mediation/disputes/{offer['dispute_id']}")["offers"],
        lambda found: found[0]["state"] == "open",
    )
    assert [one["state"] for one in offers[:2]] == ["open", "declined"]
    assert offers[0]["lawyer_id"] != offers[1]["lawyer_id"]
