"""Every scenario of the crash tests, service by service."""

from tests.crash import (
    scenarios_intake,
    scenarios_mediation,
    scenarios_notify,
    scenarios_welfare,
    scenarios_workbench,
)
from tests.crash.harness import Scenario

SCENARIOS: list[Scenario] = [
    *scenarios_intake.SCENARIOS,
    *scenarios_mediation.SCENARIOS,
    *scenarios_welfare.SCENARIOS,
    *scenarios_notify.SCENARIOS,
    *scenarios_workbench.SCENARIOS,
]
