"""The connection pool, and PostgreSQL's errors in the system's own words."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

import asyncpg

from shared.kernel.connections import Connections
from shared.kernel.group import Group
from shared.kernel.sql import prepare_connection
from shared.kernel.together import Together
from shared.vocabulary.errors import Conflict, NotFound, Unavailable

POOL_CONNECTIONS = 12
ACQUIRE_TIMEOUT_S = 5
COMMAND_TIMEOUT_S = 10
STATEMENTS_CACHED = 400
SERVER_SETTINGS = {
    "statement_timeout": "10000",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "30000",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15000",
    "timezone": "UTC",
    "jit": "off",
}

_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server died between two halves of a statement
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.DiskFullError,
    OSError,
    TimeoutError,
)


class KeyTaken(Exception):
    """The idempotency key is already stored: this command was done before."""


class TryAgain(Exception):
    """Deadlock, serialization failure or two links for one place of a chain: run the whole unit of work again."""


class Pool:
    """Our connections with our limits, and the signal that wakes the relay."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.told = asyncio.Event()
        self.group = Group(self.fetch)
        self._asked: dict[str, Together[tuple[Any, ...], Any]] = {}

    @classmethod
    async def open(cls, url: str, *, name: str, size: int = POOL_CONNECTIONS) -> Self:
        """Connect; raises Unavailable when the database does not answer."""

        async def connect() -> Any:
            connection = await asyncpg.connect(
                url,
                command_timeout=COMMAND_TIMEOUT_S,
                timeout=ACQUIRE_TIMEOUT_S,
                statement_cache_size=STATEMENTS_CACHED,
                max_cached_statement_lifetime=0,
                server_settings={**SERVER_SETTINGS, "application_name": name},
            )
            await prepare_connection(connection)
            return connection

        pool = cls(Connections(connect, size=size, patience_s=ACQUIRE_TIMEOUT_S))
        await pool.release(await pool.acquire())
        return pool

    async def acquire(self) -> Any:
        """A connection, within the time limit, else Unavailable."""
        with translated({}):
            return await self._connections.take()

    async def release(self, connection: Any) -> None:
        """Give it back; a broken one is replaced when the next is needed."""
        self._connections.give_back(connection)

    async def fetch(self, text: str, *args: Any) -> list[Any]:
        """Rows of one statement on any connection."""
        connection = await self.acquire()
        try:
            rows: list[Any] = await connection.fetch(text, *args)
            return rows
        finally:
            await self.release(connection)

    async def row_together(self, text: str, *args: Any) -> Any:
        """The row of one ask, read in one statement with those that ask the same at this moment.

        `text` (a constant of the source) takes each argument as an array and gives one row for each place, in order.
        """
        asked = self._asked.get(text)
        if asked is None:

            async def read(asks: Sequence[tuple[Any, ...]]) -> list[Any]:
                return await self.fetch(text, *map(list, zip(*asks, strict=True)))

            asked = self._asked[text] = Together(read)
        return await asked.do(args)

    @property
    def in_use(self) -> int:
        """Connections that are working now."""
        return self._connections.working

    async def close(self) -> None:
        """Close within the command time-out, then cut."""
        await self._connections.close(COMMAND_TIMEOUT_S)


@contextmanager
def translated(refusals: Mapping[str, Exception]) -> Iterator[None]:
    """Turn the database's errors into refusals, `KeyTaken`, `TryAgain` or Unavailable."""
    try:
        yield
    except (asyncpg.PostgresError, *_AWAY) as error:
        known = _meaning(error, refusals)
        if known is None:
            raise
        raise known from error


def _meaning(error: Exception, refusals: Mapping[str, Exception]) -> Exception | None:
    constraint = getattr(error, "constraint_name", None) or ""
    if constraint in refusals:
        return refusals[constraint]
    if constraint in _CONSTRAINTS:
        return _CONSTRAINTS[constraint]()
    if getattr(error, "sqlstate", "") == "P0409":
        what, _, which = str(error).partition(":")
        return Conflict() if what == "stale" else NotFound(which)
    for kinds, meaning in _MEANINGS:
        if isinstance(error, kinds):
            return meaning()
    return None


_CONSTRAINTS: dict[str, type[Exception]] = {"idempotency_pkey": KeyTaken, "audit_pkey": TryAgain}
_MEANINGS: tuple[tuple[tuple[type[Exception], ...], type[Exception]], ...] = (
    ((asyncpg.DeadlockDetectedError, asyncpg.SerializationError), TryAgain),
    ((asyncpg.LockNotAvailableError,), Conflict),
    (_AWAY, Unavailable),
)
