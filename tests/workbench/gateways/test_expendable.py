"""Counting knocks and remembering presence: together through Valkey, alone without it, and back."""

import json
from collections.abc import AsyncIterator, Callable

import pytest

from services.workbench.gateways.presence import Presence
from services.workbench.gateways.throttle import Throttle, TooManyRequests
from shared.kernel.valkey import Away, Valkey
from shared.vocabulary.ids import new_id

NOWHERE = "redis://127.0.0.1:9/0"
Connect = Callable[[], Valkey]


@pytest.fixture
async def connect(valkey_url: str) -> AsyncIterator[Connect]:
    """Makes connections as different processes would, and closes them."""
    opened: list[Valkey] = []

    def make() -> Valkey:
        opened.append(Valkey(valkey_url))
        return opened[-1]

    yield make
    for one in opened:
        await one.close()


async def allowed(throttle: Throttle, address: str, times: int) -> int:
    passed = 0
    for _ in range(times):
        try:
            await throttle.hit("track", address, 10)
            passed += 1
        except TooManyRequests:
            pass
    return passed


async def test_two_processes_count_together(connect: Connect) -> None:
    one, two = Throttle(connect()), Throttle(connect())
    address = str(new_id())
    assert await allowed(one, address, 6) + await allowed(two, address, 6) == 10
    assert await allowed(one, "somebody else " + address, 3) == 3


@pytest.mark.parametrize("url", [None, NOWHERE], ids=["not configured", "away"])
async def test_without_valkey_the_same_limit_holds_in_this_process(url: str | None) -> None:
    assert await allowed(Throttle(Valkey(url) if url else None), "a", 15) == 10


async def test_the_minute_slides() -> None:
    now = [600.0]
    throttle = Throttle(None, clock=lambda: now[0])
    assert await allowed(throttle, "a", 10) == 10
    now[0] = 690.0
    assert await allowed(throttle, "a", 8) == 5
    now[0] = 900.0
    assert await allowed(throttle, "a", 12) == 10


async def test_presence_is_shared_and_is_absence_after_a_flush(connect: Connect) -> None:
    one, two = Presence(connect()), Presence(connect())
    case_id, staff_id = new_id(), new_id()
    assert await one.tell(case_id, staff_id, "viewing") is True
    assert await one.tell(case_id, staff_id, "viewing") is False
    assert await two.present(case_id) == {staff_id: "viewing"}
    assert await two.tell(case_id, staff_id, "editing") is True
    await connect().run(("DEL", f"presence:{case_id}"))
    assert await one.present(case_id) == {}
    assert await one.tell(case_id, staff_id, "editing") is True


async def test_who_says_nothing_for_45_seconds_is_gone(connect: Connect) -> None:
    case_id, staff_id = new_id(), new_id()
    old = json.dumps(["viewing", 0])
    await connect().run(("HSET", f"presence:{case_id}", str(staff_id), old))
    assert await Presence(connect()).present(case_id) == {}


async def test_while_away_presence_is_kept_here() -> None:
    presence, case_id, staff_id = Presence(Valkey(NOWHERE)), new_id(), new_id()
    await presence.tell(case_id, staff_id, "editing")
    assert await presence.present(case_id) == {staff_id: "editing"}
    await presence.tell(case_id, staff_id, "gone")
    assert await presence.present(case_id) == {}


async def test_an_error_of_the_server_is_no_answer(connect: Connect) -> None:
    with pytest.raises(Away):
        await connect().run(("NO_SUCH_COMMAND",))
