"""The use-case transaction: load, decide, collect; everything is written as one statement at the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.sql.elements import ClauseElement

from shared.contracts.base import Event
from shared.contracts.registry import encode
from shared.kernel.clock import now
from shared.kernel.crypto import FieldCipher
from shared.kernel.envelope import Envelope
from shared.kernel.failpoint import failpoint
from shared.kernel.idempotency import Remembered, Request
from shared.kernel.rows import Deed, audit_entry, timer_row
from shared.kernel.sql import Prepared, render
from shared.kernel.storage import Pool, TryAgain, translated
from shared.kernel.tables import timer
from shared.kernel.writeset import WriteSet, table_of
from shared.vocabulary.errors import Refusal
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor

Answer = TypeVar("Answer", bound=BaseModel)
Record = Mapping[str, Any]


class Tx:
    """One unit of work. Reading happens at once, on one connection; writing is collected."""

    def __init__(
        self,
        pool: Pool,
        cipher: FieldCipher,
        *,
        actor: Actor,
        cause: Envelope | None = None,
        request: Request | None = None,
    ) -> None:
        self.now: datetime = now()
        self.actor = actor
        self.cause = cause
        self.cipher = cipher
        self.settings: Any = None  # the service's own, set by Database
        self.correlation_id: UUID = (
            cause.correlation_id if cause else request.correlation_id if request else new_id()
        )
        self.token: str | None = None
        self.answered: tuple[BaseModel, bytes] | None = None
        self._traceparent = request.traceparent if request else cause.traceparent if cause else None
        self.pool = pool
        self._connection: Any = None
        self._open: Any = None
        self._request = request
        self._remembered: Remembered | None = None
        self._writes = WriteSet()
        self._roots: dict[UUID, int] = {}
        self._updates: dict[UUID, tuple[Any, Mapping[str, Any], int]] = {}
        self._events: list[Event] = []
        self._refusals: dict[str, Refusal | TryAgain] = {}
        self._told = False

    # -- reading -----------------------------------------------------------------------------------

    async def all(self, statement: ClauseElement | Prepared, **values: Any) -> list[Record]:
        """Every row of a Core statement, or of a prepared one with these values."""
        connection = await self._begin()
        text, args = render(statement, values)
        with translated(self._refusals):
            rows: list[Record] = await connection.fetch(text, *args)
        return rows

    async def one(self, statement: ClauseElement | Prepared, **values: Any) -> Record | None:
        """The first row, or None."""
        return next(iter(await self.all(statement, **values)), None)

    async def scalar(self, statement: ClauseElement | Prepared, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = await self.one(statement, **values)
        return None if row is None else next(iter(row.values()))

    async def _begin(self) -> Any:
        if self._connection is None:
            self._connection = await self.pool.acquire()
            self._open = self._connection.transaction()
            with translated(self._refusals):
                await self._open.start()
        return self._connection

    # -- writing -----------------------------------------------------------------------------------

    def insert(self, row: Any, values: Mapping[str, Any]) -> None:
        """A new row; of an aggregate root (it has a `version`) its first facts are told in the same transaction."""
        table = table_of(row)
        if "version" in table.columns:
            self._root(values["id"], 0)
            self._writes.new_chains.add(values["id"])
            self._updates[values["id"]] = (table, values, 0)
        else:
            self._writes.insert(table, [values])

    def insert_many(self, row: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """New rows of a table that is not an aggregate root, all with the same columns."""
        self._writes.insert(table_of(row), rows)

    def update(self, row: Any, key: UUID, values: Mapping[str, Any], version: int) -> None:
        """Change an aggregate root as it was read at `version`; Conflict when somebody was faster."""
        self._root(key, version)
        self._updates[key] = (table_of(row), values, version)

    def change(self, row: Any, key: UUID | Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change exactly one row of a table that is not an aggregate root."""
        table = table_of(row)
        where = {"id": key} if isinstance(key, UUID) else key
        self._writes.update(table, where, values, f"missing:{table.name}")

    def upsert(self, row: Any, values: Mapping[str, Any], on: tuple[str, ...]) -> None:
        """Insert, or overwrite the other columns of the row that has the same `on`."""
        self._writes.upsert(table_of(row), [values], on)

    def upsert_many(self, row: Any, rows: Sequence[Mapping[str, Any]], on: tuple[str, ...]) -> None:
        """As `upsert`, for many rows with the same columns and different keys."""
        self._writes.upsert(table_of(row), rows, on)

    def delete(self, row: Any, key: UUID | Mapping[str, Any]) -> None:
        """Remove the rows with that key."""
        self._writes.delete(table_of(row), {"id": key} if isinstance(key, UUID) else key)

    def notify(self, channel: str, payload: str) -> None:
        """PostgreSQL tells who listens to the channel with this transaction's commit, or never."""
        self._writes.notify(channel, payload)

    def emit(self, event: Event) -> None:
        """Tell a fact about a root that this transaction inserts or updates."""
        self._events.append(event)

    def tell_raw(self, topic: str, about: UUID, name: str, body: bytes) -> None:
        """Tell a fact of the kernel itself, once for ever per `about`; for undecodable records only."""
        self._writes.events.append(self._row(topic, about, 1, name, 1, body))

    def because(self, cause: Envelope) -> None:
        """What follows is the effect of that event, done in the name of who caused it."""
        self.cause = cause
        self.correlation_id = cause.correlation_id
        self._traceparent = cause.traceparent
        self.actor = Actor(cause.actor_id, self.actor.roles, self.actor.org)

    def audit(
        self,
        action: str,
        kind: str,
        object_id: UUID,
        *,
        before: object = None,
        after: object = None,
        why: str | None = None,
    ) -> None:
        """Record who did what to which object, in the object's hash chain."""
        what = Deed(action, kind, object_id, before, after, why)
        self._writes.audits.append(audit_entry(what, self.actor, self.correlation_id, self.now))

    def timer(self, kind: str, owner: UUID, due_at: datetime, occurrence: str = "") -> None:
        """Wake `kind` for `owner` at `due_at`; setting the same occurrence again moves it."""
        values = timer_row(kind, owner, due_at, occurrence)
        self._writes.upsert(timer, [values], ("owner", "kind", "occurrence"))

    def cancel_timer(self, kind: str, owner: UUID, occurrence: str | None = None) -> None:
        """The timer (or every occurrence of it) will not fire; one that fires now wins by the row lock."""
        which = {} if occurrence is None else {"occurrence": occurrence}
        self._writes.delete(timer, {"owner": owner, "kind": kind, **which})

    def on_duplicate(self, constraint: str, refusal: Refusal | TryAgain) -> None:
        """When the unique constraint of that name is hit, this is what the caller is told, or the work is done again."""
        self._refusals[constraint] = refusal

    def answer(self, model: Answer, status: int | None = None) -> Answer:
        """Remember the response under the command's idempotency key; it is stored with the effect."""
        if self._request is not None:
            body = model.model_dump_json().encode()
            self.answered = (model, body)
            self._remembered = Remembered(status or self._request.status, body)
        return model

    def _root(self, key: UUID, version: int) -> None:
        if key in self._roots:
            raise RuntimeError("an aggregate root is written twice in one transaction")
        self._roots[key] = version

    # -- the end -----------------------------------------------------------------------------------

    def _collect(self) -> None:
        """Number the facts, give the roots their new versions, add the idempotency row."""
        told = dict.fromkeys(self._roots, 0)
        for fact in self._events:
            about = fact.aggregate_id
            if about not in told:
                raise RuntimeError(f"{fact.name} is about a root this transaction does not write")
            told[about] += 1
            self._writes.events.append(self._event_row(fact, self._roots[about] + told[about]))
        for key, (table, values, version) in self._updates.items():
            if not told[key]:
                raise RuntimeError(f"{table.fullname} changes without telling a fact")
            new = {**values, "version": version + told[key]}
            if version == 0:
                self._writes.insert(table, [new])
            else:
                where = {"id": key, "version": version}
                self._writes.update(table, where, new, f"stale:{table.name}")
        if self._roots:
            key = next(iter(self._roots))
            self.token = f"{key}@{self._roots[key] + told[key]}"
        if self._request is not None and self._remembered is not None:
            self._request.remember(self._writes, self.actor, self._remembered, self.token, self.now)
        self._events, self._updates, self._roots, self._remembered = [], {}, {}, None
        self._told = self._told or bool(self._writes.events)

    def _event_row(self, fact: Event, version: int) -> tuple[Any, ...]:
        body = None if fact.tombstone else encode(fact)
        return self._row(fact.topic, fact.aggregate_id, version, fact.name, fact.version, body)

    def _row(
        self, topic: str, about: UUID, number: int, name: str, version: int, body: bytes | None
    ) -> tuple[Any, ...]:
        return (
            new_id(),
            topic,
            about,
            number,
            name,
            version,
            body,
            self.correlation_id,
            self.cause.id if self.cause else None,
            self.actor.id,
            self._traceparent,
            self.now,
        )

    async def flush(self) -> None:
        """Send what was collected now, inside the open transaction (consumers do, between two events)."""
        self._collect()
        if self._writes:
            await self._send(await self._begin())

    def statement(self) -> tuple[str, list[Any]]:
        """The one statement that writes what was collected, and its arguments; nothing is collected after it."""
        self._collect()
        writes, self._writes = self._writes, WriteSet()
        return writes.statement()

    async def _send(self, connection: Any) -> None:
        text, args = self.statement()
        with translated(self._refusals):
            await connection.fetch(text, *args)

    async def commit(self) -> None:
        """Write and commit; a transaction that read nothing needs no BEGIN: its one statement is atomic."""
        self._collect()
        if self._writes:
            await self._write()
        failpoint("transaction.before_commit")
        if self._open is not None:
            with translated(self._refusals):
                await self._open.commit()
            self._open = None
        failpoint("transaction.after_commit")
        if self._told:
            self.pool.told.set()

    async def _write(self) -> None:
        """Send what was collected: by itself where something was read, else in company."""
        kind = self._writes.kind() if self._connection is None else None
        if kind is not None:
            writes, self._writes = self._writes, WriteSet()
            with translated(self._refusals):
                await self.pool.group.write(kind, writes)
            return
        if self._connection is None:
            self._connection = await self.pool.acquire()
        await self._send(self._connection)

    async def close(self) -> None:
        """Roll back what is still open and give the connection back."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            if self._open is not None and not connection.is_closed():
                await self._open.rollback()
        finally:
            await self.pool.release(connection)
