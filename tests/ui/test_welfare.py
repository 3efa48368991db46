"""Aid as its people decide it: the reviewer sees arithmetic and checks and passes it; approver and cashier see their part."""

from playwright.sync_api import expect

from tests.ui.browser import DESK, MARKS, Desk, settle, shot, until

pytestmark = MARKS
REVIEWER, APPROVER, CASHIER, OFFICER = "4102", "4103", "4104", "4101"
QUEUE = "/api/workbench/applications"


def test_the_reviewer_sees_the_arithmetic_and_passes_and_the_approver_is_next(desk: Desk) -> None:
    api = desk.api(REVIEWER)
    waiting = api.get(f"{QUEUE}?queue=review")["items"]
    application = waiting[0]["application_id"]
    page = desk.open(REVIEWER, "/", DESK)
    settle(page)
    shot(page, "welfare-queue")
    page.goto(f"/welfare/applications/{application}")
    settle(page)
    main = page.get_by_role("main")
    for text in ("覃*妹", "月人均", "校验 20 项", "三方签字"):
        expect(main).to_contain_text(text)
    shot(page, "welfare")
    expect(page.get_by_role("button", name="复核通过")).to_be_in_viewport()
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("复核通过")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    of_approver = desk.api(APPROVER)
    path = f"/api/welfare/applications/{application}"
    until(page, lambda: of_approver.get(path)["state"]["code"], lambda state: state != "submitted")
    board = desk.open(APPROVER, f"/welfare/applications/{application}", DESK)
    settle(board)
    expect(board.get_by_role("button", name="审批通过")).to_be_in_viewport()
    shot(board, "welfare-approver")


def test_the_cashier_sees_payments_and_the_books_hold(desk: Desk) -> None:
    page = desk.open(CASHIER, "/welfare/batches", DESK)
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("发放与对账")
    page.goto("/ledgers")
    settle(page)
    page.get_by_text("意外致困救助").first.click()
    expect(page.get_by_text("账目五项约束全部成立")).to_be_visible()
    shot(page, "ledgers")


def test_the_one_who_entered_it_cannot_review_it(desk: Desk) -> None:
    reviewer, officer = desk.api(REVIEWER), desk.api(OFFICER)
    every = reviewer.get(f"{QUEUE}?queue=all")["items"]
    path = f"/api/welfare/applications/{every[0]['application_id']}/review"
    status, problem = officer.send("POST", path)
    assert status in {403, 409}
    assert problem["zh"]
