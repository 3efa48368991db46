"""One nursery per service, for as long as the session lasts."""

from collections.abc import Callable, Iterator

import pytest

from tests.crash.nursery import Nursery

NurseryOf = Callable[[str, str], Nursery]


@pytest.fixture(scope="session")
def nursery_of() -> Iterator[NurseryOf]:
    """`nursery_of(service, module of its scenarios)`."""
    open_ones: dict[tuple[str, str], Nursery] = {}

    def nursery(service: str, scenarios: str) -> Nursery:
        key = (service, scenarios)
        if key not in open_ones:
            open_ones[key] = Nursery(*key)
        return open_ones[key]

    yield nursery
    for one in open_ones.values():
        one.close()
