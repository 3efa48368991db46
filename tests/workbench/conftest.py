"""What tests of the workbench share: the service on its bench, people, and the story of one case."""

import pytest

from shared.testing.rig import Rig, ServiceRig

AWAY = {
    f"{name}_url": "http://127.0.0.1:9" for name in ("intake", "mediation", "welfare", "notify")
}
"""No other service answers, whatever else runs on this machine."""


@pytest.fixture
async def workbench(service_rig: ServiceRig) -> Rig:
    """The workbench over a fresh database."""
    return await service_rig("workbench", **AWAY)
