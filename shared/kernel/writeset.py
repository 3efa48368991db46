"""What a transaction wants to write, collected; then sent as ONE statement compiled once per shape.

Measured on the way here: the ORM's unit of work costs 10 to 20 times as much on the create path. The version checks
are part of the statement and abort it (`kernel.expect`), so nothing can be checked too late. Every name in the text
comes from table metadata, every value is an argument.
"""

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, Table
from sqlalchemy.dialects.postgresql import JSONB

from shared.kernel.tables import audit
from shared.kernel.writeset_sql import compile_shape

WRITES_PER_TRANSACTION_MAX = 400
"""Operations (not rows) of one transaction; more means that a use case wants a batch of its own."""


class TableRow(Protocol):
    """A SQLModel class with `table=True`."""

    __table__: Any


def table_of(row: Any) -> Table:
    """The SQLAlchemy table behind a SQLModel class (or the table itself)."""
    return row if isinstance(row, Table) else row.__table__


@dataclass(slots=True)
class Write:
    """One operation: what is written is in `args`; how, in `shape` (hashable, the key of the compiled text)."""

    shape: tuple[Any, ...]
    args: list[Any]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of an object's audit chain, before it is hashed."""

    chain: UUID
    content: str
    row: tuple[Any, ...]  # at, actor_id, action, kind


@dataclass(slots=True)
class WriteSet:
    """The operations of one transaction, in order."""

    writes: list[Write] = field(default_factory=list)
    touched: set[tuple[str, Any]] = field(default_factory=set)
    audits: list[AuditEntry] = field(default_factory=list)
    new_chains: set[UUID] = field(default_factory=set)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    links: list[tuple[Any, ...]] = field(default_factory=list)
    """First links of new chains, hashed, as rows of the audit table."""

    def __bool__(self) -> bool:
        return bool(self.writes or self.audits or self.events)

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """New rows; all with the same columns."""
        if rows:
            self._rows("insert", table, rows, ())

    def upsert(self, table: Table, rows: Sequence[Mapping[str, Any]], on: tuple[str, ...]) -> None:
        """New rows, or the other columns overwritten where `on` is already there."""
        if rows:
            self._rows("upsert", table, rows, on)

    def _rows(
        self, how: str, table: Table, rows: Sequence[Mapping[str, Any]], on: tuple[str, ...]
    ) -> None:
        columns = tuple(rows[0])
        many = len(rows) > 1
        if many:
            json = _json_columns(table, columns)
            args: list[Any] = [
                [_json(row[column]) if n in json else row[column] for row in rows]
                for n, column in enumerate(columns)
            ]
        else:
            args = [rows[0][column] for column in columns]
        self._add(Write((how, table, columns, many, on), args))

    def update(
        self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any], what: str
    ) -> None:
        """Exactly one row changes, or the whole statement fails with `what`."""
        identity = (table.fullname, tuple(key.get(column.name) for column in table.primary_key))
        if identity in self.touched:
            raise RuntimeError(f"{table.fullname} is written twice in one transaction")
        self.touched.add(identity)
        self._add(
            Write(
                ("update", table, tuple(key), tuple(values), what),
                [*values.values(), *key.values()],
            )
        )

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        """Rows with that key leave; none is fine."""
        self._add(Write(("delete", table, tuple(key)), list(key.values())))

    def notify(self, channel: str, payload: str) -> None:
        """PostgreSQL tells who listens to the channel with the commit, or never."""
        self._add(Write(("notify",), [channel, payload]))

    def _add(self, write: Write) -> None:
        if len(self.writes) >= WRITES_PER_TRANSACTION_MAX:
            raise RuntimeError("too many writes in one transaction: make a batch of it")
        self.writes.append(write)

    def statement(self) -> tuple[str, list[Any]]:
        """The one statement and its arguments."""
        shape: list[Any] = [write.shape for write in self.writes]
        args: list[Any] = [arg for write in self.writes for arg in write.args]
        previous: dict[UUID, int] = {}
        self._link()
        if self.links:
            many = len(self.links) > 1
            shape.append(("insert", audit, LINK_COLUMNS, many, ()))
            args += _columns(self.links) if many else self.links[0]
        for entry in self.audits:
            shape.append(("audit", previous.get(entry.chain)))
            previous[entry.chain] = len(shape) - 1
            args += [entry.chain, *entry.row, entry.content]
        if self.events:
            shape.append(("event", len(self.events) > 1))
            args += list(self.events[0]) if len(self.events) == 1 else _columns(self.events)
        key = tuple(shape)
        text = _compiled.get(key)
        if text is None:
            if len(_compiled) >= COMPILED_MAX:
                _compiled.clear()
            text = _compiled[key] = compile_shape(key)
        return text, args

    def _link(self) -> None:
        """Hash the links of chains that begin here; the others are linked by the database."""
        heads: dict[UUID, tuple[int, bytes]] = {}
        later = []
        for entry in self.audits:
            if entry.chain not in self.new_chains:
                later.append(entry)
                continue
            seq, head = heads.get(entry.chain, (0, b""))
            digest = chain_hash(head, seq + 1, entry.content)
            heads[entry.chain] = (seq + 1, digest)
            self.links.append((entry.chain, seq + 1, *entry.row, entry.content, digest))
        self.audits = later

    def kind(self) -> Hashable | None:
        """What write sets have in common that can be one statement; None when this one must stand alone."""
        self._link()
        if self.audits or not all(_is_shareable(write.shape) for write in self.writes):
            return None
        shapes = tuple((*write.shape[:3], write.shape[4]) for write in self.writes)
        return shapes, bool(self.links), bool(self.events)

    @classmethod
    def merged(cls, sets: Sequence["WriteSet"]) -> "WriteSet":
        """One write set of several of the same kind."""
        made = cls()
        for same in zip(*(one.writes for one in sets), strict=True):
            how, table, columns, _, on = same[0].shape
            parts = [_as_many(write) for write in same]
            args = [[value for part in parts for value in part[n]] for n in range(len(columns))]
            made.writes.append(Write((how, table, columns, True, on), args))
        made.links = [row for one in sets for row in one.links]
        made.events = [row for one in sets for row in one.events]
        return made


@lru_cache(maxsize=1_000)
def _is_shareable(shape: tuple[Any, ...]) -> bool:
    """Inserts only; and no arrays, which would become one array of two dimensions."""
    if shape[0] not in ("insert", "upsert"):
        return False
    _, table, columns = shape[:3]
    return not any(isinstance(table.columns[column].type, ARRAY) for column in columns)


def _as_many(write: Write) -> list[list[Any]]:
    """The columns of an insert of one row or many."""
    _, table, columns, many, _ = write.shape
    if many:
        return write.args
    json = _json_columns(table, columns)
    return [[_json(arg) if n in json else arg] for n, arg in enumerate(write.args)]


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    return [list(column) for column in zip(*rows, strict=True)]


@lru_cache(maxsize=1_000)
def _json_columns(table: Table, columns: tuple[str, ...]) -> frozenset[int]:
    """Which of the columns hold JSON; it goes as text: lists in a list would be taken for an array of two dimensions."""
    return frozenset(
        n for n, column in enumerate(columns) if isinstance(table.columns[column].type, JSONB)
    )


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


COMPILED_MAX = 2_000
"""Shapes kept; a use case has a handful."""
_compiled: dict[tuple[Any, ...], str] = {}
LINK_COLUMNS = ("chain", "seq", "at", "actor_id", "action", "kind", "content", "hash")


def chain_hash(previous: bytes, seq: int, content: str) -> bytes:
    """One link: SHA-256 over the previous hash, the number of the link and its canonical content."""
    return hashlib.sha256(previous + f"{seq}".encode() + content.encode()).digest()
