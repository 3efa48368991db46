"""Alive means progress, ready means that what an answer needs is there."""

import asyncio
from contextlib import suppress
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shared.kernel import health
from shared.kernel.health import Health, Probe, live, ready, turn

STALE_S = 60.0


@pytest.mark.parametrize(
    ("busy", "moved", "after_s", "stale"),
    [
        (False, False, 0, False),
        (False, False, 61, True),
        (True, True, 59, False),
        (True, False, 0, False),
    ],
    ids=["idle", "idle loop that stopped turning", "working", "stuck since a moment"],
)
def test_a_loop_is_judged_by_what_it_achieved(
    busy: bool, moved: bool, after_s: float, stale: bool
) -> None:
    probe = Probe("consumer", STALE_S, 0.0, running=True)
    probe.turn(30.0, busy=busy, moved=moved)
    assert probe.is_stale(30.0 + after_s) is stale


def test_turning_without_getting_anything_done_is_no_progress() -> None:
    probe = Probe("consumer", STALE_S, 0.0, running=True)
    for second in range(0, 62):
        probe.turn(float(second), busy=True)
    assert probe.is_stale(61.0)
    probe.turn(62.0, busy=True, moved=True)
    assert not probe.is_stale(62.0)


def test_a_running_loop_that_reports_nothing_is_believed_and_a_gone_one_is_not() -> None:
    assert not Probe("x", STALE_S, 0.0, running=True).is_stale(1e6)
    assert Probe("x", STALE_S, 0.0, running=False).is_stale(STALE_S + 1)


def test_one_stale_loop_makes_the_process_not_alive() -> None:
    good, bad = Probe("relay", STALE_S, 100.0), Probe("consumer", STALE_S, 0.0)
    assert live([good], 100.0).ok
    verdict = live([good, bad], 100.0)
    assert not verdict.ok
    assert (verdict.parts["relay"]["ok"], verdict.parts["consumer"]["ok"]) == (True, False)


async def test_ready_needs_every_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "READY_TIMEOUT_S", 0.05)

    async def answers() -> int:
        return 1

    async def fails() -> int:
        raise OSError

    async def hangs() -> None:
        await asyncio.sleep(60)

    assert (await ready({"a": answers})).ok
    verdict = await ready({"a": answers, "b": fails, "c": hangs})
    assert not verdict.ok
    assert verdict.parts == {"a": True, "b": False, "c": False}


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def ask(made: Health, path: str) -> tuple[int, dict[str, Any]]:
    app = FastAPI()
    app.include_router(made.router(None))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://t"
    ) as http:
        answer = await http.get(path)
    return answer.status_code, answer.json()


async def test_a_loop_that_ended_for_good_is_reported_after_its_time() -> None:
    clock = Clock()
    made = Health("intake", clock)

    async def run() -> None:
        raise ConnectionError

    watched = made.watched("relay", run)
    clock.now += 500
    with pytest.raises(ConnectionError):
        await watched()
    assert (await ask(made, "/health/live"))[0] == 200
    clock.now += health.STALE_AFTER_S + 1
    status, body = await ask(made, "/health/live")
    assert status == 503
    assert body["service"] == "intake"
    assert body["parts"]["relay"]["ok"] is False


async def test_a_turn_reaches_the_probe_of_its_own_loop_only() -> None:
    made = Health("intake")
    turned = asyncio.Event()

    async def reports() -> None:
        turn(busy=True)
        turned.set()
        await asyncio.sleep(60)

    async def is_silent() -> None:
        await asyncio.sleep(60)

    tasks = [
        asyncio.ensure_future(made.watched(name, run)())
        for name, run in (("consumer", reports), ("relay", is_silent))
    ]
    await turned.wait()
    assert (made.probes["consumer"].busy, made.probes["relay"].busy) == (True, False)
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    turn(busy=True)
    assert made.probes["consumer"].running is False


async def test_ready_without_needs_is_ready() -> None:
    assert (await ask(Health("intake"), "/health/ready"))[0] == 200
