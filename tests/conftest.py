"""Fixtures that every room may use: real servers, started once per session and shared by all workers."""

from typing import Any

import structlog
from hypothesis import HealthCheck, settings

from shared.testing import servers

structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
)
"""The default draws every traceback with all its values: seconds for each, in tests that provoke hundreds."""

settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("untimed")
"""No example fails because the machine was busy."""

pytest_plugins = [
    "shared.testing.lanes",
    "shared.testing.patience",
    "shared.testing.postgres",
    "shared.testing.clones",
    "shared.testing.kafka",
    "shared.testing.valkey",
    "shared.testing.rig",
    "shared.testing.system",
]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How the servers were started, and how many points the crash tests killed a process at, over all workers."""
    for note in servers.notes():
        terminalreporter.write_line(note)
    killed = [
        int(count)
        for report in terminalreporter.stats.get("passed", [])
        for name, count in report.user_properties
        if name == "crash_points" and report.when == "call"
    ]
    if killed:
        terminalreporter.write_line(
            f"{sum(killed)} crash points in {len(killed)} scenarios: killed, restarted, compared"
        )
