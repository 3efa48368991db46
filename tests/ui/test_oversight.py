"""Those who look after the whole: every number opens its list, the way of a case is seen, the audit holds, strangers are kept out."""

import re

import pytest
from playwright.sync_api import expect

from tests.ui.browser import DESK, MARKS, WIDE, Desk, settle, shot

pytestmark = MARKS
SUPERVISOR, ADMIN, AUDITOR = "5101", "9101", "6101"


def test_every_number_of_the_supervisor_opens_the_list_behind_it(desk: Desk) -> None:
    page = desk.open(SUPERVISOR, "/", WIDE)
    settle(page)
    shot(page, "supervisor")
    tiles = page.get_by_role("region", name="主要数字").get_by_role("link")
    links = [one.get_attribute("href") or "" for one in tiles.all()]
    assert len(links) >= 5
    for href in links:
        page.goto(href)
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("没有这个页面")).to_have_count(0)
        expect(page.get_by_role("alert")).to_have_count(0)


def test_operations_show_the_services_nothing_parked_and_the_way_of_a_case(desk: Desk) -> None:
    cases = desk.api(SUPERVISOR).get("/api/workbench/cases")["items"]
    number = next(one["case_no"] for one in cases if one["case_no"].endswith("000001"))
    page = desk.open(ADMIN, "/operations", DESK)
    settle(page)
    main = page.get_by_role("main")
    expect(main.get_by_text("停放消息").first).to_be_visible()
    expect(main).to_contain_text(re.compile("服务 5 / 5 有应答"))
    search = page.get_by_role("searchbox", name="工单编号")
    search.fill(number)
    search.press("Enter")
    expect(main.get_by_role("listitem").filter(has_text="来电登记").first).to_be_visible()
    expect(main.get_by_role("table")).to_contain_text("律师接单超时")
    shot(page, "operations")


def test_the_audit_lists_acts_and_every_chain_holds(desk: Desk) -> None:
    page = desk.open(AUDITOR, "/audit", DESK)
    settle(page)
    expect(page.get_by_role("row").nth(3)).to_be_visible()
    page.get_by_role("button", name="开始校验").click()
    expect(page.get_by_text("校验通过")).to_have_count(5)
    shot(page, "audit")


@pytest.mark.parametrize(
    ("number", "path"),
    [("1207", "/board"), ("1207", "/operations"), ("3101", "/audit"), ("4101", "/operations")],
)
def test_a_page_of_another_role_says_that_it_is_not_theirs(
    desk: Desk, number: str, path: str
) -> None:
    desk.expect("403", "404")
    page = desk.open(number, path, DESK)
    expect(page.get_by_text("您的岗位没有这项权限", exact=False)).to_be_visible()


@pytest.mark.parametrize("number", ["1207", "3101", "4104"])
def test_a_forged_command_is_refused_in_chinese(desk: Desk, number: str) -> None:
    board = desk.api("2101").get("/api/workbench/board?scope=all")
    cards = [one for column in board["columns"] for one in column["cards"]]
    path = f"/api/mediation/disputes/{cards[0]['dispute_id']}/advance"
    status, problem = desk.api(number).send("POST", path, {"from_stage": "acceptance"})
    assert status in {403, 404}
    assert problem["zh"]


def test_without_the_token_of_the_session_nothing_is_written(desk: Desk) -> None:
    api = desk.api("1207")
    api.csrf = "forged"
    status, problem = api.send("POST", "/api/intake/calls", {"phone": "13927106799"})
    assert (status, bool(problem["zh"])) == (403, True)
