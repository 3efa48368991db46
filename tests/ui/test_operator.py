"""The operator's call, by keyboard only, and what a second look at the same number shows."""

import os
import re

from playwright.sync_api import Locator, Page, expect

from tests.ui.browser import DESK, MARKS, SHORT, Desk, settle, shot

pytestmark = MARKS
OPERATOR = "1207"
PHONE_NO = f"1392{os.getpid():07d}"
SAID = "我在德庆县云岭物流做司机，老板拖欠两个月工资没发，一共8600元，要求尽快结清。"
COUNT_MOUSE = """
window.mouse = 0;
for (const kind of ['mousedown', 'touchstart', 'pointerdown'])
  window.addEventListener(kind, () => window.mouse++, true);
"""


def focused(page: Page) -> str:
    """The label of what has the focus."""
    told = page.evaluate(
        "() => { const at = document.activeElement;"
        " return at.labels?.[0]?.textContent || at.getAttribute('aria-label') || at.textContent }"
    )
    return str(told)


def tab_to(page: Page, label: str) -> None:
    """Tab until the field of that label has the focus."""
    for _ in range(15):
        if label in focused(page):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{label}: not reached, at {focused(page)}")


def category(page: Page) -> Locator:
    """The field of the category with what is chosen in it."""
    return page.locator(".ant-select", has=page.get_by_label("诉求类别"))


def write_down(page: Page) -> None:
    """Who, which employer, what was said; by keys."""
    page.keyboard.press("F2")
    expect(page.get_by_label("来电号码")).to_be_focused()
    page.keyboard.type(PHONE_NO)
    page.keyboard.press("Tab")
    page.keyboard.type("莫小云")
    page.keyboard.press("Tab")
    page.keyboard.type("德庆云岭物流")
    tab_to(page, "诉求内容")
    page.keyboard.type(SAID)


def take_suggestion(page: Page) -> None:
    """Tab then Enter takes all that is suggested."""
    expect(page.get_by_role("region", name="建议")).to_contain_text("拖欠工资")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(category(page)).to_contain_text("拖欠工资")
    expect(page.get_by_label("标题")).to_have_value(re.compile("拖欠工资"))


def choose_by_initials(page: Page) -> None:
    """`tqgz` in the category finds 拖欠工资."""
    tab_to(page, "诉求类别")
    page.keyboard.type("tqgz")
    expect(page.get_by_role("option", name="拖欠工资")).to_have_count(1)
    page.keyboard.press("Enter")


def test_a_call_is_registered_by_keyboard_only_and_is_one_case(desk: Desk) -> None:
    page = desk.open(OPERATOR, "/")
    page.add_init_script(COUNT_MOUSE)
    page.reload()
    settle(page)
    write_down(page)
    take_suggestion(page)
    choose_by_initials(page)
    shot(page, "new-call-written")
    page.keyboard.press("Control+Enter")
    saved = page.get_by_role("status").filter(has_text="登记成功")
    expect(saved).to_be_visible()
    expect(saved).to_contain_text(re.compile(r"ZQ \d{8} \d{6}"))
    expect(saved).to_contain_text(re.compile(r"[0-9A-Z]{4} [0-9A-Z]{4}"))
    expect(page.get_by_role("button", name="下一通")).to_be_focused()
    assert page.evaluate("window.mouse") == 0
    shot(page, "new-call-saved")
    page.keyboard.press("F2")
    expect(page.get_by_label("来电号码")).to_be_focused()
    page.keyboard.type(PHONE_NO)
    panel = page.get_by_role("complementary", name="来电人与历史")
    expect(panel).to_contain_text("可能重复 1 件")


def test_the_same_number_again_shows_who_it_is_and_the_open_case(desk: Desk) -> None:
    page = desk.open(OPERATOR, "/calls/new")
    expect(page.get_by_label("来电号码")).to_be_focused()
    page.keyboard.type("13826006207")
    panel = page.get_by_role("complementary", name="来电人与历史")
    expect(panel).to_contain_text("陈*明")
    expect(panel).to_contain_text("ZQ-")
    expect(page.get_by_text("已识别")).to_be_visible()
    shot(page, "known-caller")


def test_a_question_is_answered_and_closed_on_the_call(desk: Desk) -> None:
    page = desk.open(OPERATOR, "/calls/new")
    page.get_by_label("来电号码").fill("13927106712")
    page.get_by_label("姓名").fill("何巧云")
    page.get_by_label("诉求内容").fill("想问一下入会要准备什么材料，怎么办理会员卡。")
    tab_to(page, "诉求类别")
    page.keyboard.type("入会")
    page.keyboard.press("Enter")
    expect(page.get_by_label("标题")).to_have_value(re.compile("入会"))
    page.get_by_role("radio", name="直接答复").click()
    page.get_by_label("答复口径").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="登记并办结").click()
    saved = page.get_by_role("status").filter(has_text="登记成功")
    expect(saved).to_be_visible()
    page.get_by_role("link", name="打开工单").click()
    expect(page.get_by_role("main")).to_contain_text("已办结")


def test_the_form_fits_a_low_screen_and_says_what_is_missing(desk: Desk) -> None:
    for size in (DESK, SHORT):
        page = desk.open(OPERATOR, "/calls/new", size)
        button = page.get_by_role("button", name="登记并分派")
        expect(button).to_be_in_viewport()
    button.click()
    expect(page.get_by_text("号码应为 11 位手机号")).to_be_visible()
    expect(page.get_by_label("来电号码")).to_be_focused()
