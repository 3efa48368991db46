"""Takes pictures of screens with Chromium: `python dev/shoot.py <role> <path> <file> [width height] [script]`."""

import sys

from playwright.sync_api import sync_playwright

SETTLE_MS = 900


def main() -> None:
    role, path, file, *rest = sys.argv[1:]
    width, height = (int(rest[0]), int(rest[1])) if len(rest) >= 2 else (1366, 768)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.add_cookies([{"name": "nl_dev", "value": role, "url": "http://127.0.0.1:5199"}])
        page = context.new_page()
        page.on("console", lambda message: print(message.type, message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: print("PAGE ERROR", error))
        page.goto(f"http://127.0.0.1:5199{path}")
        page.wait_for_timeout(SETTLE_MS)
        if len(rest) > 2:
            exec(rest[2])  # noqa: S102
            page.wait_for_timeout(SETTLE_MS // 2)
        page.screenshot(path=file)
        browser.close()


main()
