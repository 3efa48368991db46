"""What is asked at the same moment is done in one go: one statement, one round trip, for many.

Nobody waits for company: what is there goes, and what comes meanwhile goes next. A lonely ask costs what it costs alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

TOGETHER_MAX = 64
FLIGHTS_MAX = 1
"""One is on its way while the next is collected. A second made smaller ones: less done for more CPU, and later answers."""

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Waiting(Generic[Ask, Answer]):
    """One ask, what it can go with, and where its answer goes."""

    ask: Ask
    kind: Hashable
    outcome: "asyncio.Future[Answer]"


class Together(Generic[Ask, Answer]):
    """A line of asks; `run` does several of one kind and gives an answer or an error for each, in their order."""

    def __init__(
        self, run: Callable[[Sequence[Ask]], Awaitable[Sequence[Answer | BaseException]]]
    ) -> None:
        self._run = run
        self._line: deque[_Waiting[Ask, Answer]] = deque()
        self._flights: set[asyncio.Task[None] | None] = set()
        """Held here: the event loop itself keeps only weak references to its tasks."""

    async def do(self, ask: Ask, kind: Hashable = None) -> Answer:
        """Have it done, alone or together with others of its kind; raises what it alone would have raised."""
        outcome: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._line.append(_Waiting(ask, kind, outcome))
        if len(self._flights) < FLIGHTS_MAX:
            # A task of its own: a client that goes away must not take the others along.
            self._flights.add(asyncio.create_task(self._fly()))  # noqa: TID251 - ends with the line
        return await outcome

    async def _fly(self) -> None:
        try:
            while self._line:
                await self._serve(self._next())
        finally:  # in the step that found the line empty: who comes next must not count on this flight
            self._flights.discard(asyncio.current_task())

    def _next(self) -> list[_Waiting[Ask, Answer]]:
        """Who waits longest, and those of its kind right behind it."""
        kind = self._line[0].kind
        taken: list[_Waiting[Ask, Answer]] = []
        while self._line and self._line[0].kind == kind and len(taken) < TOGETHER_MAX:
            taken.append(self._line.popleft())
        return taken

    async def _serve(self, waiting: Sequence[_Waiting[Ask, Answer]]) -> None:
        answers: Sequence[Answer | BaseException]
        try:
            answers = await self._run([one.ask for one in waiting])
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must be told
            answers = [error] * len(waiting)
        except asyncio.CancelledError:
            for one in waiting:
                one.outcome.cancel()
            raise
        for one, answer in zip(waiting, answers, strict=True):
            if one.outcome.done():  # the client went away
                continue
            if isinstance(answer, BaseException):
                one.outcome.set_exception(answer)
            else:
                one.outcome.set_result(answer)
