"""Who is looking at a case: for 45 seconds each time they say so. In Redis, or in this process while Redis is away."""

import json
from collections.abc import Mapping
from time import time
from typing import Any
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

EXPIRES_S = 45
REDIS_TIMEOUT_S = 0.25
RETRY_REDIS_S = 10.0
CASES_REMEMBERED_MAX = 2_000
GONE = "gone"
log = structlog.get_logger("workbench.presence")


class Presence:
    """Presence of people at cases; expendable."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis: Any = (
            Redis.from_url(
                redis_url,
                socket_timeout=REDIS_TIMEOUT_S,
                socket_connect_timeout=REDIS_TIMEOUT_S,
                decode_responses=True,
            )
            if redis_url
            else None
        )
        self._memory: dict[UUID, dict[str, str]] = {}
        self._away_until = 0.0

    async def tell(self, case_id: UUID, staff_id: UUID, state: str) -> bool:
        """`viewing`, `editing` or `gone`; whether anything changed for the others."""
        before = (await self.present(case_id)).get(staff_id)
        value = json.dumps([state, time()])
        if not await self._tell_redis(case_id, staff_id, state, value):
            here = self._memory.setdefault(case_id, {})
            if state == GONE:
                here.pop(str(staff_id), None)
            else:
                here[str(staff_id)] = value
            while len(self._memory) > CASES_REMEMBERED_MAX:
                self._memory.pop(next(iter(self._memory)))
        return (before or GONE) != state

    async def present(self, case_id: UUID) -> dict[UUID, str]:
        """Everybody who is there now, with what they do."""
        raw = await self._read_redis(case_id)
        return _alive(self._memory.get(case_id, {}) if raw is None else raw)

    async def _tell_redis(self, case_id: UUID, staff_id: UUID, state: str, value: str) -> bool:
        if self._redis is None or time() < self._away_until:
            return False
        key = f"presence:{case_id}"
        try:
            async with self._redis.pipeline(transaction=True) as pipe:
                if state == GONE:
                    pipe.hdel(key, str(staff_id))
                else:
                    pipe.hset(key, str(staff_id), value)
                pipe.expire(key, EXPIRES_S)
                await pipe.execute()
        except (RedisError, OSError, TimeoutError) as error:
            self._away(error)
            return False
        return True

    async def _read_redis(self, case_id: UUID) -> Mapping[str, str] | None:
        if self._redis is None or time() < self._away_until:
            return None
        try:
            found: Mapping[str, str] = await self._redis.hgetall(f"presence:{case_id}")
        except (RedisError, OSError, TimeoutError) as error:
            self._away(error)
            return None
        return found

    def _away(self, error: Exception) -> None:
        self._away_until = time() + RETRY_REDIS_S
        log.warning("redis.away", error_type=type(error).__name__)


def _alive(raw: Mapping[str, str]) -> dict[UUID, str]:
    limit = time() - EXPIRES_S
    parsed = {UUID(who): json.loads(value) for who, value in raw.items()}
    return {who: state for who, (state, at) in parsed.items() if at > limit}
