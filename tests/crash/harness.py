"""Kills a process at every named point of a use case, repeats what the world would repeat, and compares.

The world repeats: a client its command with the same key, the broker its records, the clock its timers. After that the
database must hold what an undisturbed run leaves: the same rows, the same facts, each published, the audit intact.
Each life is a process of its own (forked from a server that has the imports), killed by SIGKILL.
"""

import asyncio
import importlib
import json
import multiprocessing
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.kernel import audit, failpoint
from shared.kernel.bus import ACKED, OutRecord, SendResult
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.envelope import from_record
from shared.kernel.outbox import Relay, backlog
from shared.testing.rig import Rig, assemble

SIGKILLED = -9
LIFE_S = 40
State = dict[str, Any]


@dataclass(frozen=True)
class Scenario:
    """One use case of one service: what must exist before it, and the act that is repeated after a crash.

    `prepare` returns a JSON-able state with every id and idempotency key the act needs, so that a repetition is the same.
    """

    service: str
    name: str
    prepare: Callable[[Rig], Awaitable[State]]
    act: Callable[[Rig, State], Awaitable[None]]

    @property
    def place(self) -> str:
        """Where a forked life finds it again: `module:name`."""
        return f"{self.act.__module__}:{self.name}"


def find(place: str) -> Scenario:
    """The scenario behind `Scenario.place`."""
    module, _, name = place.partition(":")
    scenarios: Sequence[Scenario] = importlib.import_module(module).SCENARIOS
    return next(one for one in scenarios if one.name == name)


class FileProducer:
    """A broker that outlives the process: what it acknowledged is a line in a file."""

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


def live(place: str, url: str, state: State, sent: Path, point: str | None) -> int:
    """One life: act, publish, and die at `point` if it is reached. Returns the exit code (-9: killed)."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([place.partition(":")[0], "shared.testing.rig"])
    process = context.Process(target=_life, args=(place, url, state, sent, point))
    process.start()
    process.join(LIFE_S)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(f"{place} hangs at {point}")
    return process.exitcode


def _life(place: str, url: str, state: State, sent: Path, point: str | None) -> None:
    if point:
        failpoint.arm(point)
    asyncio.run(_act(find(place), url, state, sent))


async def points_of(scenario: Scenario, url: str, state: State, sent: Path) -> list[str]:
    """Every passage of an undisturbed run, as `name:n`; the run takes place in this process."""
    passed = failpoint.record()
    await _act(scenario, url, state, sent)
    return [f"{name}:{n}" for name, count in sorted(passed.items()) for n in range(1, count + 1)]


async def _act(scenario: Scenario, url: str, state: State, sent: Path) -> None:
    rig = await assemble(scenario.service, url, FileBus(sent))
    try:
        await scenario.act(rig, state)
        relay = asyncio.ensure_future(
            Relay(url, rig.context.db.pool, rig.context.bus, scenario.service).run()
        )
        async with asyncio.timeout(LIFE_S / 2):
            while (await backlog(rig.context.db.pool))["rows"]:
                await asyncio.sleep(0.01)
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)
    finally:
        await rig.close()


_TABLES = """
SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'kernel')
AND table_name NOT IN ('alembic_version') ORDER BY 1
"""


async def signature(service: str, url: str, sent: Path) -> dict[str, Any]:
    """What must be equal after a crash: rows of each table, facts in order, what was published, the audit."""
    rig = await assemble(service, url, FileBus(sent))
    try:
        pool = rig.context.db.pool
        counts = {
            row["name"]: (await pool.fetch(f"SELECT count(*) AS n FROM {row['name']}"))[0]["n"]
            for row in await pool.fetch(_TABLES)
        }
        facts = await pool.fetch(
            "SELECT event_id, aggregate_id, aggregate_version, name FROM kernel.event ORDER BY id"
        )
        chain = await audit.verify(pool)
        return {
            "rows": counts,
            "facts": [(row["name"], row["aggregate_version"]) for row in facts],
            "published": _published(sent) == {str(row["event_id"]) for row in facts},
            "in_order": first_deliveries_in_order(
                sent,
                {str(row["aggregate_id"]): row["aggregate_version"] for row in reversed(facts)},
            ),
            "audit": (chain.ok, chain.links),
        }
    finally:
        await rig.close()


def lines(sent: Path) -> list[Any]:
    """What the broker acknowledged, in order: subject, number and id of each fact."""
    return (
        [json.loads(line) for line in sent.read_text("utf-8").splitlines()] if sent.exists() else []
    )


def _published(sent: Path) -> set[str]:
    return {event_id for _, _, event_id in lines(sent)}


def first_deliveries_in_order(sent: Path, first: Mapping[str, int] | None = None) -> bool:
    """Whether each fact came for the first time after all those before it; `first`: where a subject begins, else 1."""
    seen: dict[str, int] = {}
    for subject, version, _ in lines(sent):
        last = seen.get(subject, (first or {}).get(subject, 1) - 1)
        if version > last + 1:
            return False
        seen[subject] = max(last, version)
    return True
