"""How many messages a second the provider takes from us: counted in Redis, so that all processes count together.

What Redis holds may vanish at any time. Without it each process keeps to the limit by itself.
"""

from time import monotonic, time

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

MESSAGES_PER_SECOND_MAX = 50
RETRY_REDIS_S = 10.0
REDIS_TIMEOUT_S = 0.25
KEPT_S = 5
log = structlog.get_logger("notify.throttle")


class Throttle:
    """The room that is left in this second."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis = _connect(redis_url) if redis_url else None
        self._away_until = 0.0
        self._own: dict[str, int] = {}

    async def room(self, provider: str) -> int:
        """How many messages may leave now."""
        key = _key(provider)
        taken = await self._count(key, 0)
        return max(0, MESSAGES_PER_SECOND_MAX - taken)

    async def took(self, provider: str, messages: int) -> None:
        """So many are leaving."""
        if messages:
            await self._count(_key(provider), messages)

    async def aclose(self) -> None:
        """Let go of the connection."""
        if self._redis is not None:
            await self._redis.aclose()

    async def _count(self, key: str, more: int) -> int:
        if self._redis is not None and monotonic() >= self._away_until:
            try:
                async with self._redis.pipeline() as pipe:
                    pipe.incrby(key, more)
                    pipe.expire(key, KEPT_S)
                    counted = await pipe.execute()
                return int(counted[0])
            except (RedisError, OSError, TimeoutError) as error:
                self._away_until = monotonic() + RETRY_REDIS_S
                log.warning("redis.away", error_type=type(error).__name__)
        self._own = {key: self._own.get(key, 0) + more}
        return self._own[key]


def _key(provider: str) -> str:
    """One counter for each second, by the clock of the machine."""
    return f"notify:{provider}:{int(time())}"


def _connect(url: str) -> Redis:
    return Redis.from_url(
        url, socket_timeout=REDIS_TIMEOUT_S, socket_connect_timeout=REDIS_TIMEOUT_S
    )
