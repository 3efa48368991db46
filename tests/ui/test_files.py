"""The files of employers and workers: found by the search box, numbers that open lists, full values only against a reason."""

import re

import pytest
from playwright.sync_api import expect

from tests.ui.browser import DESK, MARKS, SHORT, Desk, grave_findings, settle, shot

pytestmark = MARKS
OPERATOR, CASHIER = "1207", "4104"


def test_an_employer_is_found_by_name_and_each_number_opens_its_list(desk: Desk) -> None:
    page = desk.open(OPERATOR, "/", DESK)
    settle(page)
    page.get_by_role("combobox").fill("琅石建材")
    page.get_by_role("option").filter(has_text="单位").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("琅石建材")
    settle(page)
    shot(page, "employer-file")
    assert grave_findings(page) == []
    links = page.get_by_role("main").get_by_role("link", name=re.compile("查看清单"))
    shown = [(one.inner_text(), one.get_attribute("href") or "") for one in links.all()]
    numbers = [(int(text), href) for text, href in shown if text.isdigit()]
    assert len(numbers) == 5
    for count, href in numbers:
        page.goto(href)
        settle(page)
        expect(page.get_by_text(f"共 {count} 件")).to_be_visible()


def test_a_worker_is_masked_until_a_reason_is_given(desk: Desk) -> None:
    api = desk.api(OPERATOR)
    case = api.get("/api/workbench/cases?q=000001&state=any")["items"][0]
    people = api.get(f"/api/workbench/cases/{case['case_id']}")["parties"]["claimants"]["items"]
    page = desk.open(OPERATOR, f"/cases/{case['case_id']}", SHORT)
    settle(page)
    page.get_by_role("link", name=people[0]["name_masked"]).click()
    settle(page)
    shot(page, "party-file")
    assert grave_findings(page) == []
    contact = page.get_by_role("region", name="联系方式与意愿")
    expect(contact).to_contain_text(people[0]["phone_masked"])
    contact.get_by_role("button", name="显示电话").click()
    page.get_by_role("dialog").get_by_role("button", name="查看").click()
    expect(contact).to_contain_text(re.compile(r"1\d{10}"))
    page.get_by_role("row").filter(has_text=case["case_no"][-6:]).dblclick()
    expect(page).to_have_url(re.compile(case["case_id"]))


@pytest.mark.parametrize("path", ["/employers/", "/parties/"])
def test_a_file_that_is_not_there_says_what_to_do(desk: Desk, path: str) -> None:
    desk.expect("404", "403")
    page = desk.open(OPERATOR, f"{path}01900000-0000-7000-8000-000000000000", DESK)
    expect(page.get_by_role("alert")).to_contain_text("请核对编号")
    assert grave_findings(page) == []
    cashier = desk.open(CASHIER, f"{path}01900000-0000-7000-8000-000000000000", DESK)
    expect(cashier.get_by_text("您的岗位没有这项权限", exact=False)).to_be_visible()
