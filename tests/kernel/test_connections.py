"""The connections to PostgreSQL: bounded, handed on in order, never lost, never handed out broken."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from shared.kernel.connections import Connections

PATIENCE_S = 0.3


class Made:
    """Makes real connections, and can be told to fail."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.count = 0
        self.failing = False

    async def __call__(self) -> Any:
        await asyncio.sleep(0)
        if self.failing:
            raise asyncpg.CannotConnectNowError
        self.count += 1
        return await asyncpg.connect(self.url)


@pytest.fixture
def made(postgres_server: str) -> Made:
    return Made(postgres_server)


@pytest.fixture
async def two(made: Made) -> AsyncIterator[Connections]:
    connections = Connections(made, size=2, patience_s=PATIENCE_S)
    yield connections
    await connections.close(1.0)


async def ask(connections: Connections) -> int:
    connection = await connections.take()
    try:
        answer: int = await connection.fetchval("SELECT pg_backend_pid() FROM pg_sleep(0.01)")
        return answer
    finally:
        connections.give_back(connection)


async def test_many_share_few_connections(two: Connections, made: Made) -> None:
    backends = await asyncio.gather(*(ask(two) for _ in range(20)))
    assert len(set(backends)) == made.count == 2
    assert two.working == 0


async def test_who_waits_longest_is_next(two: Connections) -> None:
    held = [await two.take() for _ in range(2)]
    order: list[int] = []

    async def wait(number: int) -> None:
        connection = await two.take()
        order.append(number)
        two.give_back(connection)

    waiting = [asyncio.create_task(wait(n)) for n in range(5)]
    await asyncio.sleep(0.01)
    for connection in held:
        two.give_back(connection)
    await asyncio.gather(*waiting)
    assert order == [0, 1, 2, 3, 4]


async def test_who_waits_too_long_is_told(two: Connections) -> None:
    held = [await two.take() for _ in range(2)]
    with pytest.raises(TimeoutError):
        await two.take()
    for connection in held:
        two.give_back(connection)
    assert await ask(two)


async def test_a_cancelled_waiter_loses_no_connection(two: Connections) -> None:
    held = [await two.take() for _ in range(2)]
    waiting = asyncio.create_task(two.take())
    await asyncio.sleep(0.01)
    two.give_back(held.pop())  # handed to the waiter, who is cancelled before it can run
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    two.give_back(held.pop())
    assert two.working == 0
    assert len(await asyncio.gather(*(ask(two) for _ in range(4)))) == 4


async def test_a_broken_connection_is_replaced(two: Connections, made: Made) -> None:
    connection = await two.take()
    connection.terminate()
    two.give_back(connection)
    assert await ask(two)
    idle = await two.take()
    two.give_back(idle)
    idle.terminate()  # while nobody holds it
    assert await ask(two)
    assert made.count == 3


async def test_a_connection_left_in_a_transaction_is_not_handed_on(two: Connections) -> None:
    connection = await two.take()
    await connection.execute("BEGIN")
    two.give_back(connection)
    assert connection.is_closed()
    assert await ask(two)


async def test_a_cancelled_query_leaves_a_usable_connection(two: Connections) -> None:
    connection = await two.take()
    sleeping = asyncio.create_task(connection.fetch("SELECT pg_sleep(30)"))
    await asyncio.sleep(0.05)
    sleeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeping
    two.give_back(connection)
    async with asyncio.timeout(30):
        assert await ask(two)


async def test_a_failure_to_connect_frees_its_place_for_the_next_in_line(
    two: Connections, made: Made
) -> None:
    made.failing = True
    tries = await asyncio.gather(*(ask(two) for _ in range(6)), return_exceptions=True)
    assert all(isinstance(one, asyncpg.CannotConnectNowError) for one in tries)
    made.failing = False
    assert await ask(two)


async def test_closing_waits_for_the_work_and_turns_newcomers_away(two: Connections) -> None:
    connection = await two.take()
    closing = asyncio.create_task(two.close(2.0))
    await asyncio.sleep(0.02)
    assert await connection.fetchval("SELECT 1") == 1
    with pytest.raises(asyncpg.InterfaceError):
        await two.take()
    two.give_back(connection)
    await closing
    assert connection.is_closed()


async def test_what_never_comes_back_is_cut_at_the_end(two: Connections) -> None:
    connection = await two.take()
    await two.close(0.05)
    assert connection.is_closed()
