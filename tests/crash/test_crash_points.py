"""Every use case, killed at every named point, ends as if nothing had happened (X1, X4, X8; G1 to G5 and G7 to G10)."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from shared.testing.rig import template_of
from tests.crash import matrix
from tests.crash.conftest import NurseryOf
from tests.crash.harness import Scenario
from tests.crash.scenarios import SCENARIOS

CASES = [pytest.param(one, id=f"{one.service}.{one.name}") for one in SCENARIOS]


@pytest.mark.crash
@pytest.mark.timeout(300)
@pytest.mark.parametrize("scenario", CASES)
def test_a_crash_at_any_point_leaves_what_an_undisturbed_run_leaves(
    scenario: Scenario,
    postgres_server: str,
    nursery_of: NurseryOf,
    tmp_path: Path,
    record_property: Any,
) -> None:
    template = asyncio.run(template_of(scenario.service, postgres_server)).name
    nursery = nursery_of(scenario.service, scenario.module)
    points = matrix.run(nursery, scenario, postgres_server, template, tmp_path)
    assert points
    record_property("crash_points", points)
