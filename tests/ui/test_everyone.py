"""What reaches people without asking: the login, the worker's page, and a screen that lives."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.browser import (
    DESK,
    MARKS,
    PHONE,
    SMALL_PHONE,
    Api,
    Desk,
    scrolls_sideways,
    settle,
    shot,
)

pytestmark = MARKS
LIVE_MS = 5_000


def registered(api: Api, phone: str) -> Any:
    """A call written down without a screen."""
    body = {
        "phone": phone,
        "caller_name": "区少珍",
        "employer_name": "四会市青溪玩具有限公司",
        "narrative": "厂里拖欠两个月工资，十二个工友都没拿到。",
        "category": "wage_arrears",
        "handling": "dispatch",
        "region": "441284",
        "claimant_count": 12,
        "amount_fen": 9_600_000,
    }
    status, answer = api.send("POST", "/api/intake/calls", body, key=phone)
    assert status == 201, answer
    return answer


def test_a_wrong_password_says_how_many_tries_are_left_and_the_right_one_opens_the_desk(
    desk: Desk,
) -> None:
    desk.expect("401", "403")
    page = desk.open(None, "/", DESK)
    page.get_by_label("工号").fill("1208")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("再错 4 次将锁定")
    shot(page, "login")
    page.get_by_label("密码", exact=True).fill("Nuanliu-2026")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="梁嘉欣")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE], ids=["390", "320"])
def test_a_worker_follows_the_request_by_its_code_without_signing_in(
    desk: Desk, size: tuple[int, int]
) -> None:
    call = registered(desk.api("1207"), f"1392710670{size[0] % 7}")
    page = desk.open(None, "/track", size)
    page.get_by_label("查询码").fill(call["tracking_code"])
    page.get_by_role("button", name="查进度").click()
    expect(page.get_by_role("list", name="办理步骤")).to_be_visible()
    expect(page.get_by_role("link", name="打 12351 问一问")).to_be_visible()
    assert not scrolls_sideways(page)
    assert "区少珍" not in page.content()
    shot(page, f"track-{size[0]}")


def test_an_unknown_code_says_what_to_do(desk: Desk) -> None:
    desk.expect("404")
    page = desk.open(None, "/track/2222-2222", PHONE)
    expect(page.get_by_text("查询码", exact=False).first).to_be_visible()
    expect(page.get_by_label("查询码")).to_have_attribute("aria-invalid", "true")


def test_a_call_of_one_desk_appears_on_another_without_a_reload(desk: Desk) -> None:
    page = desk.open("1208", "/cases", DESK)
    settle(page)
    page.evaluate("window.untouched = true")
    call = registered(desk.api("1207"), "13927106733")
    tail = call["case_no"][-6:]
    shown = page.get_by_text(tail).or_(page.get_by_text(re.compile("有 [0-9]+ 条")))
    expect(shown.first).to_be_visible(timeout=LIVE_MS)
    assert page.evaluate("window.untouched")
