"""A column moves under a new key beside running work."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.kernel import rotation
from shared.kernel.crypto import BrokenSeal, FieldCipher, place
from shared.kernel.rotation import Sealed, rotate_column
from shared.testing.postgres import create_database, drop_database, unique_name
from shared.vocabulary.ids import new_id

OLD, NEW, BLIND = (bytes([n]) * 32 for n in (1, 2, 3))
BEFORE = FieldCipher({"k1": OLD}, BLIND)
AFTER = FieldCipher({"k2": NEW, "k1": OLD}, BLIND)
ROWS = 23
PHONE = Sealed("party", "phone")


@pytest.fixture
async def db(postgres_server: str) -> AsyncIterator[Any]:
    name = unique_name("rotation")
    connection = await asyncpg.connect(create_database(postgres_server, name))
    await connection.execute('CREATE TABLE party (id uuid PRIMARY KEY, "phone" text)')
    yield connection
    await connection.close()
    drop_database(postgres_server, name)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "ROTATION_BATCH_ROWS", 5)


async def fill(db: Any) -> list[UUID]:
    ids = [new_id() for _ in range(ROWS)]
    await db.executemany(
        "INSERT INTO party VALUES ($1, $2)",
        [
            (one, BEFORE.seal(f"number {n}", place("party", "phone", one)))
            for n, one in enumerate(ids)
        ],
    )
    await db.execute("INSERT INTO party VALUES ($1, NULL)", new_id())
    return ids


async def test_every_row_moves_once_and_opens_with_the_new_key_alone(db: Any) -> None:
    ids = await fill(db)
    assert await rotate_column(AFTER, PHONE, db.fetch) == ROWS
    assert await rotate_column(AFTER, PHONE, db.fetch) == 0
    alone = FieldCipher({"k2": NEW}, BLIND)
    for n, one in enumerate(ids):
        sealed = await db.fetchval("SELECT phone FROM party WHERE id = $1", one)
        assert alone.open(sealed, place("party", "phone", one)) == f"number {n}"


async def test_a_row_changed_meanwhile_keeps_the_change(db: Any) -> None:
    ids = await fill(db)
    late = AFTER.seal("changed", place("party", "phone", ids[0]))

    async def fetch(sql: str, *args: Any) -> Sequence[Any]:
        if sql.startswith("UPDATE"):
            await db.execute("UPDATE party SET phone = $1 WHERE id = $2", late, ids[0])
        rows: Sequence[Any] = await db.fetch(sql, *args)
        return rows

    assert await rotate_column(AFTER, PHONE, fetch) == ROWS - 1
    assert await db.fetchval("SELECT phone FROM party WHERE id = $1", ids[0]) == late


async def test_a_broken_row_stops_the_rotation_before_it_writes(db: Any) -> None:
    await fill(db)
    await db.execute(
        "UPDATE party SET phone = $1 WHERE id = (SELECT id FROM party ORDER BY id LIMIT 1)",
        BEFORE.seal("x", "elsewhere"),
    )
    with pytest.raises(BrokenSeal):
        await rotate_column(AFTER, PHONE, db.fetch)
