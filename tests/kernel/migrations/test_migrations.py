"""Histories bring a real database to what the code expects, one process at a time."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Column, Index, MetaData, String, Table, Uuid

from shared.kernel import schema
from shared.kernel.schema import ENVIRONMENT, Drift, MigrationBusy, check, migrate, revise
from shared.testing.postgres import create_database, drop_database, unique_name

NO_SERVICE = "no_such_service"
LATEST = max((ENVIRONMENT / "versions").glob("kernel_*.py")).stem.removeprefix("kernel_")
OWN = """
from alembic import op

revision = "0001"
down_revision = None

def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("CREATE TABLE call (id uuid PRIMARY KEY, town varchar NOT NULL)")
"""
CONCURRENT = """
from alembic import op

revision = "0002"
down_revision = "0001"

def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY call_town ON call (town)")
"""


@pytest.fixture
def url(postgres_server: str) -> Iterator[str]:
    name = unique_name("migrations")
    yield create_database(postgres_server, name)
    drop_database(postgres_server, name)


@pytest.fixture
async def db(url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()


@pytest.fixture
def own_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A service called `sample` in a root of its own, beside the real kernel history."""
    monkeypatch.setattr(schema, "ROOT", tmp_path)
    versions = tmp_path / "services" / "sample" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / "0001_first.py").write_text(OWN)
    return versions


def sample_tables(*, town: str = "town") -> MetaData:
    metadata = MetaData()
    Table(
        "call",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column(town, String, nullable=False),
        Index("call_town", town),
    )
    return metadata


async def test_the_kernel_history_makes_what_the_kernel_tables_declare(url: str) -> None:
    await migrate(url, NO_SERVICE)
    await check(url, NO_SERVICE)


async def test_a_table_that_no_migration_makes_is_drift(url: str, db: Any) -> None:
    await migrate(url, NO_SERVICE)
    await db.execute("DROP INDEX kernel.timer_due")
    with pytest.raises(Drift, match=r"kernel: .*timer_due"):
        await check(url, NO_SERVICE)


async def test_migrating_again_changes_nothing(url: str, db: Any) -> None:
    await migrate(url, NO_SERVICE)
    before = await db.fetch("SELECT oid FROM pg_class WHERE relnamespace = 'kernel'::regnamespace")
    await migrate(url, NO_SERVICE)
    after = await db.fetch("SELECT oid FROM pg_class WHERE relnamespace = 'kernel'::regnamespace")
    assert before == after


async def test_a_service_history_runs_after_the_kernel_and_minds_its_own_schema(
    url: str, db: Any, own_history: Path
) -> None:
    (own_history / "0002_second.py").write_text(CONCURRENT)
    await migrate(url, "sample")
    assert await db.fetchval("SELECT version_num FROM kernel.alembic_version") == LATEST
    assert await db.fetchval("SELECT version_num FROM public.alembic_version") == "0002"
    await check(url, "sample", sample_tables())
    with pytest.raises(Drift, match=r"sample: .*village"):
        await check(url, "sample", sample_tables(town="village"))


async def test_several_processes_migrate_one_after_the_other(
    url: str, db: Any, own_history: Path
) -> None:
    (own_history / "0002_second.py").write_text(CONCURRENT)
    await asyncio.gather(*(migrate(url, "sample") for _ in range(3)))
    assert await db.fetchval("SELECT version_num FROM public.alembic_version") == "0002"


async def test_who_cannot_have_the_lock_says_why_and_gives_up(
    url: str, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "LOCK_WAIT_MAX_S", 0.3)
    await db.execute(f"SELECT pg_advisory_lock({schema.LOCK_KEY})")
    with pytest.raises(MigrationBusy, match="another process is migrating"):
        await migrate(url, NO_SERVICE)
    assert await db.fetchval("SELECT to_regnamespace('kernel')") is None


async def test_a_failed_migration_leaves_nothing_behind(
    url: str, db: Any, own_history: Path
) -> None:
    broken = OWN + '    op.execute("SELECT 1/0")\n'
    (own_history / "0001_first.py").write_text(broken)
    with pytest.raises(Exception, match="division by zero"):
        await migrate(url, "sample")
    assert await db.fetchval("SELECT to_regclass('public.call')") is None
    (own_history / "0001_first.py").write_text(OWN)
    await migrate(url, "sample")
    assert await db.fetchval("SELECT to_regclass('public.call')") is not None


async def test_the_next_migration_is_written_from_the_template(
    url: str, db: Any, own_history: Path
) -> None:
    await migrate(url, "sample")
    written = await revise(url, "sample", sample_tables(), "find calls by town")
    assert written == own_history / "0002_find_calls_by_town.py"
    text = written.read_text()
    assert "SET LOCAL lock_timeout = '5s'" in text
    assert "def downgrade" not in text
    await migrate(url, "sample")
    await check(url, "sample", sample_tables())


async def test_a_write_that_hit_too_few_rows_aborts_with_its_own_code(url: str, db: Any) -> None:
    await migrate(url, NO_SERVICE)
    assert await db.fetchval("SELECT kernel.expect(1, 1, 'stale:case')") is True
    for actual in (0, 2, None):
        with pytest.raises(asyncpg.PostgresError, match=r"^stale:case$") as caught:
            await db.fetchval("SELECT kernel.expect($1, 1, 'stale:case')", actual)
        assert caught.value.sqlstate == "P0409"


async def test_an_unmet_expectation_undoes_the_statement_it_stands_in(url: str, db: Any) -> None:
    await migrate(url, NO_SERVICE)
    await db.execute("CREATE TABLE box (id int PRIMARY KEY)")
    with pytest.raises(asyncpg.PostgresError):
        await db.fetch(
            "WITH w0 AS (INSERT INTO box VALUES (1)), w1 AS (DELETE FROM box WHERE id = 9 RETURNING 1)"
            " SELECT kernel.expect((SELECT count(*) FROM w1), 1, 'missing:box')"
        )
    assert await db.fetchval("SELECT count(*) FROM box") == 0


async def test_the_outbox_is_vacuumed_by_count_and_at_full_speed(url: str, db: Any) -> None:
    await migrate(url, NO_SERVICE)
    options = await db.fetchval(
        "SELECT reloptions FROM pg_class WHERE oid = 'kernel.outbox'::regclass"
    )
    assert set(options) == {
        "autovacuum_vacuum_scale_factor=0",
        "autovacuum_vacuum_threshold=2000",
        "autovacuum_vacuum_cost_delay=0",
    }


async def test_event_ids_are_handed_out_one_by_one(url: str, db: Any) -> None:
    """The relay's order per aggregate rests on it: a cached block of ids would be used out of order."""
    await migrate(url, NO_SERVICE)
    assert (
        await db.fetchval("SELECT cache_size FROM pg_sequences WHERE sequencename = 'event_id_seq'")
        == 1
    )
