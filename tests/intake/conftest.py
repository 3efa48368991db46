"""Intake on the bench."""

import pytest

from shared.testing.rig import Rig, ServiceRig


@pytest.fixture
async def intake(service_rig: ServiceRig) -> Rig:
    """The service over a fresh database."""
    return await service_rig("intake")
