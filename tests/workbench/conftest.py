"""What tests of the workbench share: the service on its bench, people, and the story of one case."""

import pytest

from shared.testing.rig import Rig, ServiceRig


@pytest.fixture
async def workbench(service_rig: ServiceRig) -> Rig:
    """The workbench over a fresh database."""
    return await service_rig("workbench")
