"""The materials and the papers of a case: files in, seen, out again with a reason; forms and agreements as they are printed."""

import re
import struct
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from deploy.demo.people import STAFF
from shared.vocabulary.people import Role
from tests.ui.browser import (
    DESK,
    MARKS,
    PHONE,
    Api,
    Desk,
    grave_findings,
    scrolls_sideways,
    settle,
    shot,
)

pytestmark = MARKS
OPERATOR, MEDIATOR, WELFARE, AUDITOR = "1207", "2101", "4101", "6101"
LAWYERS = [one.number for one in STAFF if one.role is Role.LAWYER]
MIB = 1024 * 1024
DROP = """([bytes, name, type]) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(bytes)], name, { type }));
    return files;
}"""


def pdf(text: str) -> bytes:
    """A file that is a PDF by its first bytes."""
    return f"%PDF-1.7\n% {text}\n%%EOF".encode()


def png() -> bytes:
    """A picture of two by two pixels that a browser really shows."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = zlib.compress(b"\0\x0b\x5a\x60\xff\xff\xff" * 2)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def payload(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=content)


def dispute_of(api: Api) -> Any:
    """The case of a dispute on the mediator's board."""
    columns = api.get("/api/workbench/board")["columns"]
    return next(card for column in columns for card in column["cards"])


def put_in(page: Page, name: str, content: bytes) -> None:
    """By the button: the file dialog is the browser's, the hidden field behind it is ours."""
    page.locator("input[type=file]").set_input_files(payload(name, content))


def line_of(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="材料清单").get_by_role("listitem").filter(has_text=name)


def tab_of(desk: Desk, number: str = MEDIATOR) -> tuple[Page, str]:
    """The materials of a dispute's case on screen, and the case."""
    case_id = dispute_of(desk.api(MEDIATOR))["case_id"]
    page = desk.open(number, f"/cases/{case_id}?tab=materials", DESK)
    settle(page)
    return page, case_id


def choose_kind(page: Page, words: str) -> None:
    page.get_by_role("combobox", name="材料种类").fill(words)
    page.keyboard.press("Enter")


def test_a_file_goes_in_by_button_and_by_drop_and_is_seen(desk: Desk, tmp_path: Path) -> None:
    page, case_id = tab_of(desk)
    shot(page, "materials-empty")
    assert grave_findings(page) == []
    page.get_by_role("button", name="选择文件").click()
    expect(page.get_by_role("alert")).to_contain_text("请先选择材料种类")
    page.get_by_role("region", name="本类工单常见材料").get_by_role("button", name="申请书").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    put_in(page, "调解申请书.pdf", pdf(case_id))
    expect(line_of(page, "调解申请书.pdf")).to_contain_text("黄志聪")
    expect(page.get_by_role("tab", name=re.compile(r"材料与录音 [1-9]"))).to_be_visible()

    drop = page.evaluate_handle(DROP, [list(png()), "聊天记录.png", "image/png"])
    page.get_by_role("region", name="上传材料").dispatch_event("drop", {"dataTransfer": drop})
    line_of(page, "聊天记录").get_by_role("button", name="聊天记录.png", exact=True).click()
    shown = page.get_by_role("dialog").get_by_role("img", name="聊天记录.png")
    expect(shown).to_have_js_property("naturalWidth", 2)
    page.keyboard.press("Escape")

    with page.expect_download() as waiting:
        line_of(page, "调解申请书.pdf").get_by_role("button", name="下载").click()
    assert waiting.value.suggested_filename == "调解申请书.pdf"
    waiting.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == pdf(case_id)
    shot(page, "materials")
    assert grave_findings(page) == []


def test_what_cannot_be_taken_says_what_to_do(desk: Desk) -> None:
    desk.expect("409", "415")
    page, case_id = tab_of(desk)
    choose_kind(page, "工资条")
    put_in(page, "工资条.pdf", pdf(f"once {case_id}"))
    expect(line_of(page, "工资条.pdf")).to_have_count(1)
    for name, content, words in (
        ("又一份.pdf", pdf(f"once {case_id}"), "已经在本工单的材料里"),
        ("工资表.pdf", b"MZ\x90\x00" + bytes(64), "不支持这种文件"),
        ("整本账.pdf", bytes(10 * MIB + 1), "文件超过 10 MB"),
    ):
        put_in(page, name, content)
        expect(page.get_by_role("alert")).to_contain_text(words)
        assert grave_findings(page) == []
        page.get_by_role("button", name=f"从上传列表移除：{name}").click()
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(line_of(page, name)).to_have_count(0)


def test_a_file_is_struck_out_with_a_reason_and_kept_for_auditors(desk: Desk) -> None:
    page, case_id = tab_of(desk)
    choose_kind(page, "往来文书")
    put_in(page, "解除通知.pdf", pdf(f"notice {case_id}"))
    line_of(page, "解除通知.pdf").get_by_role("button", name="撤回").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="传错文件").click()
    assert grave_findings(page) == []
    dialog.get_by_role("button", name="撤回").click()
    gone = line_of(page, "解除通知.pdf")
    expect(gone.locator("s")).to_have_text("解除通知.pdf")
    expect(gone).to_contain_text("黄志聪 撤回，传错文件")
    expect(gone.get_by_role("button")).to_have_count(0)
    shot(page, "materials-struck-out")
    assert grave_findings(page) == []

    page.get_by_role("tab", name=re.compile("时间线")).click()
    expect(page.get_by_text("黄志聪 上传材料：解除通知等往来文书").first).to_be_visible()
    expect(page.get_by_text("撤回材料：解除通知等往来文书（传错文件）").first).to_be_visible()
    reader, _ = tab_of(desk, AUDITOR)
    expect(line_of(reader, "解除通知.pdf").get_by_role("button", name="下载").first).to_be_visible()
    expect(reader.get_by_role("button", name="选择文件")).to_have_count(0)


def test_a_broken_line_keeps_the_file_and_trying_again_stores_it_once(desk: Desk) -> None:
    desk.expect("net::ERR_FAILED", "503")
    page, case_id = tab_of(desk)
    choose_kind(page, "考勤")
    keys: list[str | None] = []
    page.on("request", lambda one: keys.append(one.header_value("idempotency-key")))
    page.route(re.compile(r"/materials\?kind="), lambda route: route.abort())
    keys.clear()
    put_in(page, "考勤表.txt", f"九月全勤 {case_id}".encode())
    expect(page.get_by_role("alert")).to_contain_text("网络中断，文件没有传完")
    page.unroute(re.compile(r"/materials\?kind="))
    page.get_by_role("button", name="再试一次：考勤表.txt").click()
    expect(line_of(page, "考勤表.txt")).to_have_count(1)
    assert len({key for key in keys if key}) == 1
    line_of(page, "考勤表.txt").get_by_role("button", name=re.compile("^考勤表")).click()
    expect(page.get_by_role("dialog")).to_contain_text("九月全勤")


def test_who_does_not_work_on_the_case_reads_why(desk: Desk) -> None:
    desk.expect("403")
    case_id = dispute_of(desk.api(MEDIATOR))["case_id"]
    page = desk.open(WELFARE, f"/cases/{case_id}?tab=materials", DESK)
    expect(page.get_by_text("材料只对承办人员、热线和审计开放", exact=False)).to_be_visible()
    assert grave_findings(page) == []


def led(desk: Desk) -> tuple[str, Any]:
    """A lawyer and a dispute that is theirs."""
    for number in LAWYERS:
        items = desk.api(number).get("/api/workbench/lawyer/disputes")["items"]
        if items:
            return number, items[0]
    raise AssertionError("no lawyer of the demonstration leads a dispute")


def test_the_lawyer_opens_the_materials_on_the_phone(desk: Desk) -> None:
    lawyer, mine = led(desk)
    api = desk.api(OPERATOR)
    headers = {
        "X-CSRF-Token": api.csrf,
        "Idempotency-Key": "for the lawyer",
        "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment; filename*=UTF-8''contract.pdf",
    }
    place = f"/api/intake/cases/{mine['case_id']}/materials?kind=contract"
    stored = api.context.request.post(place, data=pdf("contract"), headers=headers)
    assert stored.status == 201, stored.text()
    page = desk.open(lawyer, f"/m/disputes/{mine['dispute_id']}", PHONE)
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="打开材料：contract.pdf").click()
    assert waiting.value.suggested_filename == "contract.pdf"
    shot(page, "materials-lawyer", full=True)
    assert grave_findings(page) == []
    assert not scrolls_sideways(page)


def test_the_registration_form_is_printed_with_masked_people(desk: Desk) -> None:
    api = desk.api(OPERATOR)
    case = api.get("/api/workbench/cases?q=000001&state=any")["items"][0]
    page = desk.open(OPERATOR, f"/cases/{case['case_id']}?tab=documents", DESK)
    settle(page)
    shot(page, "documents")
    assert grave_findings(page) == []
    expect(page.get_by_role("link", name="职工诉求登记表")).to_be_visible()
    paper = desk.open(OPERATOR, f"/cases/{case['case_id']}/print/registration", DESK)
    settle(paper)
    expect(paper.get_by_role("heading", level=1)).to_have_text("职工诉求登记表")
    people = api.get(f"/api/workbench/cases/{case['case_id']}")["parties"]["claimants"]["items"]
    expect(paper.get_by_role("row").filter(has_text="涉及职工")).to_contain_text(
        people[0]["name_masked"]
    )
    shot(paper, "paper-registration", full=True)
    assert grave_findings(paper) == []
    small = desk.open(OPERATOR, f"/cases/{case['case_id']}/print/registration", PHONE)
    settle(small)
    assert not scrolls_sideways(small)


def agreed(api: Api) -> Any:
    """A dispute whose agreement is written, and the case it is about."""
    for column in api.get("/api/workbench/board")["columns"]:
        for card in column["cards"]:
            page = api.get(f"/api/mediation/disputes/{card['dispute_id']}")
            if page["content"] and page["content"]["agreement"]:
                return page
    raise AssertionError("no agreement on the board")


def test_the_agreement_is_printed_with_its_instalments(desk: Desk) -> None:
    desk.expect("404")
    dispute = agreed(desk.api(MEDIATOR))
    agreement = dispute["content"]["agreement"]
    page = desk.open(MEDIATOR, f"/cases/{dispute['case_id']}?tab=documents", DESK)
    settle(page)
    expect(page.get_by_role("link", name="劳动争议调解协议书")).to_be_visible()
    paper = desk.open(MEDIATOR, f"/cases/{dispute['case_id']}/print/agreement", DESK)
    settle(paper)
    expect(paper.get_by_role("heading", level=1)).to_have_text("劳动争议调解协议书")
    rows = paper.get_by_role("table", name="付款安排").get_by_role("row")
    expect(rows).to_have_count(len(agreement["instalments"]) + 2)
    expect(paper.get_by_role("article")).to_contain_text(agreement["amount_in_words"])
    shot(paper, "paper-agreement", full=True)
    assert grave_findings(paper) == []
    outside = desk.open(WELFARE, f"/cases/{dispute['case_id']}/print/agreement", DESK)
    expect(outside.get_by_role("alert")).to_contain_text("没有找到")
