"""Commands that end at the same moment share one statement, and so one commit.

Only write sets that insert are put together: a command that read inside its transaction, or updates what it read,
keeps a statement of its own. Nobody waits for company: what is there goes, and what comes meanwhile goes next.

A common statement is all or nothing. When PostgreSQL refuses it, nothing of it happened and each command is run by
itself, so that only the guilty one fails; two copies of one command thus meet the unique key of their idempotency row.
When the connection is lost nobody knows, and everybody is told so; the key settles it at the next try.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from shared.kernel.writeset import WriteSet

COMMANDS_PER_STATEMENT_MAX = 64
STATEMENTS_AT_ONCE_MAX = 2
"""One is being written to disk while the next is collected."""

Run = Callable[..., Awaitable[Any]]
"""`run(text, *arguments)`."""


@dataclass(slots=True)
class _Waiting:
    """One command's write set, and where its outcome goes."""

    kind: Hashable
    writes: WriteSet
    outcome: "asyncio.Future[None]"


class Group:
    """Puts write sets together and has them run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._line: deque[_Waiting] = deque()
        self._flights = 0

    async def write(self, kind: Hashable, writes: WriteSet) -> None:
        """Have it written, alone or together; raises what this write set by itself would have raised."""
        outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(_Waiting(kind, writes, outcome))
        if self._flights < STATEMENTS_AT_ONCE_MAX:
            self._flights += 1
            # A task of its own: a client that goes away must not take the others' statement with it.
            self._flight = asyncio.create_task(self._fly())  # noqa: TID251 - ends with the line
        await outcome

    async def _fly(self) -> None:
        try:
            while self._line:
                await self._write(self._next())
        finally:
            self._flights -= 1

    def _next(self) -> list[_Waiting]:
        """Who waits longest, and those of its kind behind it."""
        kind = self._line[0].kind
        taken: list[_Waiting] = []
        while self._line and self._line[0].kind == kind and len(taken) < COMMANDS_PER_STATEMENT_MAX:
            taken.append(self._line.popleft())
        return taken

    async def _write(self, together: Sequence[_Waiting]) -> None:
        try:
            text, args = _statement(together)
            await self._run(text, *args)
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must be told
            if len(together) == 1 or not _nothing_happened(error):
                _tell(together, error)
                return
            for waiting in together:
                await self._write([waiting])
        else:
            _tell(together, None)


def _statement(together: Sequence[_Waiting]) -> tuple[str, list[Any]]:
    if len(together) == 1:
        return together[0].writes.statement()
    return WriteSet.merged([waiting.writes for waiting in together]).statement()


def _tell(together: Sequence[_Waiting], error: Exception | None) -> None:
    for waiting in together:
        if waiting.outcome.done():  # the client went away
            continue
        if error is None:
            waiting.outcome.set_result(None)
        else:
            waiting.outcome.set_exception(error)


def _nothing_happened(error: Exception) -> bool:
    """PostgreSQL itself refused the statement; it did not go away over it."""
    away = asyncpg.PostgresConnectionError | asyncpg.OperatorInterventionError
    return isinstance(error, asyncpg.PostgresError) and not isinstance(error, away)
