"""Asks of one moment are done together; each gets its own answer, and nobody waits for company or is forgotten."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.kernel.together import FLIGHTS_MAX, TOGETHER_MAX, Together


class Doubler:
    """Gives twice what is asked, and remembers what it was asked together."""

    def __init__(self) -> None:
        self.runs: list[list[int]] = []

    async def run(self, asks: Sequence[int]) -> list[int | Exception]:
        self.runs.append(list(asks))
        await asyncio.sleep(0)
        return [2 * one if one >= 0 else ValueError(one) for one in asks]


async def test_each_gets_its_own_answer_from_few_runs() -> None:
    doubler = Doubler()
    together = Together(doubler.run)
    asks = range(3 * TOGETHER_MAX)
    assert await asyncio.gather(*(together.do(n) for n in asks)) == [2 * n for n in asks]
    assert max(map(len, doubler.runs)) == TOGETHER_MAX
    assert len(doubler.runs) <= 3 + FLIGHTS_MAX


async def test_a_lonely_ask_goes_at_once() -> None:
    doubler = Doubler()
    assert await Together(doubler.run).do(4) == 8
    assert doubler.runs == [[4]]


async def test_only_one_kind_goes_together_and_the_longest_waiting_first() -> None:
    doubler = Doubler()
    together = Together(doubler.run)
    await asyncio.gather(*(together.do(n, kind=n // 3) for n in range(9)))
    assert doubler.runs == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


async def test_an_error_belongs_to_who_caused_it() -> None:
    together = Together(Doubler().run)
    outcomes = await asyncio.gather(*(together.do(n) for n in (1, -1, 2)), return_exceptions=True)
    assert [type(one) for one in outcomes] == [int, ValueError, int]


async def test_when_the_run_itself_fails_everybody_is_told() -> None:
    async def run(_asks: Sequence[int]) -> list[int]:
        raise ConnectionError

    together = Together(run)
    outcomes = await asyncio.gather(*(together.do(n) for n in range(3)), return_exceptions=True)
    assert [type(one) for one in outcomes] == [ConnectionError] * 3
    with pytest.raises(ConnectionError):
        await together.do(4)


async def test_a_cancelled_run_is_no_success() -> None:
    async def cancelled(_asks: Sequence[int]) -> list[int]:
        raise asyncio.CancelledError

    async def one_by_one(asks: Sequence[int]) -> list[int | BaseException]:
        return [asyncio.CancelledError() for _ in asks]

    for run in (cancelled, one_by_one):
        async with asyncio.timeout(30):
            with pytest.raises(asyncio.CancelledError):
                await Together(run).do(1)


async def test_who_leaves_does_not_take_the_others_along() -> None:
    together = Together(Doubler().run)
    tasks = [asyncio.ensure_future(together.do(n)) for n in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks[0].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert outcomes[1:] == [2, 4, 6]


async def test_nobody_is_left_in_the_line_by_a_flight_that_just_ended() -> None:
    doubler = Doubler()
    together = Together(doubler.run)

    async def client(kind: int, times: int) -> None:
        for _ in range(times):
            await together.do(kind, kind)

    async with asyncio.timeout(10):
        await asyncio.gather(client(1, 2), client(2, 1))  # two flights end in one turn of the loop
    assert sorted(doubler.runs) == [[1], [1], [2]]
