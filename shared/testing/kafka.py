"""Apache Kafka for tests: from KAFKA_BOOTSTRAP, else in a container where its image is there, else local;
started once per session (about 3 s).

Topics are not created by themselves: a test makes its own, under a name nobody else uses
(`shared.testing.postgres.unique_name`). A test that kills the broker starts one of its own with
`deploy.local.broker.start(folder, session_ms=1500)`.
"""

import os

import pytest

from shared.testing import servers

ADDRESS_VARIABLE = "KAFKA_BOOTSTRAP"


@pytest.fixture(scope="session")
def kafka_bootstrap() -> str:
    """`host:port` of a broker whose group coordinator is ready."""
    return os.environ.get(ADDRESS_VARIABLE) or servers.server("kafka")
