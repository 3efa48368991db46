"""memory: resident megabytes of each service while it idles, after a start with nothing to catch up on."""

import asyncio
from statistics import median
from typing import Any

from deploy.bench.system import System, cpu_s, rss_mb
from deploy.local.process import Running

IDLE_S = 8.0
QUIET_SHARE = 0.1
"""Of one core, over a second: below it a service has read its backlog."""
PATIENCE_S = 90
SERVICES = ("intake", "mediation", "welfare", "notify", "workbench")


async def measure(system: System) -> dict[str, Any]:
    """Let the five catch up with what earlier runs left, start them again, let them idle, look."""
    with system.running(*SERVICES) as started:
        await asyncio.gather(*(_quiet(one, PATIENCE_S) for one in started.values()))
    with system.running(*SERVICES) as started:
        await asyncio.sleep(IDLE_S)
        quiet = await asyncio.gather(*(_quiet(one, 1) for one in started.values()))
        seen = {name: round(rss_mb(one.pid), 1) for name, one in started.items()}
    return {
        "max_idle_mb": max(seen.values()),
        "median_idle_mb": round(median(seen.values()), 1),
        **seen,
        "not_idle": [name for name, is_quiet in zip(seen, quiet, strict=True) if not is_quiet],
    }


async def _quiet(one: Running, patience_s: int) -> bool:
    """Whether it comes to rest in that time."""
    for _ in range(patience_s):
        before = cpu_s(one.pid)
        await asyncio.sleep(1)
        if cpu_s(one.pid) - before < QUIET_SHARE:
            return True
    return False
