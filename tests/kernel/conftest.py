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
from shared.testing.clones import Clones, Template, template
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from shared.testing.postgres import create_database, unique_name

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


_template: list[Template] = []


async def kernel_template(admin_url: str) -> Template:
    """A database of the made-up service to clone from, made once in this process."""
    if not _template:
        name = unique_name("template_kernel")
        url = create_database(admin_url, name)
        await migrate(url, "bench")
        pool = await Pool.open(url, name="template")
        for table in METADATA.sorted_tables:
            await pool.fetch(str(CreateTable(table).compile(dialect=DIALECT)))
        await pool.close()
        _template.append(await template(url, name))
    return _template[0]


@pytest.fixture
async def bench(postgres_server: str, clones: Clones) -> AsyncIterator[Bench]:
    """A database of the made-up service, as new."""
    clone = await clones.take(await kernel_template(postgres_server))
    cipher = FieldCipher(parse_keys(FIELD_KEYS), parse_key(BLIND_KEY))
    db = await Database.connect(clone.url, cipher, name="bench")
    yield Bench(db, clone.url)
    await db.close()
    await clones.give_back(clone)
