"""A bounded set of PostgreSQL connections, handed out one piece of work at a time.

asyncpg's own pool starts a task, a shield and a clean-up for every use, which costs as much as a short read; nothing
here sets anything for a session, so a connection comes back as it was. A connection whose query was cancelled may be
handed out again at once: asyncpg lets the next query wait until the cancellation is through.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

Connect = Callable[[], Awaitable[Any]]


class Connections:
    """At most `size` connections made by `connect`; who finds none waits in line for `patience_s`."""

    def __init__(self, connect: Connect, *, size: int, patience_s: float) -> None:
        self._connect = connect
        self._size = size
        self._patience_s = patience_s
        self._idle: list[Any] = []
        self._working: set[Any] = set()
        self._opening = 0
        self._line: deque[asyncio.Future[Any]] = deque()
        self._closing = False
        self._all_back = asyncio.Event()

    @property
    def working(self) -> int:
        """Connections that are in somebody's hands."""
        return len(self._working)

    async def take(self) -> Any:
        """A connection; TimeoutError when none comes free in time, asyncpg's errors when none can be made."""
        if self._closing:
            raise asyncpg.InterfaceError("the connections are closed")
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                self._working.add(connection)
                return connection
        if len(self._working) + self._opening < self._size:
            return await self._open()
        return await self._wait()

    async def _open(self) -> Any:
        self._opening += 1
        try:
            connection = await self._connect()
        except BaseException:
            self._opening -= 1
            self._pass_on(None)
            raise
        self._opening -= 1
        self._working.add(connection)
        return connection

    async def _wait(self) -> Any:
        loop = asyncio.get_running_loop()
        place: asyncio.Future[Any] = loop.create_future()
        self._line.append(place)
        bell = loop.call_later(self._patience_s, _give_up, place)
        try:
            connection = await place
        except BaseException:
            if place.done() and not place.cancelled() and place.exception() is None:
                self.give_back(place.result())
            raise
        finally:
            bell.cancel()
        return connection or await self._open()

    def give_back(self, connection: Any) -> None:
        """For the next in line, or for later; one that broke, or was left in a transaction, is cut."""
        if connection is not None:
            self._working.discard(connection)
            if connection.is_closed() or self._closing or connection.is_in_transaction():
                connection.terminate()
                connection = None
        if not self._pass_on(connection) and connection is not None:
            self._idle.append(connection)
        if self._closing and not self._working:
            self._all_back.set()

    def _pass_on(self, connection: Any) -> bool:
        """Hand it (or the right to make one) to who waits longest."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                if connection is not None:
                    self._working.add(connection)
                place.set_result(connection)
                return True
        return False

    async def close(self, patience_s: float) -> None:
        """Close the idle ones, wait for the others, then cut what is left."""
        self._closing = True
        while self._line:
            _give_up(self._line.popleft())
        idle, self._idle = self._idle, []
        for connection in idle:
            await connection.close(timeout=patience_s)
        if self._working:
            try:
                async with asyncio.timeout(patience_s):
                    await self._all_back.wait()
            except TimeoutError:
                for connection in list(self._working):
                    connection.terminate()


def _give_up(place: "asyncio.Future[Any]") -> None:
    if not place.done():
        place.set_exception(TimeoutError("no connection came free"))
