"""PostgreSQL for tests: from DATABASE_URL_TEST, else in a container where its image is there, else local;
started once per session.

`create_database` costs 50 to 200 ms; with a migrated template the same. Most tests take an emptied one:
`shared.testing.clones`.
"""

import os

import pytest

from deploy.local import sql
from shared.testing import servers
from shared.vocabulary.ids import new_id

ADDRESS_VARIABLE = "DATABASE_URL_TEST"


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """URL of an administrator who may create databases and roles."""
    return os.environ.get(ADDRESS_VARIABLE) or servers.server("postgres")


def unique_name(prefix: str) -> str:
    """A database, role or topic name that no other test uses: `intake_0199a3…`."""
    return f"{prefix}_{new_id().hex}"


def create_database(admin_url: str, name: str, template: str | None = None) -> str:
    """Create a database and return its URL. Nobody may be connected to the template."""
    copy = f" TEMPLATE {sql.identifier(template)} STRATEGY wal_log" if template else ""
    sql.execute(admin_url, [f"CREATE DATABASE {sql.identifier(name)}{copy}"])
    return sql.database_url(admin_url, name)


def drop_database(admin_url: str, name: str) -> None:
    """Drop a database if it is there, whoever is connected to it."""
    sql.execute(admin_url, [f"DROP DATABASE IF EXISTS {sql.identifier(name)} WITH (FORCE)"])
