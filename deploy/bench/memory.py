"""memory: resident megabytes of each service while it idles."""

import asyncio
from typing import Any

from deploy.bench.system import System, rss_mb

IDLE_S = 8.0
SERVICES = ("intake", "mediation", "welfare", "notify", "workbench")


async def measure(system: System) -> dict[str, Any]:
    """Start the five, let them idle, look."""
    with system.running(*SERVICES) as started:
        await asyncio.sleep(IDLE_S)
        seen = {name: round(rss_mb(one.pid), 1) for name, one in started.items()}
    return {"max_idle_mb": max(seen.values()), **seen}
