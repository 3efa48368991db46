"""Which tests follow each other on one worker: those that share a running system, first of all; else file by file.

The marks of `xdist_group` would say the same, but pytest-xdist 3.8 does not hear them under pytest 9.2: the tests of the
system were dealt out to every worker, and each worker started a system of its own.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

FAULTS, SYSTEM = "faults", "system"
SHARED = {"faulty": FAULTS, "system": SYSTEM}
"""The fixture that starts a whole system, and the lane of the tests that share it."""
PLACES = {"tests/faults/": FAULTS, "tests/ui/": SYSTEM, "tests/flows/test_main_job.py": SYSTEM}
CRASHES = "tests/crash/test_crash_points.py::"
"""One nursery for all scenarios of a service; the service stands at the beginning of the parameter."""


def lane(nodeid: str) -> str:
    """What a test belongs to: all of one lane run on one worker, one after the other."""
    if nodeid.startswith(CRASHES):
        return nodeid.partition(".py")[2].partition(".")[0]
    found = (name for place, name in PLACES.items() if nodeid.startswith(place))
    return next(found, nodeid.partition("::")[0])


class Lanes(LoadScopeScheduling):  # type: ignore[misc]
    """Deals out whole lanes, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return lane(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Lanes:
    """Called in the controlling process."""
    config.option.loadscopereorder = False
    return Lanes(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest lanes begin: what is left over at the end is short."""
    lanes = {item: lane(item.nodeid) for item in items}
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if lanes[item] != SHARED.get(fixture, lanes[item]):
                raise pytest.UsageError(
                    f"{item.nodeid} uses the fixture {fixture}: name its file in lanes.PLACES"
                )
    items.sort(key=lambda item: lanes[item] not in SHARED.values())
