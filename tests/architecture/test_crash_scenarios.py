"""Whatever makes a service commit is killed at every named point by some scenario, or says why it need not be."""

import pytest

from tests.crash.doors import SERVICES, WITHOUT_SCENARIO, doors_of
from tests.crash.scenarios import SCENARIOS
from tests.welfare.sending import SCENARIOS as SENDING


def through(service: str) -> set[str]:
    """The doors that scenarios say they go through; that they do, each run checks (`tests/crash/matrix.py`)."""
    return {door for one in (*SCENARIOS, *SENDING) if one.service == service for door in one.doors}


@pytest.mark.parametrize("service", SERVICES)
def test_every_door_has_a_scenario_or_a_reason(service: str) -> None:
    excused = {
        name.removeprefix(f"{service}.")
        for name in WITHOUT_SCENARIO
        if name.startswith(f"{service}.")
    }
    there = doors_of(service)
    assert there - through(service) - excused == set()
    assert excused - there == set(), "an excuse for what is not there"
    assert excused & through(service) == set(), "an excuse for what has a scenario"


@pytest.mark.parametrize("service", SERVICES)
def test_no_two_scenarios_have_one_name(service: str) -> None:
    names = [one.name for one in SCENARIOS if one.service == service]
    assert names
    assert len(names) == len(set(names))
