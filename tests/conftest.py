"""Fixtures that every room may use: real servers, started once per session and shared by all workers."""

import structlog

structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
)
"""The default draws every traceback with all its values: seconds for each, in tests that provoke hundreds."""

pytest_plugins = [
    "shared.testing.postgres",
    "shared.testing.kafka",
    "shared.testing.valkey",
    "shared.testing.rig",
    "shared.testing.system",
]
