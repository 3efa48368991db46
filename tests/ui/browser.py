"""A person at a screen: signed-in pages that keep their pictures and count what must not happen."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

from deploy.demo.people import PASSWORD
from deploy.setup import BROWSERS
from shared.testing.system import ROOT

SCREENS = ROOT / ".local" / "reports" / "screens"
PATIENCE_MS = 20_000
DESK, SHORT, WIDE = (1366, 768), (1366, 640), (1920, 1080)
PHONE, SMALL_PHONE = (390, 844), (320, 640)
MARKS = [pytest.mark.ui, pytest.mark.timeout(150)]
GRAVE = {"serious", "critical"}
SESSION = "/api/workbench/session"


def launch(play: Playwright) -> Browser:
    """The Chromium of PLAYWRIGHT_CHROMIUM, else the machine's, else the one `deploy.setup` fetched."""
    known = (shutil.which(name) for name in BROWSERS)
    program = os.environ.get("PLAYWRIGHT_CHROMIUM") or next(filter(None, known), None)
    return play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])


@dataclass
class Watch:
    """What the pages of one test did that they must not: errors, and requests to other hosts (U58)."""

    origin: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        """An error in the console; the first question for a session may be answered with no."""
        where = message.location.get("url", "")
        probe = "401" in message.text and where.endswith(SESSION)
        known = any(one in f"{message.text} {where}" for one in self.expected)
        if message.type == "error" and not probe and not known:
            self.errors.append(f"{message.text} ({where})")

    def request(self, request: Request) -> None:
        """Everything comes from the workbench."""
        url = urlsplit(request.url)
        if url.scheme.startswith("http") and f"{url.scheme}://{url.netloc}" != self.origin:
            self.foreign.append(request.url)


class Desk:
    """Opens pages for people; each has a browser profile of its own."""

    def __init__(self, browser: Browser, url: str, sessions: dict[str, Any], name: str) -> None:
        self.browser, self.url, self.sessions, self.name = browser, url, sessions, name
        self.watch = Watch(url)
        self.contexts: list[BrowserContext] = []

    def expect(self, *texts: str) -> None:
        """These errors are part of the test: a refusal is also told in the console."""
        self.watch.expected += texts

    def open(self, number: str | None, path: str, size: tuple[int, int] = DESK) -> Page:
        """A page of that person (None: nobody) in a new browser profile."""
        width, height = size
        mobile = width < 720
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=mobile,
            reduced_motion="reduce",
            storage_state=self._session(number) if number else None,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self.watch.console)
        context.on("request", self.watch.request)
        context.on("weberror", lambda error: self.watch.errors.append(str(error.error)))
        self.contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def api(self, number: str) -> "Api":
        """The same person's session, without a screen."""
        return Api(self, number)

    def close(self) -> None:
        """Keeps the last picture of every page, then leaves."""
        for n, context in enumerate(self.contexts):
            for page in context.pages:
                shot(page, f"{self.name}-{n + 1}")
            context.close()

    def _session(self, number: str) -> Any:
        if number not in self.sessions:
            context = self.browser.new_context(base_url=self.url)
            body = {"staff_no": number, "password": PASSWORD, "totp": None}
            answer = context.request.post(SESSION, data=body)
            assert answer.status == 201, answer.text()
            self.sessions[number] = context.storage_state()
            context.close()
        return self.sessions[number]


class Api:
    """Calls with the session of a member of staff, as a page would send them, or as a forger would."""

    def __init__(self, desk: Desk, number: str) -> None:
        self.context = desk.browser.new_context(
            base_url=desk.url, storage_state=desk._session(number)
        )
        desk.contexts.append(self.context)
        self.csrf = self.get(SESSION)["csrf_token"]

    def get(self, path: str) -> Any:
        """The body of an answer that must be good."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status} {answer.text()[:500]}"
        return answer.json()

    def send(self, method: str, path: str, body: Any = None, key: str = "ui") -> tuple[int, Any]:
        """A command: status and body."""
        headers = {"X-CSRF-Token": self.csrf, "Idempotency-Key": f"{key}-{path}"}
        answer = self.context.request.fetch(path, method=method, data=body or {}, headers=headers)
        return answer.status, answer.json() if answer.text() else None


def shot(page: Page, name: str, *, full: bool = False) -> Path:
    """A picture under `.local/reports/screens/`."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = SCREENS / f"{name}.png"
    page.screenshot(path=path, full_page=full)
    return path


def settle(page: Page) -> None:
    """Nothing is loading any more: no skeleton, no busy part, letters drawn."""
    page.wait_for_function(
        "() => document.fonts.status === 'loaded' && document.querySelector('h1')"
        " && !document.querySelector('[aria-busy=true],.ant-spin-spinning,.ant-skeleton')"
    )


def grave_findings(page: Page) -> list[str]:
    """What axe finds serious or critical, with the place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{urlsplit(page.url).path} {one['id']} ({one['impact']}): {_place(node)}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def _place(node: dict[str, Any]) -> str:
    because = "; ".join(one["message"] for one in node["any"] + node["all"] + node["none"])
    return f"{node['target']} {because}"[:400]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the screen."""
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return cast(bool, page.evaluate(wide))


def until(page: Page, look: Callable[[], Any], done: Callable[[Any], bool]) -> Any:
    """Look again until it is so: a fact is on its way through Kafka."""
    for _ in range(PATIENCE_MS // 200):
        if done(found := look()):
            return found
        page.wait_for_timeout(200)
    raise AssertionError(found)


@contextmanager
def speaking(api: Api, language: str) -> Iterator[None]:
    """The person reads this language for a while."""
    before = api.get(SESSION)["settings"]
    put = "/api/workbench/settings"
    assert api.send("PUT", put, before | {"language": language}, key=language)[0] == 200
    try:
        yield
    finally:
        assert api.send("PUT", put, before, key=f"after {language}")[0] == 200
