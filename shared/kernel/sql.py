"""SQLAlchemy writes the SQL, asyncpg runs it: Core statements become text and positional arguments."""

from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import TypeEngine
from sqlalchemy.util import LRUCache

DIALECT: Any = asyncpg_dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
STATEMENTS_COMPILED_MAX = 2_000
"""Shapes of statements kept; the least used leaves."""

_compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS_COMPILED_MAX)


def render(statement: ClauseElement) -> tuple[str, list[Any]]:
    """The SQL text with `$n` and its arguments, in order; IN lists are written out.

    Compiling costs more than most reads: a statement of the same shape is compiled once, as SQLAlchemy's own engine
    does it (its cache key has no public name), and its values are taken from the statement at hand.
    """
    key = statement._generate_cache_key()
    compiled: Any = _compiled.get(key.key) if key else None
    if compiled is None:
        compiled = statement.compile(dialect=DIALECT, cache_key=key)
        if key:
            _compiled[key.key] = compiled
    values = compiled.construct_params(extracted_parameters=key.bindparams if key else None)
    written = compiled.construct_expanded_state(values)
    named = {**values, **written.additional_parameters}
    return written.statement, [named[name] for name in written.positiontup or ()]


@lru_cache(maxsize=256)
def sql_type(column_type: TypeEngine[Any]) -> str:
    """The PostgreSQL name of a column's type, for casts."""
    return column_type.compile(dialect=DIALECT)


async def prepare_connection(connection: Any) -> None:
    """Make every new connection read and write jsonb as Python values."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
        format="text",
    )
