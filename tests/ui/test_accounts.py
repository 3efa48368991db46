"""An account's life: opened by the security administrator, used and secured by its owner, disabled; each step on screen."""

import os
import re

import pyotp
from playwright.sync_api import Page, expect

from tests.ui.browser import (
    DESK,
    MARKS,
    PHONE,
    Desk,
    grave_findings,
    scrolls_sideways,
    settle,
    shot,
)

pytestmark = MARKS
ADMIN = "9102"
NUMBER = f"N{os.getpid()}"
OWN_PASSWORD = "Changed-by-owner-1"


def sign_in(page: Page, password: str, code: str = "") -> None:
    """The form of the login page, or of the dialog over a page whose session ended."""
    page.get_by_label("工号").fill(NUMBER)
    page.get_by_label("密码", exact=True).fill(password)
    if code:
        page.get_by_label("动态口令").fill(code)
    page.get_by_role("button", name="登录").click()


def open_account(admin: Page) -> None:
    """The administrator opens an account of an operator in Sihui."""
    admin.get_by_role("button", name="新建账号").click()
    dialog = admin.get_by_role("dialog", name="新建账号")
    dialog.get_by_label("工号").fill(NUMBER)
    dialog.get_by_label("姓名").fill("何敏仪")
    for field, option in (("岗位", "话务"), ("单位", "四会市总工会")):
        dialog.get_by_label(field).fill(option)
        admin.get_by_role("option", name=option, exact=True).wait_for(state="attached")
        admin.keyboard.press("Enter")
    shot(admin, "account-new")
    admin.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()


def first_password(admin: Page) -> str:
    """Found again in the list, given a password that the page makes up."""
    admin.get_by_role("searchbox").fill(NUMBER)
    expect(admin.get_by_role("main").get_by_text("四会市总工会").first).to_be_visible()
    admin.get_by_role("button", name="重设密码").click()
    dialog = admin.get_by_role("dialog", name="重设密码")
    dialog.get_by_role("button", name="生成一个").click()
    password = dialog.get_by_label("新密码").input_value()
    admin.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    return password


def change_password(owner: Page, old: str) -> None:
    """The session ends with it: the page asks to sign in again."""
    owner.get_by_label("原密码").fill(old)
    owner.get_by_label(re.compile("^新密码")).fill(OWN_PASSWORD)
    owner.get_by_label("再填一次新密码").fill(OWN_PASSWORD)
    owner.get_by_role("button", name="修改密码").click()
    again = owner.get_by_role("dialog")
    expect(again).to_be_visible()
    sign_in(owner, OWN_PASSWORD)
    expect(again).to_be_hidden()


def add_authenticator(owner: Page) -> str:
    """Scanned, proved by a code; returns the secret."""
    owner.get_by_role("button", name="添加验证器").click()
    secret = owner.locator("code").inner_text().replace(" ", "")
    shot(owner, "authenticator")
    owner.get_by_label("动态口令").fill(pyotp.TOTP(secret).now())
    owner.get_by_role("button", name="启用").click()
    expect(owner.get_by_text("登录时会要求填写手机验证器上的 6 位数", exact=False)).to_be_visible()
    return secret


def test_an_account_is_opened_used_secured_and_disabled(desk: Desk) -> None:
    desk.expect("401")
    admin = desk.open(ADMIN, "/accounts", DESK)
    settle(admin)
    shot(admin, "accounts")
    open_account(admin)
    given = first_password(admin)

    owner = desk.open(None, "/settings", DESK)
    sign_in(owner, given)
    settle(owner)
    change_password(owner, given)
    secret = add_authenticator(owner)

    admin.reload()
    admin.get_by_role("searchbox").fill(NUMBER)
    detail = admin.get_by_role("region", name="账号详情")
    expect(detail).to_contain_text("已启用")
    detail.get_by_role("button", name="停用").click()
    admin.get_by_role("dialog", name="停用").get_by_label("原因").fill("调离岗位")
    admin.keyboard.press("Control+Enter")
    expect(admin.get_by_text("没有符合条件的账号")).to_be_visible()

    owner.goto("/")
    sign_in(owner, OWN_PASSWORD, pyotp.TOTP(secret).now())
    expect(owner.get_by_role("alert")).to_contain_text(re.compile("工号或密码不对"))


def test_an_administrator_decides_nothing_about_the_own_account(desk: Desk) -> None:
    page = desk.open(ADMIN, "/accounts", DESK)
    settle(page)
    page.get_by_role("searchbox").fill(ADMIN)
    detail = page.get_by_role("region", name="账号详情")
    expect(detail).to_contain_text("这是您自己的账号")
    expect(detail.get_by_role("button")).to_have_count(0)


def test_an_account_changed_by_a_colleague_meanwhile_is_looked_at_and_then_saved(
    desk: Desk,
) -> None:
    desk.expect("409")
    api = desk.api(ADMIN)
    accounts = api.get("/api/workbench/accounts")["items"]
    known = next(one for one in accounts if one["staff_no"] == "2108")
    page = desk.open(ADMIN, "/accounts", DESK)
    settle(page)
    page.get_by_role("searchbox").fill("2108")
    page.get_by_role("button", name="修改").click()
    dialog = page.get_by_role("dialog", name="修改")
    dialog.get_by_label("座席").fill("三楼 07")
    dialog.get_by_label("原因").fill("换座席")
    theirs = {name: known[name] for name in ("roles", "seat", "active")}
    theirs |= {"name": "谭伟强二", "org": known["org"]["path"], "why": "更名"}
    path = f"/api/workbench/staff/{known['staff_id']}"
    assert api.send("PUT", path, theirs, key=NUMBER)[0] == 200
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("谭伟强二")
    dialog.get_by_role("button", name="已核对").click()
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    after = api.get("/api/workbench/accounts")["items"]
    saved = next(one for one in after if one["staff_no"] == "2108")
    assert (saved["name"], saved["seat"]) == ("谭伟强二", "三楼 07")


def test_a_lawyer_changes_the_password_on_the_phone(desk: Desk) -> None:
    desk.expect("422")
    page = desk.open("3105", "/m/me", PHONE)
    settle(page)
    page.get_by_label("原密码").fill("not-this-one-1")
    page.get_by_label(re.compile("^新密码")).fill(OWN_PASSWORD)
    page.get_by_label("再填一次新密码").fill(OWN_PASSWORD)
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_text("原密码不对", exact=False)).to_be_visible()
    page.get_by_role("button", name="添加验证器").click()
    expect(page.get_by_role("img", name="验证器二维码")).to_be_visible()
    assert grave_findings(page) == []
    assert not scrolls_sideways(page)
