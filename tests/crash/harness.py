"""Scenarios of the crash tests, and what one life of a process does with one.

The world repeats: a client its command with the same key, the broker its records, the clock its timers. After that the
database must hold what an undisturbed run leaves (`outcome.py`), and the promises must hold whatever it holds.
"""

import asyncio
import importlib
import json
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from fastapi import FastAPI

from shared.kernel import failpoint
from shared.kernel.bus import ACKED, OutRecord, SendResult
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.envelope import from_record
from shared.kernel.outbox import Relay, backlog
from shared.testing.rig import Rig, assemble

DRAIN_S = 20
BUILT: dict[str, FastAPI] = {}
"""Applications that a nursery has built for its lives; one without a context holds no state."""
State = dict[str, Any]


async def nothing_more(_rig: Rig) -> list[str]:
    """A service without invariants of its own."""
    return []


@dataclass(frozen=True)
class Scenario:
    """One use case of one service: what must exist before it, and the act that is repeated after a crash.

    `prepare` returns a JSON-able state with every id and idempotency key the act needs, so that a repetition is the same.
    `doors` are the functions of `usecases/` (`module.function`) that the act goes through; the run checks that it does.
    `invariants` names what does not hold in the service's own store; `may_differ` lists `table.column`s that count the
    attempts and so differ after a crash.
    """

    service: str
    name: str
    prepare: Callable[[Rig], Awaitable[State]]
    act: Callable[[Rig, State], Awaitable[None]]
    doors: tuple[str, ...]
    invariants: Callable[[Rig], Awaitable[list[str]]] = nothing_more
    may_differ: frozenset[str] = frozenset()
    home: str = ""

    @property
    def module(self) -> str:
        """Whose `SCENARIOS` it stands in."""
        return self.home or f"tests.crash.scenarios_{self.service}"

    @property
    def place(self) -> str:
        """Where another process finds it again: `module:name`."""
        return f"{self.module}:{self.name}"


def find(place: str) -> Scenario:
    """The scenario behind `Scenario.place`."""
    module, _, name = place.partition(":")
    scenarios: Sequence[Scenario] = importlib.import_module(module).SCENARIOS
    return next(one for one in scenarios if one.name == name)


# -- a broker that outlives the process --------------------------------------------------------------


class FileProducer:
    """What it acknowledged is a line in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def send_all(self, records: Sequence[OutRecord]) -> list[SendResult]:
        """Append; every record is acknowledged."""
        with self.path.open("a", encoding="utf-8") as log:
            for record in records:
                envelope = from_record(record.headers, record.value)
                row = [str(envelope.subject), envelope.aggregate_version, str(envelope.id)]
                log.write(json.dumps(row) + "\n")
        return [ACKED] * len(records)

    async def aclose(self) -> None:
        """Nothing is held open."""


class FileBus(MemoryBus):
    """The simulated broker with a producer that writes to a file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def producer(self) -> Any:
        """A producer that outlives the process."""
        return FileProducer(self.path)


def lines(sent: Path) -> list[Any]:
    """What the broker acknowledged, in order: subject, number and id of each fact."""
    return (
        [json.loads(line) for line in sent.read_text("utf-8").splitlines()] if sent.exists() else []
    )


def first_deliveries_in_order(sent: Path, first: Mapping[str, int] | None = None) -> bool:
    """Whether each fact came for the first time after all those before it; `first`: where a subject begins, else 1."""
    seen: dict[str, int] = {}
    for subject, version, _ in lines(sent):
        last = seen.get(subject, (first or {}).get(subject, 1) - 1)
        if version > last + 1:
            return False
        seen[subject] = max(last, version)
    return True


# -- what one life does ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Life:
    """One process: what it is to do, on which database, and the point at which it dies.

    `task`: `prepare`, `record` (act, and note the points and doors passed) or `act`. Its broker is `folder/sent`; what
    it found out at its end is `folder/told.json`.
    """

    task: str
    place: str
    url: str
    folder: Path
    state: State
    point: str | None = None

    @property
    def sent(self) -> Path:
        """The broker's file."""
        return self.folder / "sent"

    @property
    def told(self) -> Any:
        """What it found out, if it lived to its end."""
        return json.loads((self.folder / "told.json").read_text("utf-8"))


def spend(life: Life) -> None:
    """Live it in this process; may not return."""
    told = asyncio.run(_spend(life))
    (life.folder / "told.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")


async def _spend(life: Life) -> Any:
    from tests.crash.outcome import observed  # noqa: PLC0415 - it needs the names above

    scenario = find(life.place)
    rig = await assemble(
        scenario.service, life.url, FileBus(life.sent), app=BUILT.get(scenario.service)
    )
    try:
        if life.task == "prepare":
            return await _prepare(scenario, rig)
        passed = failpoint.record()
        if life.point:
            failpoint.arm(life.point)
        with watching(scenario.service, life.task == "record") as doors:
            await scenario.act(rig, life.state)
        await _drain(rig, life.url, scenario.service)
        points = [f"{name}:{n}" for name, count in sorted(passed.items()) for n in range(1, count + 1)]  # fmt: skip
        outcome = await observed(rig, scenario, life.sent)
        return {"points": points, "doors": sorted(doors), "outcome": outcome}
    finally:
        await rig.close()


async def _prepare(scenario: Scenario, rig: Rig) -> State:
    state = await scenario.prepare(rig)
    for table in ("outbox", "event"):
        await rig.context.db.pool.fetch(f"DELETE FROM kernel.{table}")
    return state


async def _drain(rig: Rig, url: str, service: str) -> None:
    relay = asyncio.ensure_future(Relay(url, rig.context.db.pool, rig.context.bus, service).run())
    async with asyncio.timeout(DRAIN_S):
        while (await backlog(rig.context.db.pool))["rows"]:
            if relay.done():
                relay.result()
            await asyncio.sleep(0.005)
    relay.cancel()
    await asyncio.gather(relay, return_exceptions=True)


@contextmanager
def watching(service: str, wanted: bool) -> Iterator[set[str]]:
    """Which functions of the service's use cases are called inside the block, as `module.function`."""
    called: set[str] = set()
    room = f"/services/{service}/usecases/"

    def look(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and room in frame.f_code.co_filename:
            called.add(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}")

    if not wanted:
        yield called
        return
    sys.setprofile(look)
    try:
        yield called
    finally:
        sys.setprofile(None)
