"""Moving a column of sealed fields under a new key, beside running work."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from shared.kernel.crypto import FieldCipher, place

ROTATION_BATCH_ROWS = 500

Fetch = Callable[..., Awaitable[Sequence[Any]]]
"""Runs one SQL statement in its own transaction and gives its rows: `asyncpg.Pool.fetch`."""


async def rotate_column(
    cipher: FieldCipher,
    table: str,
    column: str,
    fetch: Fetch,
    aad: Callable[[UUID], str] | None = None,
) -> int:
    """Re-seals a column (rows keyed by a UUID `id`) under the current key, beside running work.

    Short transactions of a batch each; a row that somebody changes meanwhile keeps the new value, because
    the update compares what was read. It can be stopped and started again. Returns the rows re-sealed.
    """
    where = aad or (lambda row: place(table, column, row))
    name, field = (_quoted(word) for word in (table, column))
    # Names come from code and are quoted; values go as parameters.
    read = (
        f"SELECT id, {field} AS sealed FROM {name} WHERE {field} IS NOT NULL"  # noqa: S608
        f" AND NOT starts_with({field}, $1) AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3"
    )
    write = (
        f"UPDATE {name} AS t SET {field} = n.fresh"  # noqa: S608
        " FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(id, stale, fresh)"
        f" WHERE t.id = n.id AND t.{field} = n.stale RETURNING t.id"
    )
    after: UUID | None = None
    done = 0
    while rows := await fetch(read, cipher.current_prefix, after, ROTATION_BATCH_ROWS):
        keys = [row["id"] for row in rows]
        stale = [row["sealed"] for row in rows]
        fresh = [cipher.rotate(old, where(key)) for key, old in zip(keys, stale, strict=True)]
        done += len(await fetch(write, keys, stale, fresh))
        after = keys[-1]
    return done


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
