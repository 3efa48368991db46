"""Deadlines fire once, in order, never early, and again after a failure (X13, X24, X25)."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from shared.kernel.auth import TokenVerifier
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.context import Context
from shared.kernel.timers import DueTimer, TimerHandler, TimerWorker
from shared.kernel.transaction import Tx
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM
from tests.kernel.conftest import Bench, ThingTold, thing
from tests.kernel.test_consumer import KEYS, BenchSettings


async def ring(timer: DueTimer, tx: Tx) -> None:
    """The effect: a thing named after the timer."""
    thing_id = new_id()
    tx.insert(thing, {"id": thing_id, "title": f"{timer.occurrence}"})
    tx.emit(ThingTold(thing_id=thing_id))


def worker(bench: Bench, handler: TimerHandler = ring) -> TimerWorker:
    settings = BenchSettings.load(
        profile="test",
        database_url=bench.url,
        kafka_bootstrap="127.0.0.1:9",
        token_public_key=KEYS.public_pem,
        field_keys=FIELD_KEYS,
        blind_key=BLIND_KEY,
    )
    verifier = TokenVerifier(KEYS.public_pem, audience="bench")
    context = Context(
        settings, bench.db, MemoryBus(), httpx.AsyncClient(), settings.cipher, verifier
    )
    return TimerWorker(context, "bench", {"ring": handler})


async def set_timers(bench: Bench, *offsets_s: int, kind: str = "ring") -> UUID:
    owner = new_id()
    async with bench.db.transaction(actor=SYSTEM) as tx:
        for offset in offsets_s:
            tx.timer(kind, owner, tx.now + timedelta(seconds=offset), occurrence=f"{offset:+d}")
    return owner


async def rung(bench: Bench) -> list[str]:
    return [row["title"] for row in await bench.rows("SELECT title FROM thing ORDER BY id")]


async def test_due_timers_fire_in_the_order_of_their_due_times_and_others_wait(
    bench: Bench,
) -> None:
    await set_timers(bench, -30, -300, 60, -3)
    one = worker(bench)
    while await one.fire_one():
        pass
    assert await rung(bench) == ["-300", "-30", "-3"]


async def test_two_workers_fire_each_timer_once(bench: Bench) -> None:
    await set_timers(bench, *range(-40, 0))

    async def work() -> None:
        one = worker(bench)
        while await one.fire_one():
            pass

    await asyncio.gather(work(), work(), work())
    assert sorted(await rung(bench)) == sorted(f"{n:+d}" for n in range(-40, 0))


async def test_a_cancelled_timer_does_not_fire_and_a_moved_one_fires_at_its_new_time(
    bench: Bench,
) -> None:
    owner = await set_timers(bench, -10, -5)
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.cancel_timer("ring", owner, "-10")
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.timer("ring", owner, tx.now + timedelta(hours=1), occurrence="-5")
    assert not await worker(bench).fire_one()
    assert await rung(bench) == []


@pytest.mark.parametrize("kind", ["ring", "nobody_knows"])
async def test_a_timer_that_fails_is_tried_later_and_leaves_no_effect(
    bench: Bench, kind: str
) -> None:
    await set_timers(bench, -10, kind=kind)

    async def fail(timer: DueTimer, tx: Tx) -> None:
        await ring(timer, tx)
        raise ZeroDivisionError

    assert await worker(bench, fail).fire_one()
    assert await rung(bench) == []
    row = (await bench.rows("SELECT state, attempts, due_at > now() AS later FROM kernel.timer"))[0]
    assert tuple(row) == ("pending", 1, True)


async def test_after_its_tries_a_timer_waits_for_a_person(bench: Bench) -> None:
    await set_timers(bench, -10, kind="nobody_knows")
    for _ in range(10):
        await bench.rows("UPDATE kernel.timer SET due_at = now()")
        await worker(bench).fire_one()
    assert (await bench.rows("SELECT state FROM kernel.timer"))[0]["state"] == "failed"
