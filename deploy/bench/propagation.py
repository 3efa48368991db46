"""propagation: from the commit in intake to the commit in the workbench's read model, by PostgreSQL's commit times.

Two ways, each with the services that lie on it: intake and workbench; intake, mediation and workbench. On the second,
mediation opens a dispute for each call meanwhile, and what the first way takes beside that is told as well.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.bench.calls import calls
from deploy.bench.load import open_loop
from deploy.bench.system import System

PER_S = 100.0
SECONDS = 15.0
WARM_S = 2.0
SETTLE_MAX_S = 30.0
CATCH_UP_MAX_S = 900.0
"""Earlier measurements leave facts behind that were never sent; they are sent and projected first."""
POLL_S = 1.0
ROUND_TRIPS = 400
BLOCK = 1_000_000

_COMMITTED = """
SELECT aggregate_id, min(pg_xact_commit_timestamp(xmin)) AS at FROM kernel.event
WHERE id > $1 AND name = ANY($2::text[]) GROUP BY aggregate_id
"""
_APPLIED = """
SELECT aggregate_id, pg_xact_commit_timestamp(xmin) AS at FROM kernel.watermark
WHERE aggregate_id = ANY($1::uuid[])
"""
_DISPUTE_OF = "SELECT id, case_id FROM dispute WHERE case_id = ANY($1::uuid[])"


@dataclass(frozen=True, slots=True)
class Ways:
    """Milliseconds from the commit of each call to its card, and to the card's knowledge of its dispute."""

    to_case: list[float]
    to_dispute: list[float]


async def measure(system: System, repetitions: int) -> dict[str, Any]:
    """p50 and p99 of both ways, beside the raw round trip through the broker."""
    env = system.env
    beside: list[list[float]] = []
    two_hops: list[list[float]] = []
    one_hop: list[list[float]] = []
    with system.running("intake", "mediation", "workbench"):
        await _run(env, 39, seconds=WARM_S, patience_s=CATCH_UP_MAX_S)
        await _know_the_tables(env)
        for n in range(repetitions):
            way = await _run(env, 40 + n, seconds=SECONDS, patience_s=SETTLE_MAX_S)
            beside.append(way.to_case)
            two_hops.append(way.to_dispute)
    with system.running("intake", "workbench"):
        await _run(env, 59, seconds=WARM_S, patience_s=CATCH_UP_MAX_S, disputes=False)
        for n in range(repetitions):
            way = await _run(env, 60 + n, seconds=SECONDS, patience_s=SETTLE_MAX_S, disputes=False)
            one_hop.append(way.to_case)
        round_trip = await _round_trip(env["KAFKA_BOOTSTRAP"])
    return {
        "p50_ms": _median_of(one_hop, 0.5),
        "p99_ms": _median_of(one_hop, 0.99),
        "p99_ms_max": round(max(_share(run, 0.99) for run in one_hop), 1),
        "two_hops_p50_ms": _median_of(two_hops, 0.5),
        "two_hops_p99_ms": _median_of(two_hops, 0.99),
        "one_hop_beside_mediation_p50_ms": _median_of(beside, 0.5),
        "one_hop_beside_mediation_p99_ms": _median_of(beside, 0.99),
        "kafka_round_trip_p50_ms": round(_share(round_trip, 0.5), 1),
        "kafka_round_trip_p99_ms": round(_share(round_trip, 0.99), 1),
        "per_s": PER_S,
        "cases": sum(len(run) for run in one_hop),
    }


async def _run(
    env: dict[str, str], block: int, *, seconds: float, patience_s: float, disputes: bool = True
) -> Ways:
    """Calls at a fixed rate; how long each was on its way, and the dispute it led to."""
    services = ("INTAKE", "MEDIATION", "WORKBENCH")
    intake, mediation, workbench = [
        await asyncpg.connect(env[f"DATABASE_URL_{name}"]) for name in services
    ]
    try:
        last = await intake.fetchval("SELECT coalesce(max(id), 0) FROM kernel.event")
        make = calls(env, block * BLOCK)
        load = await open_loop([int(env["INTAKE_PORT"])], make, per_s=PER_S, seconds=seconds)
        if load.failed:
            raise RuntimeError(f"{load.failed} calls failed: {load.sample.decode()}")
        rows = await intake.fetch(_COMMITTED, last, ["intake.case_registered"])
        told = {row["aggregate_id"]: row["at"] for row in rows}
        seen = await _applied(workbench, list(told), patience_s)
        ways = Ways([_ms(seen[case] - at) for case, at in told.items()], [])
        if disputes:
            opened = await _opened(mediation, list(told), patience_s)
            applied = await _applied(workbench, list(opened), patience_s)
            ways.to_dispute.extend(_ms(applied[one] - told[case]) for one, case in opened.items())
        return ways
    finally:
        for connection in (intake, mediation, workbench):
            await connection.close()


async def _know_the_tables(env: dict[str, str]) -> None:
    """What PostgreSQL does by itself within a minute: else plans are kept that were made for empty tables."""
    for service in ("INTAKE", "MEDIATION", "WORKBENCH"):
        connection = await asyncpg.connect(env[f"DATABASE_URL_{service}"])
        try:
            await connection.execute("ANALYZE")
        finally:
            await connection.close()


async def _opened(mediation: Any, cases: list[Any], patience_s: float) -> dict[Any, Any]:
    """The case of each dispute; each of these calls leads to one."""
    ends = perf_counter() + patience_s
    while True:
        rows = await mediation.fetch(_DISPUTE_OF, cases)
        if len(rows) == len(cases):
            return {row["id"]: row["case_id"] for row in rows}
        if perf_counter() > ends:
            raise RuntimeError(f"{len(rows)} disputes of {len(cases)} were opened")
        await asyncio.sleep(POLL_S)


async def _applied(workbench: Any, about: list[Any], patience_s: float) -> dict[Any, Any]:
    """When the read model had taken in each of these; an error if some never came."""
    ends = perf_counter() + patience_s
    while True:
        rows = await workbench.fetch(_APPLIED, about)
        if len(rows) == len(about):
            return {row["aggregate_id"]: row["at"] for row in rows}
        if perf_counter() > ends:
            raise RuntimeError(f"{len(rows)} of {len(about)} were seen")
        await asyncio.sleep(POLL_S)


def _ms(span: timedelta) -> float:
    return span.total_seconds() * 1000


async def _round_trip(bootstrap: str) -> list[float]:
    """Produce and consume one small record at a time, acks=all: what the broker alone costs."""
    topic = "kernel.undecodable"
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="latest")
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", linger_ms=0)
    await consumer.start()
    await producer.start()
    times = []
    try:
        await consumer.seek_to_end()
        for _ in range(ROUND_TRIPS):
            began = perf_counter()
            await producer.send_and_wait(topic, b"x" * 400, partition=0)
            await consumer.getone()
            times.append((perf_counter() - began) * 1000)
    finally:
        await consumer.stop()
        await producer.stop()
    return times


def _share(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _median_of(runs: list[list[float]], share: float) -> float:
    return round(median(_share(run, share) for run in runs), 1)
