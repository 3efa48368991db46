"""Tasks that must go on: one that fails is started again after a growing pause, and the log says so."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

import structlog

PAUSES_S = (0.2, 0.5, 1.0, 2.0, 5.0)
CALM_S = 30.0
"""A task that ran for so long before it failed begins with the shortest pause again."""
log = structlog.get_logger("kernel.supervisor")


class Supervisor:
    """`async with` around the background work of a process; leaving it ends every task."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    def keep(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        """Run `run` for ever, whatever it raises."""
        self._tasks.append(asyncio.create_task(self._keep(name, run), name=name))  # noqa: TID251 - its home

    async def _keep(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        failures = 0
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await run()
            except Exception as error:
                log.warning("task.failed", use_case=name, error_type=type(error).__name__)
                log.debug("task.trace", use_case=name, exc_info=True)
            if asyncio.get_running_loop().time() - started > CALM_S:
                failures = 0
            await asyncio.sleep(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
            failures += 1
