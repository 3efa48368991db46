"""The mediator's board: a step is refused with what it lacks, cured, taken; an assessment is written and signed."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.ui.browser import DESK, MARKS, WIDE, Api, Desk, settle, shot, until

pytestmark = MARKS
MEDIATOR = "2101"
OPEN_ITEMS = 4
"""The demonstration answered half of the eight questions."""


def cards(api: Api, stage: str) -> list[dict[str, Any]]:
    """The mediator's disputes in that stage."""
    board = api.get("/api/workbench/board?scope=mine")
    return next(one["cards"] for one in board["columns"] if one["stage"] == stage)


def half_written(card: dict[str, Any]) -> bool:
    """Four answers, the judgement and the signature are missing, and the grade is not confirmed."""
    return bool(card["missing"]) and card["missing"]["count"] > OPEN_ITEMS


def move_right(page: Page) -> None:
    """Lift the card, one stage on, put it down; by keys."""
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)


def test_a_dispute_is_refused_with_the_list_then_cured_and_advanced(desk: Desk) -> None:
    desk.expect("409")
    api = desk.api(MEDIATOR)
    card = next(one for one in cards(api, "acceptance") if "用人单位同意" in str(one["missing"]))
    page = desk.open(MEDIATOR, "/board?scope=mine", WIDE)
    settle(page)
    on_board = page.locator(f"[data-card='{card['dispute_id']}']")
    expect(on_board).to_contain_text("缺 用人单位同意")
    on_board.focus()
    move_right(page)
    drawer = page.get_by_role("complementary", name="争议详情")
    expect(drawer).to_contain_text("未能推进，以下事项需先办妥")
    expect(drawer).to_contain_text("缺少用人单位同意调解的记录")
    settle(page)
    shot(page, "board-refused")
    drawer.get_by_role("button", name="登记").first.click()
    dialog = page.get_by_role("dialog", name="征询调解意愿")
    expect(dialog.get_by_role("radio", name="用人单位")).to_be_checked()
    dialog.get_by_role("radio", name="同意", exact=False).last.press("Tab")
    dialog.get_by_role("radiogroup", name="答复").get_by_role("radio").first.click()
    page.keyboard.press("Control+Enter")
    expect(drawer).to_contain_text("条件齐全")
    drawer.get_by_role("button", name="推进到 研判一").click()
    until(page, lambda: cards(api, "assessment_1"), lambda found: card["case_no"] in str(found))
    column = page.get_by_role("region", name="研判一")
    expect(column.locator(f"[data-card='{card['dispute_id']}']")).to_be_visible()


def test_an_assessment_is_filled_by_keys_saved_and_signed(desk: Desk) -> None:
    api = desk.api(MEDIATOR)
    dispute = next(one for one in cards(api, "assessment_1") if half_written(one))
    page = desk.open(MEDIATOR, f"/disputes/{dispute['dispute_id']}/assessments/assessment_1", DESK)
    settle(page)
    shot(page, "assessment")
    for _ in range(OPEN_ITEMS):
        row = page.get_by_role("radiogroup", name="结论")
        row.get_by_role("radio").first.focus()
        page.keyboard.press("1")
        expect(row.get_by_role("radio").first).to_be_checked()
        page.keyboard.press("j")
    judgement = page.get_by_role("textbox", name="研判意见")
    if not judgement.is_visible():
        page.get_by_role("button", name="研判意见").click()
    judgement.fill("事实清楚，建议三日内组织会商。")
    expect(page.get_by_role("status").filter(has_text="已存")).to_be_visible()
    page.get_by_role("button", name="定稿并签字").click()
    dialog = page.get_by_role("dialog", name="签字")
    expect(dialog).to_contain_text("事实清楚，建议三日内组织会商。")
    dialog.get_by_role("button", name="签字").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("会签1 / 1")).to_be_visible()
    signed = api.get(f"/api/mediation/disputes/{dispute['dispute_id']}")
    assert not [one for one in signed["missing"] if "signature" in one["code"]]
