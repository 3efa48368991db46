"""What a service measures about itself, for Prometheus at `/metrics`.

Names and labels are a contract with the dashboards. Labels are codes and names from the source, never input. The
children of a metric are looked up once and kept: a command pays for an addition, not for a look-up by label.
"""

import asyncio
from functools import lru_cache
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from starlette.requests import Request
from starlette.responses import Response

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
LABELS_KEPT_MAX: Final = 2_000
LOOP_SAMPLE_S: Final = 0.5
LATENCY_BUCKETS_S: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
LATENESS_BUCKETS_S: Final = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 1800.0, 3600.0, 21600.0)

REGISTRY = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

COMMANDS = Counter(
    "nuanliu_commands",
    "Commands by use case and outcome",
    ["use_case", "outcome"],
    registry=REGISTRY,
)
COMMAND_SECONDS = Histogram(
    "nuanliu_command_seconds",
    "Time from the request's arrival to its answer",
    ["use_case"],
    buckets=LATENCY_BUCKETS_S,
    registry=REGISTRY,
)
RELAY_PUBLISHED = Counter(
    "nuanliu_relay_published", "Facts that the broker acknowledged", ["service"], registry=REGISTRY
)
OUTBOX_ROWS = Gauge(
    "nuanliu_outbox_rows",
    "Facts still to be sent, counted to 10,000",
    ["service"],
    registry=REGISTRY,
)
OUTBOX_POISONED = Gauge(
    "nuanliu_outbox_poisoned_rows",
    "Facts the broker will never take",
    ["service"],
    registry=REGISTRY,
)
OUTBOX_AGE = Gauge(
    "nuanliu_outbox_oldest_seconds",
    "Age of the oldest fact not sent",
    ["service"],
    registry=REGISTRY,
)
CONSUMED = Counter(
    "nuanliu_consumed",
    "Incoming facts by verdict: applied, duplicate, parked ...",
    ["service", "verdict"],
    registry=REGISTRY,
)
CONSUMER_LAG = Gauge(
    "nuanliu_consumer_lag_records", "Records not read yet", ["service"], registry=REGISTRY
)
CONSUMER_LAG_SECONDS = Gauge(
    "nuanliu_consumer_lag_seconds",
    "Age of the fact that took effect last, when it did",
    ["service"],
    registry=REGISTRY,
)
PARKED_KEYS = Gauge(
    "nuanliu_parked_keys",
    "Aggregates that wait behind a parked fact",
    ["service"],
    registry=REGISTRY,
)
TIMER_LATENESS = Histogram(
    "nuanliu_timer_lateness_seconds",
    "How long after its due time a deadline took effect",
    ["service"],
    buckets=LATENESS_BUCKETS_S,
    registry=REGISTRY,
)
POOL_IN_USE = Gauge(
    "nuanliu_pool_connections_in_use",
    "Working database connections",
    ["service"],
    registry=REGISTRY,
)
LOOP_LAG = Histogram(
    "nuanliu_loop_lag_seconds",
    "How long the event loop kept a ready task waiting",
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0),
    registry=REGISTRY,
)
LOG_FIELDS_DROPPED = Counter(
    "nuanliu_log_fields_dropped", "Log fields that are not on the allow-list", registry=REGISTRY
)


def command_done(use_case: str, outcome: str, seconds: float) -> None:
    """Count and time one command; `outcome` is `ok`, `error` or the code of a refusal."""
    _commands(use_case, outcome).inc()
    _command_seconds(use_case).observe(seconds)


def relay_published(service: str, count: int) -> None:
    """Count facts that the broker has."""
    _published(service).inc(count)


def consumed(service: str, verdict: str, count: int = 1) -> None:
    """Count incoming facts by what became of them."""
    _consumed(service, verdict).inc(count)


def consumer_lag(service: str, records: int) -> None:
    """How many records wait to be read."""
    _lag(service).set(records)


def consumer_lag_seconds(service: str, seconds: float) -> None:
    """How old the newest fact was when it took effect."""
    _lag_seconds(service).set(seconds)


def timer_fired(service: str, late_s: float) -> None:
    """How late a deadline took effect, by the database's clock."""
    _lateness(service).observe(late_s)


def backlog(service: str, *, rows: float, poisoned: float, age_s: float) -> None:
    """What the outbox holds."""
    OUTBOX_ROWS.labels(service).set(rows)
    OUTBOX_POISONED.labels(service).set(poisoned)
    OUTBOX_AGE.labels(service).set(age_s)


def parked_keys(service: str, keys: int) -> None:
    """How many aggregates wait behind a parked fact."""
    PARKED_KEYS.labels(service).set(keys)


def pool_in_use(service: str, connections: int) -> None:
    """How many connections work at this moment."""
    POOL_IN_USE.labels(service).set(connections)


async def sample_loop_lag() -> None:
    """Measure for ever how late the event loop wakes a task; above 50 ms something computes on it."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOP_SAMPLE_S
        await asyncio.sleep(LOOP_SAMPLE_S)
        LOOP_LAG.observe(max(0.0, loop.time() - due))


async def endpoint(_request: Request) -> Response:
    """`GET /metrics`; reached from inside the cluster only."""
    return Response(generate_latest(REGISTRY), headers={"content-type": CONTENT_TYPE})


_kept = lru_cache(maxsize=LABELS_KEPT_MAX)
_commands = _kept(COMMANDS.labels)
_command_seconds = _kept(COMMAND_SECONDS.labels)
_published = _kept(RELAY_PUBLISHED.labels)
_consumed = _kept(CONSUMED.labels)
_lag = _kept(CONSUMER_LAG.labels)
_lag_seconds = _kept(CONSUMER_LAG_SECONDS.labels)
_lateness = _kept(TIMER_LATENESS.labels)
