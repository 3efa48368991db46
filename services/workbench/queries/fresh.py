"""Read your writes: a read that names what was just written waits until the read model has it, or says that it has not."""

import asyncio
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from shared.kernel.context import Context

WAIT_MAX_S: Final = 2.0
LOOK_S: Final = 0.02
BEHIND: Final = "Read-Model-Behind"
_SEEN = """
SELECT coalesce(greatest(
    (SELECT version FROM kernel.watermark WHERE aggregate_id = $1),
    (SELECT max(aggregate_version) FROM kernel.event WHERE aggregate_id = $1)), 0) AS version
"""
"""What others told and was applied here, or what the workbench told itself."""


async def caught_up(
    http: Request,
    response: Response,
    after: Annotated[str | None, Query(max_length=60, description="A consistency token")] = None,
) -> None:
    """Wait for the token, two seconds at most; then answer anyway with the header `Read-Model-Behind: true`."""
    wanted = _read(after)
    if wanted is None:
        return
    context: Context = http.app.state.context
    loop = asyncio.get_running_loop()
    until = loop.time() + WAIT_MAX_S
    while not await _has(context, *wanted):
        if loop.time() > until:
            response.headers[BEHIND] = "true"
            return
        await asyncio.sleep(LOOK_S)


async def _has(context: Context, aggregate_id: UUID, version: int) -> bool:
    [row] = await context.db.pool.fetch(_SEEN, aggregate_id)
    return bool(row["version"] >= version)


def _read(token: str | None) -> tuple[UUID, int] | None:
    """A token that is none of ours is ignored: the read is as good without it."""
    about, _, version = (token or "").partition("@")
    try:
        return UUID(about), int(version)
    except ValueError:
        return None
