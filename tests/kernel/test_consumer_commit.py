"""What a consumer locks before it decides, and what its commit waits for."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import text

from shared.contracts.intake import CaseAnswered
from shared.kernel.consumer import Delivered, EventConsumer
from shared.kernel.transaction import Tx
from shared.vocabulary.ids import new_id
from tests.kernel.test_consumer import Broken, Make, fact, harness, note

__all__ = ["harness"]  # the fixture


async def test_what_follows_a_first_fact_waits_for_the_retry_that_is_just_applying_it(
    harness: Make,
) -> None:
    cured, entered, go = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def handler(event: CaseAnswered, tx: Tx) -> None:
        if event.answer == "late":
            if not cured.is_set():
                raise Broken
            entered.set()
            await go.wait()
        await note(event, tx)

    one = await harness(handler)
    case = new_id()
    async with one.running():
        await one.send(fact(case, 1, "late"))
        await one.parked(("head", "Broken"))
        cured.set()
        await one.bench.rows("UPDATE kernel.parked SET next_try_at = now()")
        retry = asyncio.ensure_future(one.retry.retry_due())
        await entered.wait()
        await one.send(fact(case, 2))
        await asyncio.sleep(0.5)  # the consumer has it by now
        go.set()
        assert await retry == 1
        await one.count(2)
    assert (await one.effects())[str(case)] == ["late", "2"]
    await one.parked()


COMMIT = text("SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'")


@pytest.mark.parametrize("is_projection", [True, False])
async def test_only_a_read_models_commit_does_not_wait_for_the_disk(
    harness: Make, is_projection: bool
) -> None:
    seen: list[tuple[str, str]] = []

    async def look(tx: Tx) -> None:
        row = await tx.one(COMMIT)
        assert row is not None
        seen.append((row["setting"], row["source"]))

    async def handler(_event: CaseAnswered, tx: Tx) -> None:
        await look(tx)

    async def project(_batch: list[Delivered], tx: Tx) -> None:
        await look(tx)

    one = await harness(handler)
    handlers = [] if is_projection else [handler]
    consumer = EventConsumer(
        one.context, "bench", {CaseAnswered: handlers}, project if is_projection else None
    )
    task = asyncio.ensure_future(consumer.run())
    await one.send(fact(new_id(), 1))
    async with asyncio.timeout(30):
        while not seen:
            await asyncio.sleep(0.02)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert (seen == [("off", "session")]) is is_projection
