"""SQLAlchemy writes the SQL, asyncpg runs it: Core statements become text and positional arguments."""

from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import TypeEngine

DIALECT: Any = asyncpg_dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


def render(statement: ClauseElement) -> tuple[str, list[Any]]:
    """The SQL text with `$n` and its arguments, in order; IN lists are written out."""
    compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)  # noqa: S101 - narrows the type for mypy
    values = compiled.params
    return compiled.string, [values[name] for name in compiled.positiontup or ()]


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
