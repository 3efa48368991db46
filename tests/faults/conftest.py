"""One whole system for the tests that break its parts; each test leaves it whole."""

from collections.abc import Iterator

import pytest

from shared.testing import system as systems
from shared.testing.system import RunningSystem
from tests.faults.desk import Desk
from tests.faults.parts import SESSION_S


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    """The system; a silent consumer loses its partitions after seconds instead of half a minute."""
    folder = systems.first_folder(tmp_path_factory, "faults")
    try:
        yield systems.start(folder, KAFKA_SESSION_S=str(SESSION_S))
    finally:
        systems.launcher(folder, "down", timeout_s=systems.DOWN_S)


@pytest.fixture
def desk(faulty: RunningSystem) -> Iterator[Desk]:
    """An operator at intake's own door."""
    with Desk(faulty) as one:
        yield one
