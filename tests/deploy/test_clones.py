"""A database that one test used is as new for the next, or it is not given to anybody."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.testing.clones import Clone, Clones, Template, template
from shared.testing.postgres import create_database, unique_name

TABLES = """
CREATE TABLE rule (n int PRIMARY KEY);
INSERT INTO rule VALUES (1), (2);
CREATE TABLE story (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE part (story bigint NOT NULL REFERENCES story);
CREATE FUNCTION no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
CREATE TRIGGER no_change BEFORE DELETE ON part EXECUTE FUNCTION no_change();
"""
A_STORY = "WITH one AS (INSERT INTO story DEFAULT VALUES RETURNING id) INSERT INTO part SELECT id FROM one"


@pytest.fixture
async def made_from(postgres_server: str) -> Template:
    name = unique_name("template")
    url = create_database(postgres_server, name)
    connection = await asyncpg.connect(url)
    await connection.execute(TABLES)
    await connection.close()
    return await template(url, name)


@pytest.fixture
async def clone(clones: Clones, made_from: Template) -> Clone:
    return await clones.take(made_from)


@pytest.fixture
async def connection(clone: Clone) -> AsyncIterator[asyncpg.Connection]:
    """One that the test forgets to close."""
    opened = await asyncpg.connect(clone.url)
    yield opened
    opened.terminate()


async def test_the_next_test_finds_nothing_of_the_one_before(
    clones: Clones, clone: Clone, connection: asyncpg.Connection
) -> None:
    await connection.execute(A_STORY)
    await connection.execute(f"BEGIN; {A_STORY}")
    await clones.give_back(clone)
    assert await clones.take(clone.made_from) is clone
    looking = await asyncpg.connect(clone.url)
    assert await looking.fetchval("SELECT count(*) FROM rule") == 2
    assert await looking.fetchval("SELECT count(*) FROM part") == 0
    assert await looking.fetchval("INSERT INTO story DEFAULT VALUES RETURNING id") == 1
    await looking.close()


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM rule WHERE n = 1",
        "UPDATE rule SET n = 3 WHERE n = 1",
        "DROP TABLE part",
        "ALTER TABLE part DROP CONSTRAINT part_story_fkey",
        "ALTER TABLE story ADD COLUMN more text",
        "ALTER TABLE part DISABLE TRIGGER no_change",
        "CREATE INDEX part_story ON part (story)",
        "CREATE OR REPLACE FUNCTION no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
        "ANALYZE rule",
    ],
)
async def test_what_cannot_be_made_as_new_is_not_used_again(
    clones: Clones, clone: Clone, connection: asyncpg.Connection, change: str
) -> None:
    await connection.execute(change)
    await clones.give_back(clone)
    assert await clones.take(clone.made_from) is not clone
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(clone.url)
