"""The browser of a module, the sessions of the whole run, and a desk per test that fails on errors nobody expected."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from shared.testing.system import RunningSystem
from tests.ui.browser import PATIENCE_MS, Desk, launch

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium per module: it must be gone before tests with an event loop of their own begin."""
    with sync_playwright() as play:
        running = launch(play)
        yield running
        running.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Who signed in already, by staff number."""
    return {}


@pytest.fixture
def desk(
    browser: Browser,
    system: RunningSystem,
    sessions: dict[str, Any],
    request: pytest.FixtureRequest,
) -> Iterator[Desk]:
    """Screens for this test; afterwards no error in any console and no request to another host."""
    name = request.node.name.removeprefix("test_").translate(str.maketrans("[]/", "---"))
    opened = Desk(browser, system.url, sessions, name)
    yield opened
    opened.close()
    assert opened.watch.errors == []
    assert opened.watch.foreign == []
