"""rebuild: events per second into a read model that is built from empty, beside COPY of the same number of rows."""

from typing import Any

from deploy.bench.system import System


async def measure(system: System, repetitions: int) -> dict[str, Any]:
    """To be measured with the workbench's own rebuild."""
    raise NotImplementedError((system, repetitions))
