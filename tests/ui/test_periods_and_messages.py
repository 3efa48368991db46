"""Who says how time is counted and how more is given; what the desk sees of a message that did not arrive."""

import os
import re

from playwright.sync_api import Page, expect

from tests.ui.browser import MARKS, Desk, settle, shot, until

pytestmark = MARKS
SUPERVISOR, OPERATOR = "5101", "1207"
LANDLINE = f"0758-28{os.getpid() % 100_000:05d}"
OK, CREATED = 200, 201


def assigned_by_a_court(desk: Desk, dispute: str) -> Page:
    """The supervisor says that a court assigned the dispute before filing; the page shows its dates."""
    page = desk.open(SUPERVISOR, f"/disputes/{dispute}")
    settle(page)
    periods = page.get_by_role("region", name="期限")
    expect(periods).to_contain_text("工会调解组织")
    expect(periods.get_by_role("button", name="延期")).to_have_count(0)
    periods.get_by_role("button", name="更改").click()
    dialog = page.get_by_role("dialog", name="调解来源")
    dialog.get_by_role("combobox").click()
    page.get_by_title("法院委派（立案前）").click()
    expect(dialog).to_contain_text("自签收材料起 30 日")
    shot(page, "track")
    dialog.get_by_role("button", name="登记").click()
    expect(periods).to_contain_text("法院委派（立案前）")
    expect(periods).to_contain_text("特邀调解规定 27")
    return page


def agree_to_more_time(page: Page, dispute: str, side: str) -> None:
    """One side's consent, written down."""
    page.goto(f"/disputes/{dispute}?do=consents")
    dialog = page.get_by_role("dialog", name="征询调解意愿")
    for group, answer in enumerate((side, "同意延期", "同意")):
        radios = dialog.get_by_role("radiogroup").nth(group).get_by_role("radio")
        radios.filter(has_text=answer).first.click()
    dialog.get_by_role("button", name="登记").click()
    expect(dialog).to_have_count(0)


def test_the_track_is_chosen_and_its_period_can_be_extended(desk: Desk) -> None:
    api = desk.api(SUPERVISOR)
    board = api.get("/api/workbench/board?scope=all")
    column = next(one["cards"] for one in board["columns"] if one["stage"] == "acceptance")
    dispute = column[-1]["dispute_id"]
    page = assigned_by_a_court(desk, dispute)
    for side in ("职工方", "用人单位"):
        agree_to_more_time(page, dispute, side)
    periods = api.get(f"/api/mediation/disputes/{dispute}")["deadlines"]
    latest = next(one["latest"] for one in periods if one["latest"])
    page.get_by_role("region", name="期限").get_by_role("button", name="延期").click()
    dialog = page.get_by_role("dialog", name="延长期限")
    expect(dialog).to_contain_text(f"最晚 {latest}")
    dialog.get_by_label("延至").fill(latest)
    dialog.get_by_role("button", name="延长").click()
    expect(dialog).to_have_count(0)
    moved = api.get(f"/api/mediation/disputes/{dispute}")["deadlines"]
    assert latest in [one["raw"] for one in moved]


def test_a_message_that_did_not_arrive_is_sent_again_or_says_why_not(desk: Desk) -> None:
    desk.expect("409")
    api = desk.api(OPERATOR)
    call = {
        "phone": LANDLINE,
        "caller_name": "覃小妹",
        "narrative": "拖欠工资三个月，要求补发。",
        "category": "wage_arrears",
        "handling": "dispatch",
        "region": "441284",
        "employer_name": "四会市琅石建材有限公司",
    }
    status, told = api.send("POST", "/api/intake/calls", call, key=LANDLINE)
    assert status == CREATED, told
    page = desk.open(OPERATOR, "/")
    messages = f"/api/notify/deliveries?case_id={told['case_id']}"
    until(page, lambda: api.get(messages)["items"], lambda all_: any(m["may_resend"] for m in all_))
    path = f"/api/workbench/cases/{told['case_id']}"
    until(page, lambda: api.context.request.get(path).status, lambda status: status == OK)
    page.goto(f"/cases/{told['case_id']}")
    settle(page)
    failed = page.get_by_role("region", name="未送达的短信")
    expect(failed).to_contain_text("没有手机号码")
    failed.get_by_role("button", name=re.compile("重发")).first.click()
    expect(failed).to_contain_text("现在仍发不出去")
    shot(page, "message-failed")
