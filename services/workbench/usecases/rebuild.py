"""The read model is made anew from the facts, beside the live one, and takes its place; or is only compared with it.

`python -m services.workbench.main rebuild` after the folds changed; `… diff` is what `make verify` asks: every row
must be what its facts add up to.
"""

import asyncio
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import UUID

import msgspec

from services.workbench.domain.application import Application, fold_application
from services.workbench.domain.card import Card, fold
from services.workbench.domain.delivery import Delivery, fold_delivery
from services.workbench.store import rebuilding as store
from services.workbench.store.folded import (
    application_values,
    card_values,
    delivery_values,
    party_values,
)
from services.workbench.store.read_model import to_fact

CASES_PER_COPY = 1_000
COPIES_WAITING_MAX = 1
DIFFERENCES_SHOWN_MAX = 100
CARD_SERVICES = ("intake", "mediation")


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what its facts add up to."""

    table: str
    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How much was folded, and how fast."""

    facts: int
    cases: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Facts folded per second, writing and indexing included."""
        return self.facts / self.seconds if self.seconds else 0.0


def rows_of(facts: Sequence[Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows that the facts of one case add up to, by table."""
    card: Card | None = None
    applications: dict[UUID, Application] = {}
    deliveries: dict[UUID, Delivery] = {}
    for row in facts:
        fact = to_fact(row)
        if fact is None:
            continue
        case_id, about = row["case_id"], fact.about
        if row["service"] in CARD_SERVICES:
            card = fold(card or Card(case_id), fact)
        elif row["service"] == "welfare":
            before = applications.get(about) or Application(about, case_id)
            applications[about] = fold_application(before, fact)
        elif row["service"] == "notify":
            told = deliveries.get(about) or Delivery(about, case_id, fact.body.cause_id)
            deliveries[about] = fold_delivery(told, fact)
    return {
        "card": [card_values(card)] if card else [],
        "card_party": party_values(card) if card else [],
        "application": [application_values(one) for one in applications.values()],
        "delivery": [delivery_values(one) for one in deliveries.values()],
    }


class _Rows:
    """Rows of many cases, collected."""

    def __init__(self) -> None:
        self.by_table: dict[str, list[dict[str, Any]]] = {name: [] for name in store.TABLES}
        self.case_ids: list[UUID] = []

    def add(self, facts: Sequence[Any]) -> None:
        self.case_ids.append(facts[0]["case_id"])
        for name, rows in rows_of(facts).items():
            self.by_table[name] += rows


@contextmanager
def _no_collections() -> Iterator[None]:
    """Nothing here refers in circles: looking for circles would be half of the work."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def rebuild(database_url: str) -> Rebuilt:
    """Fold everything into fresh tables, fold again what moved meanwhile, swap."""
    with _no_collections():
        return await _rebuild(database_url)


async def _rebuild(database_url: str) -> Rebuilt:
    began = perf_counter()
    reading, writing = await store.connect(database_url), await store.connect(database_url)
    facts = cases = 0
    try:
        since = await writing.fetchval("SELECT clock_timestamp()")
        await store.make_fresh(writing)
        folded: asyncio.Queue[store.Rows | None] = asyncio.Queue(COPIES_WAITING_MAX)
        async with (
            reading.transaction(isolation="repeatable_read", readonly=True),
            asyncio.TaskGroup() as together,
        ):
            together.create_task(_copy(writing, folded))
            rows = _Rows()
            async for here in store.facts_by_case(reading):
                rows.add(here)
                facts, cases = facts + len(here), cases + 1
                if len(rows.case_ids) >= CASES_PER_COPY:
                    await folded.put(rows.by_table)
                    rows = _Rows()
            await folded.put(rows.by_table)
            await folded.put(None)
        names = await store.index(writing)
        async with writing.transaction():
            await store.lock_live(writing)
            moved = _Rows()
            for here in await store.recent_facts(writing, since):
                moved.add(here)
            await store.replace_cases(writing, moved.case_ids, moved.by_table)
            await store.swap(writing, names)
        for table in store.TABLES:
            await writing.execute(f"ANALYZE {table}")
    finally:
        await reading.close()
        await writing.close()
    return Rebuilt(facts, cases, perf_counter() - began)


async def _copy(writing: Any, folded: "asyncio.Queue[store.Rows | None]") -> None:
    """Copy what comes until None does: PostgreSQL takes in some cases while the next are folded."""
    while (rows := await folded.get()) is not None:
        await store.fill(writing, rows)


async def rebuild_and_diff(database_url: str) -> list[Difference]:
    """Fold everything in one snapshot and compare it with the live tables; empty when they agree."""
    reading = await store.connect(database_url)
    found: list[Difference] = []
    counts = dict.fromkeys(store.TABLES, 0)
    try:
        async with reading.transaction(isolation="repeatable_read", readonly=True):
            rows = _Rows()
            async for here in store.facts_by_case(reading):
                rows.add(here)
                if len(rows.case_ids) >= CASES_PER_COPY:
                    found += await _compare(reading, rows, counts)
                    rows = _Rows()
            found += await _compare(reading, rows, counts)
            for table, count in (await store.live_counts(reading)).items():
                if count != counts[table]:
                    found.append(Difference(table, f"{count} rows for {counts[table]}", ()))
    finally:
        await reading.close()
    return found[:DIFFERENCES_SHOWN_MAX]


async def _compare(connection: Any, rows: _Rows, counts: dict[str, int]) -> list[Difference]:
    live = await store.live_rows(connection, rows.case_ids)
    found = []
    for table, wanted in rows.by_table.items():
        counts[table] += len(wanted)
        there = {_key(table, row): row for row in live[table]}
        for row in wanted:
            key = _key(table, row)
            if key not in there:
                found.append(Difference(table, key, ("missing",)))
                continue
            columns = tuple(
                column for column, value in row.items() if _json(value) != _json(there[key][column])
            )
            if columns:
                found.append(Difference(table, key, columns))
    return found


def _key(table: str, row: dict[str, Any]) -> str:
    return "/".join(str(row[column]) for column in store.KEYS[table])


def _json(value: Any) -> Any:
    """As it looks after a trip through JSON: that is how `folded` is stored."""
    return (
        msgspec.json.decode(msgspec.json.encode(value)) if isinstance(value, dict | list) else value
    )
