"""Moving columns of sealed fields under a new key, beside running work: `python -m services.<s>.main reseal`.

What was told stays sealed as it was told, for facts never change: a key that has sealed any is kept in `FIELD_KEYS`
behind the current one, to open what is told again.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.kernel.crypto import FieldCipher, place

ROTATION_BATCH_ROWS = 500

Fetch = Callable[..., Awaitable[Sequence[Any]]]
"""Runs one SQL statement in its own transaction and gives its rows: `asyncpg.Pool.fetch`."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of sealed fields, and what each of them is bound to.

    Usually to its place (`place`): table, column without `_sealed`, row; `bound` names another table and column. What
    `travels` between services is bound to the id of the row alone.
    """

    table: str
    column: str
    key: str = "id"
    """The column of the row's UUID."""
    bound: tuple[str, str] | None = None
    travels: bool = False

    def where(self, row: UUID) -> str:
        """The associated data of the field of that row."""
        table, column = self.bound or (self.table, self.column.removesuffix("_sealed"))
        return str(row) if self.travels else place(table, column, row)


async def rotate_column(cipher: FieldCipher, sealed: Sealed, fetch: Fetch) -> int:
    """Re-seals a column under the current key, beside running work.

    Short transactions of a batch each; a row that somebody changes meanwhile keeps the new value, because
    the update compares what was read. It can be stopped and started again. Returns the rows re-sealed.
    """
    name, field, key = (_quoted(word) for word in (sealed.table, sealed.column, sealed.key))
    # Names come from code and are quoted; values go as parameters.
    read = (
        f"SELECT {key} AS id, {field} AS sealed FROM {name} WHERE {field} IS NOT NULL"  # noqa: S608
        f" AND NOT starts_with({field}, $1) AND ($2::uuid IS NULL OR {key} > $2) ORDER BY {key} LIMIT $3"
    )
    write = (
        f"UPDATE {name} AS t SET {field} = n.fresh"  # noqa: S608
        " FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(id, stale, fresh)"
        f" WHERE t.{key} = n.id AND t.{field} = n.stale RETURNING n.id"
    )
    after: UUID | None = None
    done = 0
    while rows := await fetch(read, cipher.current_prefix, after, ROTATION_BATCH_ROWS):
        keys = [row["id"] for row in rows]
        stale = [row["sealed"] for row in rows]
        fresh = [
            cipher.rotate(old, sealed.where(row)) for row, old in zip(keys, stale, strict=True)
        ]
        done += len(await fetch(write, keys, stale, fresh))
        after = keys[-1]
    return done


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
