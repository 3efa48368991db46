"""rebuild: facts per second into a read model made anew, indexes and swap included, beside COPY of the same facts."""

from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg

from deploy.bench.system import System
from services.workbench.store.rebuilding import TABLES
from services.workbench.usecases.rebuild import rebuild, rebuild_and_diff
from shared.contracts.base import Event
from shared.contracts.registry import encode
from shared.contracts.topics import BY_NAME
from shared.vocabulary.ids import new_id
from tests.workbench.story import AT, Story

CASES = 10_000
COLUMNS = (
    "id", "case_id", "aggregate_id", "aggregate_version", "service", "name", "version", "body", "at",
    "actor_id", "correlation_id", "recorded_at",
)  # fmt: skip


async def measure(system: System, repetitions: int) -> dict[str, Any]:
    """Whole stories of many cases, told once, rebuilt again and again; the last rebuild is compared fact by fact."""
    url = system.env["DATABASE_URL_WORKBENCH"]
    rows = [row for n in range(CASES) for row in _facts(n)]
    admin = await asyncpg.connect(url)
    try:
        await admin.execute(f"TRUNCATE fact, {', '.join(TABLES)}")
        began = perf_counter()
        await admin.copy_records_to_table("fact", records=rows, columns=COLUMNS)
        copied_s = perf_counter() - began
        await admin.execute("ANALYZE fact")
        rates = [(await rebuild(url)).per_second for _ in range(repetitions)]
        wrong = await rebuild_and_diff(url)
        if wrong:
            raise RuntimeError(f"the rebuilt model differs from its facts: {wrong[0]}")
    finally:
        await admin.close()
    return {
        "events_per_s": round(median(rates)),
        "events_per_s_min": round(min(rates)),
        "events_per_s_max": round(max(rates)),
        "copy_rows_per_s": round(len(rows) / copied_s),
        "events": len(rows),
        "cases": CASES,
    }


def _facts(number: int) -> list[tuple[Any, ...]]:
    """One case from the call to its end: a dispute with lawyer and agreement, aid, two messages."""
    one = Story(number=f"ZQ-20261124-{number:06d}")
    cause, second = new_id(), new_id()
    told = (
        one.registered(tracking_blind=str(one.case_id)), one.joined(), one.opened(), one.mediator(),
        one.offered(), one.assigned(), one.progressed(), one.agreed(), one.dispute_closed(),
        one.asked_for_aid(), one.moved("public"), one.queued(cause), one.delivered(cause),
        one.queued(cause, second), one.failed(cause, second), one.handled(), one.closed(),
    )  # fmt: skip
    versions: dict[Any, int] = {}
    return [_row(one, event, n, versions) for n, event in enumerate(told)]


def _row(story: Story, event: Event, n: int, versions: dict[Any, int]) -> tuple[Any, ...]:
    about = event.aggregate_id
    versions[about] = versions.get(about, 0) + 1
    at = AT + timedelta(minutes=n)
    return (
        new_id(), story.case_id, about, versions[about], BY_NAME[event.topic].owner, event.name,
        event.version, encode(event), at, story.operator_id, story.case_id, at,
    )  # fmt: skip
