"""How often an address may knock: counted in Redis, so that all processes count together.

What Redis holds may vanish at any time. Without Redis each process counts in its own memory, with the same limits: the
hotline must not stand still because a cache is away, and nobody gets unlimited tries (the lock of an account after
five wrong passwords is in PostgreSQL and does not depend on this).
"""

from time import monotonic

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from shared.vocabulary.errors import Refusal

LOGINS_PER_MINUTE = 60
"""From one address: a whole office signs in through one at the beginning of a shift."""
LOOK_UPS_PER_MINUTE = 10
RETRY_REDIS_S = 10.0
REDIS_TIMEOUT_S = 0.25
log = structlog.get_logger("workbench.throttle")


class TooManyRequests(Refusal):
    """The address asked more often than a person would."""

    status = 429
    code = "too_many_requests"
    zh = "操作过于频繁，请一分钟后再试；急用请拨打 12351。"
    en = "Too many requests. Wait a minute and try again, or call 12351."


class Throttle:
    """Counts per address and purpose; in memory while Redis is away."""

    def __init__(self, redis_url: str | None) -> None:
        self._memory = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = SlidingWindowCounterRateLimiter(_redis(redis_url)) if redis_url else None
        self._away_until = 0.0

    async def hit(self, purpose: str, address: str, per_minute: int) -> None:
        """One more; TooManyRequests beyond the limit."""
        if not await self._hit(RateLimitItemPerMinute(per_minute), purpose, address):
            raise TooManyRequests

    async def _hit(self, limit: RateLimitItemPerMinute, *key: str) -> bool:
        if self._shared and monotonic() >= self._away_until:
            try:
                return await self._shared.hit(limit, *key)
            except (RedisError, OSError, TimeoutError) as error:
                self._away_until = monotonic() + RETRY_REDIS_S
                log.warning("redis.away", error_type=type(error).__name__)
        return await self._memory.hit(limit, *key)


def _redis(url: str) -> RedisStorage:
    return RedisStorage(
        f"async+{url}",
        implementation="redispy",
        socket_timeout=REDIS_TIMEOUT_S,
        socket_connect_timeout=REDIS_TIMEOUT_S,
    )
