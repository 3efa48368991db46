"""The text of a write set's statement: one data-modifying CTE for each operation, compiled once per shape.

Every name in the text comes from table metadata, every value is an argument.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table

from shared.kernel.sql import sql_type
from shared.kernel.tables import audit, event, outbox

EVENT_COLUMNS = tuple(column.name for column in event.columns if column.name != "id")
_AUDIT = "at, actor_id, action, kind, content"


class _Numbers:
    """Hands out `$1::type`, `$2::type` …"""

    def __init__(self) -> None:
        self.last = 0

    def take(self, sql: str, *, array: bool = False) -> str:
        self.last += 1
        return f"${self.last}::{sql}{'[]' if array else ''}"


def compile_shape(shape: tuple[Any, ...]) -> str:
    """The statement of a shape (see `Write`): its operations in order, then the checks that abort all of them."""
    numbers = _Numbers()
    parts: list[str] = []
    checks: list[str] = []
    for n, op in enumerate(shape):
        if op[0] == "notify":
            checks.append(f"pg_notify({numbers.take('text')}, {numbers.take('text')})")
            continue
        parts.append(f"w{n} AS ({_OPERATIONS[op[0]](numbers, op)})")
        if op[0] == "update":
            checks.append(f"kernel.expect((SELECT count(*) FROM w{n}), 1, '{op[4]}')")
        if op[0] == "event":
            parts.append(
                f"sent AS (INSERT INTO {outbox.fullname} (id, aggregate_id)"
                f" SELECT id, aggregate_id FROM w{n} ORDER BY id)"
            )
    written = f"WITH {', '.join(parts)} " if parts else ""
    return f"{written}SELECT {', '.join(checks) or '1'}"


def _values(numbers: _Numbers, table: Table, columns: Sequence[str], many: bool) -> str:
    casts = [numbers.take(sql_type(table.columns[column].type), array=many) for column in columns]
    if many:
        casts = [cast.replace("::JSONB[]", "::TEXT[]::JSONB[]") for cast in casts]
    listed = ", ".join(casts)
    return f"SELECT * FROM unnest({listed})" if many else f"VALUES ({listed})"


def _insert(numbers: _Numbers, op: tuple[Any, ...]) -> str:
    _, table, columns, many, _ = op
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table.fullname} ({quoted}) {_values(numbers, table, columns, many)}"


def _upsert(numbers: _Numbers, op: tuple[Any, ...]) -> str:
    columns, on = op[2], op[4]
    overwritten = ", ".join(
        f'"{column}" = excluded."{column}"' for column in columns if column not in on
    )
    act = f"DO UPDATE SET {overwritten}" if overwritten else "DO NOTHING"
    quoted = ", ".join(f'"{column}"' for column in on)
    return f"{_insert(numbers, op)} ON CONFLICT ({quoted}) {act}"


def _update(numbers: _Numbers, op: tuple[Any, ...]) -> str:
    _, table, keys, columns, _ = op
    changes = ", ".join(
        f'"{column}" = {numbers.take(sql_type(table.columns[column].type))}' for column in columns
    )
    where = " AND ".join(
        f'"{column}" = {numbers.take(sql_type(table.columns[column].type))}' for column in keys
    )
    return f"UPDATE {table.fullname} SET {changes} WHERE {where} RETURNING 1"


def _delete(numbers: _Numbers, op: tuple[Any, ...]) -> str:
    _, table, keys = op
    where = " AND ".join(
        f'"{column}" = {numbers.take(sql_type(table.columns[column].type))}' for column in keys
    )
    return f"DELETE FROM {table.fullname} WHERE {where}"


def _event(numbers: _Numbers, op: tuple[Any, ...]) -> str:
    many = op[1]
    rows = _values(numbers, event, EVENT_COLUMNS, many)
    return (
        f"INSERT INTO {event.fullname} ({', '.join(EVENT_COLUMNS)}) {rows}"
        " RETURNING id, aggregate_id"
    )


def _audit(numbers: _Numbers, op: tuple[Any, ...]) -> str:
    chain = numbers.take("uuid")
    at, actor, action, kind, content = (
        numbers.take(sql) for sql in ("timestamptz", "uuid", "text", "text", "text")
    )
    head = (
        f"(SELECT seq, hash FROM {audit.fullname} WHERE chain = {chain} ORDER BY seq DESC LIMIT 1)"
        if op[1] is None
        else f"(SELECT seq, hash FROM w{op[1]})"
    )
    return (
        f"INSERT INTO {audit.fullname} (chain, seq, {_AUDIT}, hash)"
        f" SELECT {chain}, coalesce(p.seq, 0) + 1, {at}, {actor}, {action}, {kind}, {content},"
        f" sha256(coalesce(p.hash, ''::bytea) ||"
        f" convert_to((coalesce(p.seq, 0) + 1)::text || {content}, 'UTF8'))"
        f" FROM (SELECT 1) one LEFT JOIN {head} p ON true RETURNING seq, hash"
    )


_OPERATIONS = {
    "insert": _insert,
    "upsert": _upsert,
    "update": _update,
    "delete": _delete,
    "event": _event,
    "audit": _audit,
}
