"""What a service measures can be read at /metrics under the agreed names."""

import asyncio
import time
from contextlib import suppress

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.requests import Request

from shared.kernel import metrics
from shared.kernel.metrics import REGISTRY


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_a_command_is_counted_and_timed_by_outcome() -> None:
    ok = {"use_case": "t.counted", "outcome": "ok"}
    metrics.command_done("t.counted", "ok", 0.004)
    metrics.command_done("t.counted", "ok", 0.3)
    metrics.command_done("t.counted", "stale_version", 0.001)
    assert value("nuanliu_commands_total", **ok) == 2
    assert value("nuanliu_commands_total", **ok | {"outcome": "stale_version"}) == 1
    assert value("nuanliu_command_seconds_count", use_case="t.counted") == 3
    assert value("nuanliu_command_seconds_bucket", use_case="t.counted", le="0.005") == 2


def test_relay_consumer_timers_and_pool_have_their_numbers() -> None:
    metrics.relay_published("t", 7)
    metrics.consumed("t", "applied", 5)
    metrics.consumed("t", "duplicate")
    metrics.consumer_lag("t", 12)
    metrics.consumer_lag_seconds("t", 0.5)
    metrics.parked_keys("t", 2)
    metrics.timer_fired("t", 0.7)
    metrics.pool_in_use("t", 3)
    metrics.backlog("t", rows=9, poisoned=1, age_s=4.5)
    assert value("nuanliu_relay_published_total", service="t") == 7
    assert value("nuanliu_consumed_total", service="t", verdict="applied") == 5
    assert value("nuanliu_consumed_total", service="t", verdict="duplicate") == 1
    assert value("nuanliu_consumer_lag_records", service="t") == 12
    assert value("nuanliu_consumer_lag_seconds", service="t") == 0.5
    assert value("nuanliu_parked_keys", service="t") == 2
    assert value("nuanliu_timer_lateness_seconds_bucket", service="t", le="1.0") == 1
    assert value("nuanliu_pool_connections_in_use", service="t") == 3
    assert value("nuanliu_outbox_rows", service="t") == 9
    assert value("nuanliu_outbox_poisoned_rows", service="t") == 1
    assert value("nuanliu_outbox_oldest_seconds", service="t") == 4.5


async def test_the_endpoint_speaks_prometheus() -> None:
    metrics.command_done("t.spoken", "ok", 0.01)
    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": [], "app": Starlette()}
    answer = await metrics.endpoint(Request(scope))
    families = {
        family.name for family in text_string_to_metric_families(bytes(answer.body).decode())
    }
    assert {
        "nuanliu_commands",
        "nuanliu_outbox_oldest_seconds",
        "nuanliu_loop_lag_seconds",
    } <= families


async def test_work_on_the_event_loop_shows_as_lag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "LOOP_SAMPLE_S", 0.01)
    before = value("nuanliu_loop_lag_seconds_sum")
    task = asyncio.create_task(metrics.sample_loop_lag())
    await asyncio.sleep(0.05)
    time.sleep(0.2)  # noqa: ASYNC251 - the very thing that is to be noticed
    await asyncio.sleep(0.05)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert value("nuanliu_loop_lag_seconds_sum") - before > 0.1
