"""Whether a process is alive (it makes progress) and ready (it can answer).

Alive is not "the port answers": a consumer that lost its coordinator answers well and does nothing. Each background
loop has a probe. A loop that says `turn(busy=...)` on every round must have got through its work, or have had none,
within the probe's time; a loop that never says so must at least be running or be started again soon. What is not alive wants a restart; what
is not ready wants to be left alone until what it needs is back.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from shared.kernel.context import Context

STALE_AFTER_S: Final = 60.0
READY_TIMEOUT_S: Final = 2.0


@dataclass(slots=True)
class Probe:
    """The last sign of progress of one loop; times are monotonic seconds."""

    name: str
    stale_after_s: float
    progress_at: float
    busy: bool = False
    turning: bool = False
    running: bool = False

    def turn(self, now: float, *, busy: bool, moved: bool = False) -> None:
        """A round is done: was there work (left), and did some of it get done? No work is as good as progress."""
        self.turning = True
        self.busy = busy
        if moved or not busy:
            self.progress_at = now

    def is_stale(self, now: float) -> bool:
        """Whether nothing was achieved for too long. A running loop that reports no rounds is believed."""
        if self.running and not self.turning:
            return False
        return now - self.progress_at > self.stale_after_s


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer for the orchestrator, with the reasons for a person."""

    ok: bool
    parts: dict[str, Any]


def live(probes: Iterable[Probe], now: float) -> Verdict:
    """Alive while no loop is stale."""
    parts = {
        probe.name: {
            "ok": not probe.is_stale(now),
            "busy": probe.busy,
            "running": probe.running,
            "progress_s_ago": round(now - probe.progress_at, 1),
        }
        for probe in probes
    }
    return Verdict(all(part["ok"] for part in parts.values()), parts)


async def ready(needs: Mapping[str, Callable[[], Awaitable[object]]]) -> Verdict:
    """Ready when everything that an answer needs answers itself, within the time limit."""
    results = await asyncio.gather(*(_answers(need) for need in needs.values()))
    return Verdict(all(results), dict(zip(needs, results, strict=True)))


async def _answers(need: Callable[[], Awaitable[object]]) -> bool:
    try:
        async with asyncio.timeout(READY_TIMEOUT_S):
            await need()
    except Exception:  # noqa: BLE001 - whatever goes wrong, the answer is "not ready"
        return False
    return True


_probe: ContextVar[Probe | None] = ContextVar("probe", default=None)


def turn(*, busy: bool, moved: bool = False) -> None:
    """Called by a background loop once per round: tells the probe it runs under (none in tests and commands)."""
    probe = _probe.get()
    if probe is not None:
        probe.turn(monotonic(), busy=busy, moved=moved)


@dataclass(slots=True)
class Health:
    """The probes of one process."""

    service: str
    clock: Callable[[], float] = monotonic
    probes: dict[str, Probe] = field(default_factory=dict)

    def watched(
        self, name: str, run: Callable[[], Awaitable[None]], stale_after_s: float = STALE_AFTER_S
    ) -> Callable[[], Awaitable[None]]:
        """The same loop with a probe; a loop that ended and is not started again goes stale too."""
        probe = self.probes[name] = Probe(name, stale_after_s, self.clock())

        async def running() -> None:
            token = _probe.set(probe)
            probe.running, probe.turning = True, False
            try:
                await run()
            finally:
                # Whoever supervises the loop starts it again within seconds; only if nobody does, it goes stale.
                probe.running, probe.progress_at = False, self.clock()
                _probe.reset(token)

        return running

    def router(self, context: Context | None) -> APIRouter:
        """`/health/live` and `/health/ready`."""
        router = APIRouter(prefix="/health", tags=["health"])

        @router.get("/live")
        async def get_live() -> JSONResponse:
            """Whether this process makes progress; 503 asks for a restart."""
            return self._answer(live(self.probes.values(), self.clock()))

        @router.get("/ready")
        async def get_ready() -> JSONResponse:
            """Whether this process can answer now; 503 asks to send nobody here."""
            needs = {"database": lambda: context.db.pool.fetch("SELECT 1")} if context else {}
            return self._answer(await ready(needs))

        return router

    def _answer(self, verdict: Verdict) -> JSONResponse:
        body = {"service": self.service, "ok": verdict.ok, "parts": verdict.parts}
        return JSONResponse(body, 200 if verdict.ok else 503, {"Cache-Control": "no-store"})
