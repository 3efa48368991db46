"""SQLAlchemy writes the SQL, asyncpg runs it: Core statements become text and positional arguments."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ARRAY, BindParameter, ColumnElement, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import cloned_traverse
from sqlalchemy.types import TypeEngine
from sqlalchemy.util import LRUCache

DIALECT: Any = asyncpg_dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
STATEMENTS_COMPILED_MAX = 2_000
"""Shapes of statements kept; the least used leaves."""

_compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS_COMPILED_MAX)


def render(
    statement: "ClauseElement | Prepared", values: Mapping[str, Any] | None = None
) -> tuple[str, list[Any]]:
    """The SQL text with `$n` and its arguments, in order; IN lists are written out. `values`: of a prepared statement.

    Compiling costs more than most reads: a statement of the same shape is compiled once, as SQLAlchemy's own engine
    does it (its cache key has no public name), and its values are taken from the statement at hand.
    """
    if isinstance(statement, Prepared):
        return statement.render(values or {})
    key = statement._generate_cache_key()
    compiled: Any = _compiled.get(key.key) if key else None
    if compiled is None:
        compiled = statement.compile(dialect=DIALECT, cache_key=key)
        if key:
            _compiled[key.key] = compiled
    params = compiled.construct_params(extracted_parameters=key.bindparams if key else None)
    written = compiled.construct_expanded_state(params)
    named = {**params, **written.additional_parameters}
    return written.statement, [named[name] for name in written.positiontup or ()]


class Prepared:
    """A statement of a hot path, written once where the module is loaded; its values come by name (`bindparam`).

    Building a statement anew for each read costs more than sending it. Constants stand in the text, so that PostgreSQL
    can plan it once for all values, partial indexes included, instead of again at each call.
    """

    __slots__ = ("_names", "_statement", "_text")

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._text = ""
        self._names: tuple[str, ...] = ()

    def render(self, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The SQL text and its arguments in order; KeyError for a value that is missing."""
        if not self._text:
            self._compile()
        return self._text, [values[name] for name in self._names]

    def _compile(self) -> None:
        written = cloned_traverse(self._statement, {}, {"bindparam": _write_out})
        compiled: Any = written.compile(dialect=DIALECT)
        unknown = {name: None for name, bind in compiled.binds.items() if bind.required}
        state = compiled.construct_expanded_state(unknown)
        self._text, self._names = state.statement, tuple(state.positiontup or ())


def _write_out(bind: BindParameter[Any]) -> None:
    if not bind.required:
        bind.literal_execute = True


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column is one of the values given as the list `name`.

    The list is handed over as a subquery: PostgreSQL does not look at its length, else it would plan each call anew.
    """
    wanted = ARRAY(column.type)
    given = select(bindparam(name, type_=wanted)).scalar_subquery()
    return column == func.any(cast(given, wanted))


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
