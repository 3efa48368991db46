"""propagation: from the commit in intake to the commit in the workbench's read model, by PostgreSQL's commit times."""

import asyncio
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
SETTLE_S = 5.0
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


async def measure(system: System, repetitions: int) -> dict[str, Any]:
    """p50 and p99 for one hop and for two, beside the raw round trip through the broker."""
    env = system.env
    names = ("intake", "mediation", "workbench")
    one_hop: list[list[float]] = []
    two_hops: list[list[float]] = []
    with system.running(*names):
        for n in range(repetitions):
            one, two = await _run(env, int(env["INTAKE_PORT"]), n)
            one_hop.append(one)
            two_hops.append(two)
        round_trip = await _round_trip(env["KAFKA_BOOTSTRAP"])
    return {
        "p50_ms": _median_of(one_hop, 0.5),
        "p99_ms": _median_of(one_hop, 0.99),
        "p99_ms_max": round(max(_share(run, 0.99) for run in one_hop), 1),
        "two_hops_p50_ms": _median_of(two_hops, 0.5),
        "two_hops_p99_ms": _median_of(two_hops, 0.99),
        "kafka_round_trip_p50_ms": round(_share(round_trip, 0.5), 1),
        "kafka_round_trip_p99_ms": round(_share(round_trip, 0.99), 1),
        "per_s": PER_S,
        "cases": sum(len(run) for run in one_hop),
    }


async def _run(env: dict[str, str], port: int, n: int) -> tuple[list[float], list[float]]:
    intake, mediation, workbench = [
        await asyncpg.connect(env[f"DATABASE_URL_{name}"])
        for name in ("INTAKE", "MEDIATION", "WORKBENCH")
    ]
    try:
        last = await intake.fetchval("SELECT coalesce(max(id), 0) FROM kernel.event")
        make = calls(env, (40 + n) * BLOCK)
        load = await open_loop(port, make, per_s=PER_S, seconds=SECONDS)
        if load.failed:
            raise RuntimeError(f"{load.failed} calls failed: {load.sample.decode()}")
        await asyncio.sleep(SETTLE_S)
        told = {
            row["aggregate_id"]: row["at"]
            for row in await intake.fetch(_COMMITTED, last, ["intake.case_registered"])
        }
        seen = {
            row["aggregate_id"]: row["at"] for row in await workbench.fetch(_APPLIED, list(told))
        }
        disputes = await mediation.fetch(_DISPUTE_OF, list(told))
        of_dispute = {
            row["aggregate_id"]: row["at"]
            for row in await workbench.fetch(_APPLIED, [row["id"] for row in disputes])
        }
        if len(seen) < len(told) or len(of_dispute) < len(disputes) or not disputes:
            raise RuntimeError(
                f"{len(told)} told, {len(seen)} seen, {len(of_dispute)} disputes seen"
            )
        first = [(seen[case] - at).total_seconds() * 1000 for case, at in told.items()]
        second = [
            (of_dispute[row["id"]] - told[row["case_id"]]).total_seconds() * 1000
            for row in disputes
        ]
        return first, second
    finally:
        for connection in (intake, mediation, workbench):
            await connection.close()


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
