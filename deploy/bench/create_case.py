"""create_case: HTTP commands per second against pgbench of the same rows, in turn, with the floor's best of 8 and 32.

pgbench uses every core, and so does the system: one API process for each, as an installation runs them behind its
balancer. What one process alone reaches is told beside it.
"""

import asyncio
import os
import time
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg

from deploy.bench import floor
from deploy.bench.calls import OPERATOR, calls
from deploy.bench.load import Result, closed_loop, open_loop
from deploy.bench.system import System, children_cpu_s, cpu_s
from deploy.local.process import Running
from shared.kernel.crypto import FieldCipher, parse_key, parse_keys
from shared.kernel.database import Database

CLIENTS = 32
PROCESSES = os.cpu_count() or 1
FLOOR_S = 5
LOAD_S = 8.0
HALF_S = 8.0
BLOCK = 1_000_000
"""Numbers kept apart between runs, so that every caller is new."""


async def measure(system: System, repetitions: int) -> dict[str, Any]:
    """Runs of floor and load in turn; p99 at half of the best rate."""
    env = system.env
    url = env["DATABASE_URL_INTAKE"]
    rates, floors, ratios, cpu = [], [], [], []
    with system.apis("intake", PROCESSES) as started:
        ports = [_port(one) for one in started]
        await _warm(env, ports)
        script = await _script(env, url, system.stack.folder / "floor.sql")
        for n in range(1, repetitions + 1):
            best = max(
                (floor.run(url, script, clients=c, seconds=FLOOR_S) for c in (8, CLIENTS)),
                key=lambda one: one.per_s,
            )
            before = _cpu(system, started)
            load = await _loaded(env, ports, n)
            after = _cpu(system, started)
            done = len(load.latencies)
            cpu.append([(b - a) / done * 1e6 for a, b in zip(before, after, strict=True)])
            rates.append(load.per_s)
            floors.append(best.per_s)
            ratios.append(load.per_s / best.per_s)
        half = await open_loop(
            ports, calls(env, 90 * BLOCK), per_s=median(rates) / 2, seconds=HALF_S
        )
        alone = [(await _loaded(env, ports[:1], 80 + n)).per_s for n in range(repetitions)]
    await _forget_unsent(url)
    return {
        "ratio": round(median(ratios), 3),
        "ratio_min": round(min(ratios), 3),
        "ratio_max": round(max(ratios), 3),
        "per_s": round(median(rates)),
        "floor_per_s": round(median(floors)),
        "half_rate_per_s": round(median(rates) / 2),
        "half_rate_p50_ms": round(half.percentile_ms(0.5), 1),
        "half_rate_p99_ms": round(half.percentile_ms(0.99), 1),
        "half_rate_failed": half.failed,
        "cpu_us_server": round(median(one[0] for one in cpu)),
        "cpu_us_postgres": round(median(one[1] for one in cpu)),
        "cpu_us_load": round(median(one[2] for one in cpu)),
        "processes": PROCESSES,
        "one_process_per_s": round(median(alone)),
        "one_process_ratio": round(median(alone) / median(floors), 3),
        "clients": CLIENTS,
    }


def _port(one: Running) -> int:
    return int(one.url.rpartition(":")[2])


def _cpu(system: System, started: list[Running]) -> tuple[float, float, float]:
    """CPU seconds so far: of the API processes, of PostgreSQL, and of this process, which is the load."""
    api = sum(cpu_s(one.pid) for one in started)
    return api, children_cpu_s(_postmaster(system)), time.process_time()


async def _loaded(env: dict[str, str], ports: list[int], block: int) -> Result:
    make = calls(env, block * BLOCK)
    load = await closed_loop(ports, make, clients=CLIENTS, seconds=LOAD_S)
    if load.failed:
        raise RuntimeError(f"{load.failed} calls failed: {load.sample.decode()}")
    return load


async def _warm(env: dict[str, str], ports: list[int]) -> None:
    warm = await closed_loop(ports, calls(env, 99 * BLOCK), clients=CLIENTS, seconds=3.0)
    if warm.failed:
        raise RuntimeError(f"the first calls failed: {warm.sample.decode()}")


async def _script(env: dict[str, str], url: str, path: Path) -> Path:
    """The floor's script, from the statement of one registration."""
    cipher = FieldCipher(parse_keys(env["FIELD_KEYS"]), parse_key(env["BLIND_KEY"]))
    db = await Database.connect(url, cipher, name="bench")
    try:
        statement, args = await floor.sample_statement(db, 98 * BLOCK)
        known = {row["id"] for row in await db.pool.fetch("SELECT id FROM employer LIMIT 1000")}
    finally:
        await db.close()
    await asyncio.to_thread(
        path.write_text, floor.script_of(statement, args, known | {OPERATOR.id})
    )
    return path


async def _forget_unsent(url: str) -> None:
    """The floor's facts are copies of one body under new ids: nobody may be told them."""
    admin = await asyncpg.connect(url)
    try:
        await admin.execute("TRUNCATE kernel.outbox")
    finally:
        await admin.close()


def _postmaster(system: System) -> int:
    return next(
        unit.running.pid for unit in system.stack.units if unit.running.name == "PostgreSQL"
    )
