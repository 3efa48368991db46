"""Databases for tests: cloned from a migrated one, emptied when a test is done, used again.

A clone costs PostgreSQL 60 to 200 ms of a core (it copies the whole catalogue), emptying one 5 ms. One that is
not again what its template is, in catalogue, statistics of the planner or reference data, is dropped instead.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import asyncpg
import pytest

from shared.testing.postgres import create_database, drop_database, unique_name

NOBODY_ELSE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND oid >= 16384"
"""PostgreSQL's own objects have smaller ids."""
RESTART = """
SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence WHERE seqrelid >= 16384"""
DEFINED = {
    "pg_class": "oid",
    "pg_attribute": "attrelid",
    "pg_constraint": "oid",
    "pg_trigger": "oid",
    "pg_proc": "oid",
}
"""Where a change of a definition leaves its trace, and the column that tells whose it is."""
PLANNED = """
SELECT (sum(reltuples), (SELECT count(*) FROM pg_statistic WHERE starelid >= 16384))
FROM pg_class WHERE oid >= 16384"""


@dataclass(frozen=True)
class Template:
    """A migrated database, and how to make a clone of it what it was."""

    name: str
    look: str
    """The statement that tells what must not have changed."""
    empty: str
    """The statements that empty what is empty in the template."""


async def template(url: str, name: str) -> Template:
    """Look at a migrated database that nobody uses any more."""
    connection = await asyncpg.connect(url)
    try:
        tables = [row[0] for row in await connection.fetch(TABLES)]
        some = "SELECT 1 FROM {} LIMIT 1"
        filled = [one for one in tables if await connection.fetchval(some.format(one))]
    finally:
        await connection.close()
    empty = [f"DELETE FROM {one}" for one in tables if one not in filled]  # noqa: S608 - names PostgreSQL told us
    return Template(name, _look(filled), ";".join([*empty, RESTART]))


def _look(filled: list[str]) -> str:
    places = [f"{table} WHERE {owner} >= 16384" for table, owner in DEFINED.items()] + filled
    told = [f"(SELECT (count(*), max(xmin::text::bigint)) FROM {one})" for one in places]  # noqa: S608 - as above
    return f"SELECT ({', '.join(told)}, ({PLANNED}))::text"


@dataclass
class Clone:
    """One database."""

    made_from: Template
    name: str
    url: str
    state: str
    """What `look` told when it was new."""


class Clones:
    """Every clone of one worker."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = admin_url
        self.idle: dict[str, list[Clone]] = defaultdict(list)
        """Template → what is as new."""

    async def take(self, made_from: Template) -> Clone:
        """A database that is what the template is."""
        if free := self.idle[made_from.name]:
            return free.pop()
        name = unique_name("clone")
        url = create_database(self.admin_url, name, made_from.name)
        connection = await asyncpg.connect(url)
        try:
            return Clone(made_from, name, url, await connection.fetchval(made_from.look))
        finally:
            await connection.close()

    async def give_back(self, clone: Clone) -> None:
        """The test is done with it, whoever is connected still."""
        if await _as_new(clone):
            self.idle[clone.made_from.name].append(clone)
        else:
            drop_database(self.admin_url, clone.name)

    def close(self) -> None:
        """Nothing is left on a server that lives on."""
        for clone in chain.from_iterable(self.idle.values()):
            drop_database(self.admin_url, clone.name)


async def _as_new(clone: Clone) -> bool:
    """Empty it; whether that made it what it was."""
    try:
        connection = await asyncpg.connect(
            clone.url, server_settings={"session_replication_role": "replica"}
        )
    except asyncpg.InsufficientPrivilegeError:  # who is no superuser cannot pass by the triggers
        return False
    try:
        await connection.execute(NOBODY_ELSE)
        if await connection.fetchval(clone.made_from.look) != clone.state:
            return False
        await connection.execute(clone.made_from.empty)
        return True
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def clones(postgres_server: str) -> Iterator[Clones]:
    """The clones of this worker."""
    opened = Clones(postgres_server)
    yield opened
    opened.close()
