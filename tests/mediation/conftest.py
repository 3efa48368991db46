"""The fixture of mediation's tests."""

import pytest

from shared.testing.rig import ServiceRig
from tests.mediation.bench import Mediation, staffed


@pytest.fixture
async def mediation(service_rig: ServiceRig) -> Mediation:
    """A mediation service with three lawyers and two mediators on its rosters."""
    return await staffed(await service_rig("mediation"))
