"""Time limits: a test has its own, what is started once per session has another and is not counted against the test.

A plugin and not a conftest: hooks of a conftest are not asked about fixtures of the session.
"""

from collections.abc import Iterator
from typing import Any

import pytest

SESSION_START_S = 600.0
"""Limit for what is started once per session; on a busy machine a whole system takes minutes."""
_timed: list[tuple[pytest.Item, Any]] = []
"""The test whose time runs, and its time-out settings."""


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> None:
    """Note whose time runs."""
    _timed[:] = [(item, settings)]


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_cancel_timer(item: pytest.Item) -> None:
    """Nobody's time runs."""
    _timed.clear()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """What is started once per session has a time limit of its own; it is not counted against the first who needs it."""
    if fixturedef.scope != "session" or not _timed or _timed[0][1].timeout >= SESSION_START_S:
        return (yield)
    item, settings = _timed[0]
    hook = item.config.hook
    hook.pytest_timeout_cancel_timer(item=item)
    hook.pytest_timeout_set_timer(item=item, settings=settings._replace(timeout=SESSION_START_S))
    try:
        return (yield)
    finally:
        hook.pytest_timeout_cancel_timer(item=item)
        hook.pytest_timeout_set_timer(item=item, settings=settings)
