"""relay: facts per second from a full outbox to the broker's acknowledgement."""

import asyncio
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg

from deploy.bench.system import System
from shared.kernel.bus_kafka import KafkaBus
from shared.kernel.outbox import Relay
from shared.kernel.storage import Pool

FACTS = 60_000
PATIENCE_S = 120

_FILL = """
WITH told AS (
  INSERT INTO kernel.event (event_id, topic, aggregate_id, aggregate_version, name, version, body,
                            correlation_id, actor_id, occurred_at)
  SELECT uuidv7(), 'intake.cases', uuidv7(), 1, 'intake.case_dreamt_of', 1,
         convert_to('{"case_id":"' || n || repeat('x', 400) || '"}', 'UTF8'), uuidv7(), uuidv7(), now()
  FROM generate_series(1, $1) AS n RETURNING id, aggregate_id)
INSERT INTO kernel.outbox (id, aggregate_id) SELECT id, aggregate_id FROM told ORDER BY id
"""


async def measure(system: System, repetitions: int) -> dict[str, Any]:
    """Fill, then let a relay of its own drain."""
    url, bootstrap = system.env["DATABASE_URL_INTAKE"], system.env["KAFKA_BOOTSTRAP"]
    rates = []
    pool = await Pool.open(url, name="bench")
    bus = KafkaBus(bootstrap)
    admin = await asyncpg.connect(url)
    try:
        for _ in range(repetitions):
            await admin.execute("TRUNCATE kernel.outbox")
            await admin.execute(_FILL, FACTS)
            rates.append(await _drain(Relay(url, pool, bus, "intake"), admin))
    finally:
        await admin.close()
        await bus.aclose()
        await pool.close()
    return {
        "events_per_s": round(median(rates)),
        "events_per_s_min": round(min(rates)),
        "events": FACTS,
    }


async def _drain(relay: Relay, admin: Any) -> float:
    task = asyncio.ensure_future(relay.run())
    began = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_S):
            while await admin.fetchval(  # noqa: ASYNC110 - the queue is in the database
                "SELECT EXISTS (SELECT 1 FROM kernel.outbox)"
            ):
                await asyncio.sleep(0.05)
        return FACTS / (perf_counter() - began)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
