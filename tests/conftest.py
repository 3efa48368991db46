"""Fixtures that every room may use: real servers, started once per session and shared by all workers."""

pytest_plugins = [
    "shared.testing.postgres",
    "shared.testing.kafka",
    "shared.testing.valkey",
    "shared.testing.rig",
    "shared.testing.system",
]
