"""How often an address may knock: counted in Redis, so that all processes count together.

What Redis holds may vanish at any time. Without Redis each process counts in its own memory, with the same limits: the
hotline must not stand still because a cache is away, and nobody gets unlimited tries (the lock of an account after
five wrong passwords is in PostgreSQL and does not depend on this).
"""

from collections.abc import Callable
from time import time

from shared.kernel.valkey import Away, Valkey
from shared.vocabulary.errors import Refusal

WINDOW_S = 60
LOGINS_PER_MINUTE = 60
"""From one address: a whole office signs in through one at the beginning of a shift."""
LOOK_UPS_PER_MINUTE = 10
KEYS_REMEMBERED_MAX = 20_000


class TooManyRequests(Refusal):
    """The address asked more often than a person would."""

    status = 429
    code = "too_many_requests"
    zh = "操作过于频繁，请一分钟后再试；急用请拨打 12351。"
    en = "Too many requests. Wait a minute and try again, or call 12351."


class Throttle:
    """Counts per address and purpose over a sliding minute; in memory while Redis is away."""

    def __init__(self, valkey: Valkey | None, clock: Callable[[], float] = time) -> None:
        self._valkey = valkey
        self._clock = clock
        self._memory: dict[str, int] = {}

    async def hit(self, purpose: str, address: str, per_minute: int) -> None:
        """One more; TooManyRequests beyond the limit."""
        window, passed = divmod(self._clock(), WINDOW_S)
        names = [f"throttle:{purpose}:{address}:{int(window) - ago}" for ago in (0, 1)]
        here, before = await self._count(*names)
        if here + before * (1 - passed / WINDOW_S) > per_minute:
            raise TooManyRequests

    async def _count(self, here: str, before: str) -> tuple[int, int]:
        """This minute's hits, this one included, and those of the minute before."""
        if self._valkey is not None:
            try:
                count, _, previous = await self._valkey.run(
                    ("INCR", here), ("EXPIRE", here, 2 * WINDOW_S), ("GET", before)
                )
                return int(str(count)), int(str(previous or 0))
            except Away:
                pass
        if len(self._memory) > KEYS_REMEMBERED_MAX:
            self._memory.clear()
        self._memory[here] = self._memory.get(here, 0) + 1
        return self._memory[here], self._memory.get(before, 0)
