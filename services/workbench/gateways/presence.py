"""Who is looking at a case: for 45 seconds each time they say so. In Redis, or in this process while Redis is away."""

import json
from collections.abc import Mapping
from time import time
from uuid import UUID

from shared.kernel.valkey import Away, Valkey

EXPIRES_S = 45
CASES_REMEMBERED_MAX = 2_000
GONE = "gone"


class Presence:
    """Presence of people at cases; expendable."""

    def __init__(self, valkey: Valkey | None) -> None:
        self._valkey = valkey
        self._memory: dict[UUID, dict[str, str]] = {}

    async def tell(self, case_id: UUID, staff_id: UUID, state: str) -> bool:
        """`viewing`, `editing` or `gone`; whether anything changed for the others."""
        before = (await self.present(case_id)).get(staff_id, GONE)
        value = json.dumps([state, time()])
        key, who = f"presence:{case_id}", str(staff_id)
        change = ("HDEL", key, who) if state == GONE else ("HSET", key, who, value)
        try:
            if self._valkey is None:
                raise Away
            await self._valkey.run(change, ("EXPIRE", key, EXPIRES_S))
        except Away:
            self._remember(case_id, who, None if state == GONE else value)
        return before != state

    async def present(self, case_id: UUID) -> dict[UUID, str]:
        """Everybody who is there now, with what they do."""
        try:
            if self._valkey is None:
                raise Away
            [flat] = await self._valkey.run(("HGETALL", f"presence:{case_id}"))
            found = [str(one) for one in flat] if isinstance(flat, list) else []
            return _alive(dict(zip(found[::2], found[1::2], strict=True)))
        except Away:
            return _alive(self._memory.get(case_id, {}))

    def _remember(self, case_id: UUID, who: str, value: str | None) -> None:
        here = self._memory.setdefault(case_id, {})
        if value is None:
            here.pop(who, None)
        else:
            here[who] = value
        while len(self._memory) > CASES_REMEMBERED_MAX:
            self._memory.pop(next(iter(self._memory)))


def _alive(raw: Mapping[str, str]) -> dict[UUID, str]:
    limit = time() - EXPIRES_S
    parsed = {UUID(who): json.loads(value) for who, value in raw.items()}
    return {who: state for who, (state, at) in parsed.items() if at > limit}
