"""How many messages a second the provider takes from us: counted in Redis, so that all processes count together.

What Redis holds may vanish at any time. Without it each process keeps to the limit by itself.
"""

from time import time

from shared.kernel.valkey import Away, Valkey

MESSAGES_PER_SECOND_MAX = 50
KEPT_S = 5


class Throttle:
    """The room that is left in this second."""

    def __init__(self, redis_url: str | None) -> None:
        self._valkey = Valkey(redis_url) if redis_url else None
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
        if self._valkey is not None:
            await self._valkey.close()

    async def _count(self, key: str, more: int) -> int:
        if self._valkey is not None:
            try:
                counted, _ = await self._valkey.run(("INCRBY", key, more), ("EXPIRE", key, KEPT_S))
                return int(str(counted))
            except Away:
                pass
        self._own = {key: self._own.get(key, 0) + more}
        return self._own[key]


def _key(provider: str) -> str:
    """One counter for each second, by the clock of the machine."""
    return f"notify:{provider}:{int(time())}"
