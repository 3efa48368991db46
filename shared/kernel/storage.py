"""The connection pool, and PostgreSQL's errors in the system's own words."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

import asyncpg

from shared.kernel.sql import prepare_connection
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


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that goes back to the pool as it is: nothing here sets anything for a session.

    asyncpg would clean up after each use with a statement of its own, which costs as much as a read.
    """

    def get_reset_query(self) -> str:
        """Nothing to clean up."""
        return ""


class Pool:
    """asyncpg's pool with our limits, and the signal that wakes the relay."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self.committed = asyncio.Event()

    @classmethod
    async def open(cls, url: str, *, name: str, size: int = POOL_CONNECTIONS) -> Self:
        """Connect; raises Unavailable when the database does not answer."""
        with translated({}):
            pool = await asyncpg.create_pool(
                url,
                min_size=2,
                max_size=size,
                command_timeout=COMMAND_TIMEOUT_S,
                timeout=ACQUIRE_TIMEOUT_S,
                statement_cache_size=STATEMENTS_CACHED,
                max_cached_statement_lifetime=0,
                max_inactive_connection_lifetime=0,
                init=prepare_connection,
                connection_class=_Connection,
                server_settings={**SERVER_SETTINGS, "application_name": name},
            )
        return cls(pool)

    async def acquire(self) -> Any:
        """A connection, within the time limit, else Unavailable."""
        with translated({}):
            if self._pool.get_idle_size():
                return await self._pool.acquire()
            return await self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S)

    async def release(self, connection: Any) -> None:
        """Give it back; a broken one is replaced by the pool."""
        await self._pool.release(connection)

    async def fetch(self, text: str, *args: Any) -> list[Any]:
        """Rows of one statement on any connection."""
        connection = await self.acquire()
        try:
            rows: list[Any] = await connection.fetch(text, *args)
            return rows
        finally:
            await self.release(connection)

    @property
    def in_use(self) -> int:
        """Connections that are working now."""
        return int(self._pool.get_size() - self._pool.get_idle_size())

    async def close(self) -> None:
        """Close within the command time-out, then cut."""
        try:
            await asyncio.wait_for(self._pool.close(), COMMAND_TIMEOUT_S)
        except TimeoutError:
            self._pool.terminate()


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
