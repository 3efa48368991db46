"""Commands that end at the same moment share one statement, and so one commit.

Only write sets that insert are put together: a command that read inside its transaction, or updates what it read,
keeps a statement of its own.

A common statement is all or nothing. When PostgreSQL refuses it, nothing of it happened and each command is run by
itself, so that only the guilty one fails; two copies of one command thus meet the unique key of their idempotency row.
When the connection is lost nobody knows, and everybody is told so; the key settles it at the next try.
"""

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

    async def _write(self, sets: Sequence[WriteSet]) -> list[Exception | None]:
        try:
            text, args = (sets[0] if len(sets) == 1 else WriteSet.merged(sets)).statement()
            failpoint("group.before_commit")
            await self._run(text, *args)
            failpoint("group.after_commit")
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must be told
            if len(sets) == 1 or not _nothing_happened(error):
                return [error] * len(sets)
            return [(await self._write([one]))[0] for one in sets]
        return [None] * len(sets)


def _nothing_happened(error: Exception) -> bool:
    """PostgreSQL itself refused the statement; it did not go away over it."""
    away = asyncpg.PostgresConnectionError | asyncpg.OperatorInterventionError
    return isinstance(error, asyncpg.PostgresError) and not isinstance(error, away)
