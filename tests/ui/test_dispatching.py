"""A case that belongs to another unit: returned with a reason, given to the right one, signed for and finished there."""

import os
import re

from playwright.sync_api import Page, expect

from tests.intake.forms import QUESTION
from tests.ui.browser import DESK, MARKS, Desk, grave_findings, settle, shot, until

pytestmark = MARKS
OPERATOR, DISPATCHER, MEDIATOR, GAOYAO = "1207", "1301", "2105", "2103"
SUPERVISOR = "5101"
OK = 200
PHONE_NO = f"1372{os.getpid():07d}"


def written_down(desk: Desk, key: str = "first") -> str:
    """A question for the unit of Sihui; its id, once the read model knows it."""
    api = desk.api(OPERATOR)
    call = {**QUESTION, "phone": PHONE_NO, "caller_name": "覃小妹"}
    status, told = api.send("POST", "/api/intake/calls", call, key=f"{PHONE_NO}-{key}")
    assert status == 201, told
    path = f"/api/workbench/cases/{told['case_id']}"
    home = desk.open(OPERATOR, "/")
    until(home, lambda: api.context.request.get(path).status, lambda status: status == OK)
    return str(told["case_id"])


def act(page: Page, label: str) -> None:
    """Press the button of that name, wherever the head of the case has it."""
    head = page.get_by_role("banner").or_(page.get_by_role("main"))
    button = head.get_by_role("button", name=re.compile(f"^{label}"))
    if button.count() == 0:
        page.get_by_role("button", name="更多操作").click()
        page.get_by_role("menuitem", name=label, exact=True).click()
        return
    button.first.click()


def give_back(unit: Page) -> None:
    """The unit returns the case with a reason."""
    act(unit, "退单")
    dialog = unit.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile("非本辖区")).click()
    dialog.get_by_label("为何不属本单位办理").fill("用人单位在高要，应由高要区总工会办理。")
    shot(unit, "return-case")
    assert grave_findings(unit) == []
    dialog.get_by_role("button", name=re.compile("^退单")).click()
    expect(unit.get_by_text("退单待审").first).to_be_visible()
    expect(unit.get_by_role("main")).to_contain_text("申请退单（第 1 次）：非本辖区")


def give_to_gaoyao(page: Page) -> None:
    """The dispatcher names another unit."""
    act(page, "改派")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("高要区总工会")
    page.keyboard.press("Enter")
    shot(page, "redispatch-case")
    assert grave_findings(page) == []
    dialog.get_by_role("button", name=re.compile("^改派")).click()
    expect(page.get_by_role("main")).to_contain_text("改派高要区总工会")


def sign_and_finish(page: Page, times: int = 1) -> None:
    """The right unit signs for the case (so many times in all) and says what was done."""
    act(page, "签收")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^签收")).click()
    expect(page.get_by_text("签收，开始办理")).to_have_count(times)
    act(page, "办结")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("答复诉求人的内容").fill("已告知入会办法。")
    dialog.get_by_role("button", name=re.compile("^办结")).click()
    expect(page.get_by_text("待回访").first).to_be_visible()


def opened(desk: Desk, who: str, path: str) -> Page:
    """A page that has loaded."""
    page = desk.open(who, path, DESK)
    settle(page)
    return page


def test_a_returned_case_goes_to_the_right_unit_and_is_finished_there(desk: Desk) -> None:
    case_id = written_down(desk)
    give_back(opened(desk, MEDIATOR, f"/cases/{case_id}"))
    queue = opened(desk, DISPATCHER, "/?kind=returned")
    expect(queue.get_by_role("main")).to_contain_text("退单，非本辖区")
    give_to_gaoyao(opened(desk, DISPATCHER, f"/cases/{case_id}"))
    sign_and_finish(opened(desk, GAOYAO, f"/cases/{case_id}"))


def test_more_time_is_asked_for_and_granted_by_somebody_else(desk: Desk) -> None:
    case_id = written_down(desk, "more time")
    unit = opened(desk, MEDIATOR, f"/cases/{case_id}")
    act(unit, "申请延期")
    dialog = unit.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile("双方协商中")).click()
    dialog.get_by_label("还需办理的事项").fill("双方约定下周再谈。")
    shot(unit, "ask-for-time")
    assert grave_findings(unit) == []
    dialog.get_by_role("button", name=re.compile("^申请延期")).click()
    expect(unit.get_by_role("main")).to_contain_text("申请延期：双方协商中；等待督办审批")
    chief = opened(desk, SUPERVISOR, f"/cases/{case_id}")
    act(chief, "同意延期")
    chief.get_by_role("dialog").get_by_role("button", name=re.compile("^同意延期")).click()
    expect(chief.get_by_role("main")).to_contain_text("同意延期，办结期限改为")
    expect(chief.get_by_text("规则 42 v1").first).to_be_visible()
    shot(chief, "more-time-granted")


def test_a_matter_told_twice_becomes_one_case(desk: Desk) -> None:
    goes_on, ends = written_down(desk, "told"), written_down(desk, "told again")
    page = opened(desk, OPERATOR, f"/cases/{ends}")
    act(page, "合并")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("合并后不能撤销")
    dialog.get_by_role("combobox").fill("入会")
    page.keyboard.press("Enter")
    shot(page, "merge-case")
    assert grave_findings(page) == []
    dialog.get_by_role("button", name=re.compile("^合并")).click()
    expect(page.get_by_role("main")).to_contain_text("将本工单并入")
    expect(page.get_by_text("已办结").first).to_be_visible()
    shot(page, "merged-case")
    page.get_by_role("main").get_by_role("link", name=re.compile("^ZQ-")).click()
    expect(page).to_have_url(re.compile(goes_on))
    expect(page.get_by_role("main")).to_contain_text("同一诉求人再次反映")


def test_a_supervisor_watches_a_case_and_sends_it_back_to_work(desk: Desk) -> None:
    case_id = written_down(desk, "watched")
    chief = opened(desk, SUPERVISOR, f"/cases/{case_id}")
    act(chief, "督办")
    dialog = chief.get_by_role("dialog")
    dialog.get_by_label("督办要求").fill("三日内报告进展。")
    dialog.get_by_role("button", name=re.compile("^督办")).click()
    expect(chief.get_by_role("main")).to_contain_text("列为督办件")
    watched = opened(desk, SUPERVISOR, "/cases?lens=supervised&sort=registered")
    expect(watched.get_by_role("row").filter(has_text="督办").first).to_be_visible()
    shot(watched, "supervised-cases")
    assert grave_findings(watched) == []
    sign_and_finish(opened(desk, MEDIATOR, f"/cases/{case_id}"))
    settle(chief)
    act(chief, "退回重办")
    dialog = chief.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile("未逐项答复")).click()
    dialog.get_by_label("整改要求").fill("会费问题未答复。")
    shot(chief, "send-back")
    assert grave_findings(chief) == []
    dialog.get_by_role("button", name=re.compile("^退回重办")).click()
    expect(chief.get_by_role("main")).to_contain_text("检查不合格，退回重办：未逐项答复")
    sign_and_finish(opened(desk, MEDIATOR, f"/cases/{case_id}"), times=2)
