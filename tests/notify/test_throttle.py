"""The provider's limit holds, with Redis and without."""

import asyncio

import pytest

from services.notify.gateways.throttle import MESSAGES_PER_SECOND_MAX, Throttle
from shared.vocabulary.ids import new_id

NOT_THERE = "redis://127.0.0.1:1/0"
HALF = MESSAGES_PER_SECOND_MAX // 2


@pytest.mark.parametrize("where", ["redis", "redis away", "no redis"])
async def test_the_limit_of_a_second_holds(where: str, valkey_url: str) -> None:
    throttle = Throttle({"redis": valkey_url, "redis away": NOT_THERE, "no redis": None}[where])
    name = str(new_id())
    await fill(throttle, name)
    await asyncio.sleep(1.05)
    assert await throttle.room(name) == MESSAGES_PER_SECOND_MAX
    await throttle.aclose()


async def test_two_processes_count_together_in_redis(valkey_url: str) -> None:
    one, other = Throttle(valkey_url), Throttle(valkey_url)
    name = str(new_id())
    for _ in range(3):  # a second may end in between
        await one.took(name, HALF)
        await other.took(name, HALF)
        if await one.room(name) == await other.room(name) == 0:
            break
    else:
        pytest.fail("they do not see each other")
    await one.aclose()
    await other.aclose()


async def fill(throttle: Throttle, name: str) -> None:
    """Take all there is of one second."""
    for _ in range(3):
        await throttle.took(name, MESSAGES_PER_SECOND_MAX)
        if await throttle.room(name) == 0:
            return
    pytest.fail("there is always room")
