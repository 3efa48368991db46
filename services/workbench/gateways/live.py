"""What changed, as PostgreSQL tells it: every process hears every commit of the projection, in the same order.

The projection's transaction carries the notification, so that nobody hears of what was rolled back, and who refetches
finds the new state. (The house rule against NOTIFY is about the write path of commands; here it is one per batch, in a
database that a single consumer writes.) The last ten minutes are kept for browsers that come back.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import asyncpg
import structlog

from services.workbench.domain.change import CHANNEL, RESYNC, Change, unpacked

KEPT_S = 600.0
KEPT_MAX = 50_000
QUEUE_MAX = 1_000
"""Changes a slow browser may lag behind; beyond, it is told to fetch everything."""
Heard = tuple[str, Change] | None
"""An id and a change; None: fetch everything anew."""
log = structlog.get_logger("workbench.live")


class Live:
    """One listening connection for all browsers of this process."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._connection: Any = None
        self._lock = asyncio.Lock()
        self._kept: deque[tuple[float, str, Change]] = deque(maxlen=KEPT_MAX)
        self._queues: set[asyncio.Queue[Heard]] = set()

    async def ensure(self) -> None:
        """Listen, if not yet or not any more; what was missed meanwhile must be fetched."""
        async with self._lock:
            if self._connection is not None and not self._connection.is_closed():
                return
            was_listening = self._connection is not None
            self._connection = await asyncpg.connect(
                self._url, server_settings={"application_name": "workbench-live"}
            )
            await self._connection.add_listener(CHANNEL, self._hear)
            if was_listening:
                log.warning("live.reconnected")
                self._resync()

    async def close(self) -> None:
        """Stop listening."""
        if self._connection is not None:
            await self._connection.close(timeout=2)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Heard]]:
        """A queue of what happens from now on."""
        queue: asyncio.Queue[Heard] = asyncio.Queue(QUEUE_MAX)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def since(self, last_id: str) -> list[tuple[str, Change]] | None:
        """What happened after an id; None when that is longer ago than is kept."""
        kept = [(name, change) for _, name, change in self._kept]
        for place, (name, _) in enumerate(kept):
            if name == last_id:
                return kept[place + 1 :]
        return None

    @property
    def browsers(self) -> int:
        """Streams open in this process."""
        return len(self._queues)

    def _hear(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        text = str(payload)
        if text == RESYNC:
            self._resync()
            return
        limit = monotonic() - KEPT_S
        while self._kept and self._kept[0][0] < limit:
            self._kept.popleft()
        for change in unpacked(text):
            name = f"{change.at.timestamp():.6f}-{change.id}-{change.version}"
            self._kept.append((monotonic(), name, change))
            for queue in self._queues:
                _put(queue, (name, change))

    def _resync(self) -> None:
        self._kept.clear()
        for queue in self._queues:
            _empty(queue)
            queue.put_nowait(None)


def _put(queue: asyncio.Queue[Heard], heard: Heard) -> None:
    if queue.full():
        _empty(queue)
        heard = None
    queue.put_nowait(heard)


def _empty(queue: asyncio.Queue[Heard]) -> None:
    while not queue.empty():
        queue.get_nowait()
