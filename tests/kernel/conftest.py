"""A database with the kernel's tables and two of a made-up service: an aggregate root and its parts."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.schema import CreateTable

from shared.contracts.base import Event
from shared.kernel.crypto import FieldCipher, parse_key, parse_keys
from shared.kernel.database import Database
from shared.kernel.schema import migrate
from shared.kernel.sql import DIALECT
from shared.kernel.storage import Pool
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from shared.testing.postgres import create_database, drop_database, unique_name

METADATA = MetaData()
thing = Table(
    "thing",
    METADATA,
    Column("id", PG_UUID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    UniqueConstraint("title", name="thing_title_key"),
)
part = Table(
    "part",
    METADATA,
    Column("id", PG_UUID, primary_key=True),
    Column("thing_id", PG_UUID, ForeignKey("thing.id", name="part_thing"), nullable=False),
    Column("data", JSONB),
)


class ThingTold(Event, frozen=True, kw_only=True):
    """A fact about a thing."""

    name: ClassVar[str] = "test.thing_told"
    topic: ClassVar[str] = "intake.cases"
    about: ClassVar[str] = "thing_id"
    thing_id: UUID
    n: int = 0


@dataclass(frozen=True, slots=True)
class Bench:
    """The database and its address."""

    db: Database
    url: str

    async def rows(self, sql: str, *args: Any) -> list[Any]:
        """Rows of any statement."""
        return await self.db.pool.fetch(sql, *args)


@pytest.fixture(scope="session")
def kernel_template(postgres_server: str) -> str:
    """A database to clone."""
    return unique_name("kernel_template")


_made: set[str] = set()


@pytest.fixture
async def bench(postgres_server: str, kernel_template: str) -> AsyncIterator[Bench]:
    """A fresh database of the made-up service."""
    if kernel_template not in _made:
        url = create_database(postgres_server, kernel_template)
        await migrate(url, "bench")
        pool = await Pool.open(url, name="template")
        for table in METADATA.sorted_tables:
            await pool.fetch(str(CreateTable(table).compile(dialect=DIALECT)))
        await pool.close()
        _made.add(kernel_template)
    name = unique_name("kernel")
    url = create_database(postgres_server, name, kernel_template)
    cipher = FieldCipher(parse_keys(FIELD_KEYS), parse_key(BLIND_KEY))
    db = await Database.connect(url, cipher, name="bench")
    yield Bench(db, url)
    await db.close()
    drop_database(postgres_server, name)
