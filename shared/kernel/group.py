"""Commands that end at the same moment share one statement, and so one commit.

Only write sets that insert are put together: a command that read inside its transaction, or updates what it read,
keeps a statement of its own.

A common statement is all or nothing. When PostgreSQL refuses it, nothing of it happened and each command is run by
itself, so that only the guilty one fails; two copies of one command thus meet the unique key of their idempotency row.
When the connection is lost nobody knows, and everybody is told so; the key settles it at the next try.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any

import asyncpg

from shared.kernel.failpoint import failpoint
from shared.kernel.together import Together
from shared.kernel.writeset import WriteSet

Run = Callable[..., Awaitable[Any]]
"""`run(text, *arguments)`."""


class Group:
    """Puts write sets together and has them run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._together: Together[WriteSet, None] = Together(self._write)

    async def write(self, kind: Hashable, writes: WriteSet) -> None:
        """Have it written, alone or together; raises what this write set by itself would have raised."""
        await self._together.do(writes, kind)

    async def _write(self, sets: Sequence[WriteSet]) -> list[BaseException | None]:
        """None for each that was written, else its error; raises what happened to all of them."""
        text, args = (sets[0] if len(sets) == 1 else WriteSet.merged(sets)).statement()
        failpoint("group.before_commit")
        try:
            await self._run(text, *args)
        except asyncpg.PostgresError as error:
            if len(sets) == 1 or not _nothing_happened(error):
                raise
            return [await self._alone(one) for one in sets]
        failpoint("group.after_commit")
        return [None] * len(sets)

    async def _alone(self, writes: WriteSet) -> BaseException | None:
        outcome = (await asyncio.gather(self._write([writes]), return_exceptions=True))[0]
        return outcome if isinstance(outcome, BaseException) else None


def _nothing_happened(error: asyncpg.PostgresError) -> bool:
    """PostgreSQL itself refused the statement; it did not go away over it."""
    away = asyncpg.PostgresConnectionError | asyncpg.OperatorInterventionError
    return not isinstance(error, away)
