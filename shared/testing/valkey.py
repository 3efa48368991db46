"""Valkey for tests: from REDIS_URL, else started once per session. Its content is nobody's: use own keys."""

import os

import pytest

from shared.testing import servers

ADDRESS_VARIABLE = "REDIS_URL"


@pytest.fixture(scope="session")
def valkey_url() -> str:
    """`redis://host:port/0`."""
    return os.environ.get(ADDRESS_VARIABLE) or servers.server("valkey")
