"""How many messages a second the provider takes from us: counted in Redis, so that all processes count together.

What Redis holds may vanish at any time. Without it each process keeps to the limit by itself.
"""

from time import monotonic

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

MESSAGES_PER_SECOND_MAX = 50
RETRY_REDIS_S = 10.0
REDIS_TIMEOUT_S = 0.25
_LIMIT = RateLimitItemPerSecond(MESSAGES_PER_SECOND_MAX)
log = structlog.get_logger("notify.throttle")


class Throttle:
    """The room that is left in this second; in memory while Redis is away."""

    def __init__(self, redis_url: str | None) -> None:
        self._memory = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self._away_until = 0.0

    async def room(self, provider: str) -> int:
        """How many messages may leave now."""
        if self._shared and monotonic() >= self._away_until:
            try:
                return (await self._shared.get_window_stats(_LIMIT, provider)).remaining
            except (RedisError, OSError, TimeoutError) as error:
                self._redis_away(error)
        return (await self._memory.get_window_stats(_LIMIT, provider)).remaining

    async def took(self, provider: str, messages: int) -> None:
        """So many are leaving."""
        if not messages:
            return
        if self._shared and monotonic() >= self._away_until:
            try:
                await self._shared.hit(_LIMIT, provider, cost=messages)
            except (RedisError, OSError, TimeoutError) as error:
                self._redis_away(error)
            else:
                return
        await self._memory.hit(_LIMIT, provider, cost=messages)

    def _redis_away(self, error: Exception) -> None:
        self._away_until = monotonic() + RETRY_REDIS_S
        log.warning("redis.away", error_type=type(error).__name__)


def _redis(url: str) -> RedisStorage:
    return RedisStorage(
        f"async+{url}",
        implementation="redispy",
        socket_timeout=REDIS_TIMEOUT_S,
        socket_connect_timeout=REDIS_TIMEOUT_S,
    )
