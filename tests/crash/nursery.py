"""Where processes are born: one clean process per service that has the imports and forks a new one for each life.

The nursery itself touches nothing but modules: no life inherits another's memory, connections or caches.
"""

import asyncio
import gc
import importlib
import multiprocessing
import os
import select
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import httpx
from sqlalchemy.orm import configure_mappers

from shared.kernel.health import Health
from shared.kernel.service import Service
from tests.crash.harness import BUILT, Life, spend

SIGKILLED = -signal.SIGKILL
LIFE_S = 40.0
BORN_S = 60.0
END_S = 10.0


class Nursery:
    """A process that forks others."""

    def __init__(self, service: str, scenarios: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_nurse, args=(theirs, service, scenarios))
        self._process.start()
        theirs.close()

    def live(self, *lives: Life) -> list[int]:
        """Live them at the same time; their exit codes (`SIGKILLED`: died at the point)."""
        for one in lives:
            one.folder.mkdir(parents=True, exist_ok=True)
        self._line.send(lives)
        if not self._line.poll(BORN_S + LIFE_S):
            raise TimeoutError(f"{lives[0].place}: no life ends")
        codes: list[int] = self._line.recv()
        return codes

    def close(self) -> None:
        """Nobody is born any more."""
        self._line.close()
        self._process.join(END_S)
        self._process.kill()


def _nurse(line: Connection, service: str, scenarios: str) -> None:
    importlib.import_module(scenarios)
    asyncio.run(_import_all(service))
    gc.collect()
    gc.freeze()
    gc.disable()  # a life is short, and searching for garbage would copy all of its parent's memory
    while True:
        try:
            lives: Sequence[Life] = line.recv()
        except EOFError:
            return
        line.send(_live_all(lives))


async def _import_all(service: str) -> None:
    """What a process reads and builds before it touches anything; a life has it from its birth."""
    importlib.import_module("tests.crash.outcome")
    await httpx.AsyncClient().aclose()
    wired: Service = importlib.import_module(f"services.{service}.main").service
    configure_mappers()
    if wired.extend is None:
        app = wired.app(None, Health(service))  # type: ignore[arg-type]
        app.middleware_stack = app.build_middleware_stack()
        BUILT[service] = app


def _live_all(lives: Sequence[Life]) -> list[int]:
    born = [_fork(one) for one in lives]
    deadline = time.monotonic() + LIFE_S
    for pid in born:
        with _watched(pid) as gone:
            if not select.select([gone], [], [], max(0.0, deadline - time.monotonic()))[0]:
                os.kill(pid, signal.SIGABRT)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in born]


@contextmanager
def _watched(pid: int) -> Iterator[int]:
    """A descriptor that is readable when the process has ended."""
    descriptor = os.pidfd_open(pid)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _fork(life: Life) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        spend(life)
        code = 0
    except BaseException:  # noqa: BLE001 - nothing of the parent's may run in this process
        (life.folder / "error").write_text(traceback.format_exc(), "utf-8")
    os._exit(code)


def why(life: Life) -> Any:
    """What a life that ended badly said."""
    said = life.folder / "error"
    return said.read_text("utf-8")[-4000:] if said.exists() else f"no words from {life.folder}"
