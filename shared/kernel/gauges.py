"""What is measured by looking, not by counting: the outbox, parked keys, connections at work, the event loop."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from shared.kernel import metrics
from shared.kernel.outbox import backlog
from shared.kernel.storage import Pool

LOOK_S: Final = 5.0
_PARKED = (
    "SELECT count(DISTINCT aggregate_id) AS keys FROM kernel.parked"
    " WHERE state IN ('head', 'behind', 'dead')"
)


def watching(service: str, pool: Pool) -> Callable[[], Awaitable[None]]:
    """Background work that keeps the gauges of a process fresh, for the supervisor to keep."""

    async def watch() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(metrics.sample_loop_lag())
            tasks.create_task(_look_again(service, pool))

    return watch


async def _look_again(service: str, pool: Pool) -> None:
    while True:
        await look(service, pool)
        await asyncio.sleep(LOOK_S)


async def look(service: str, pool: Pool) -> None:
    """Set every gauge to what is the case now."""
    metrics.pool_in_use(service, pool.in_use)
    waiting = await backlog(pool)
    metrics.backlog(
        service, rows=waiting["rows"], poisoned=waiting["poisoned"], age_s=waiting["age_s"]
    )
    metrics.parked_keys(service, (await pool.fetch(_PARKED))[0]["keys"])
