"""The SQL of rebuilding: facts in order of case, fresh tables beside the live ones, and the swap.

It runs on connections of its own: reading everything takes longer than the limits of the pool allow, and COPY wants
JSON as text.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import JSONB

from services.workbench.store.folded import ON
from shared.kernel.writeset import table_of

ROWS_PER_FETCH: Final = 2_000
LATE_COMMITS: Final = "60 seconds"
"""No transaction of the projection lives longer than this: facts recorded since then are folded again at the swap."""
LOCK_TIMEOUT: Final = "5s"
COLUMNS: Final = (
    "id, case_id, aggregate_id, aggregate_version, service, name, version, body, at, actor_id"
)
_BY_CASE: Final = f"SELECT {COLUMNS} FROM fact ORDER BY case_id, aggregate_id, aggregate_version"  # noqa: S608
_OF_CASES: Final = (
    f"SELECT {COLUMNS} FROM fact WHERE case_id = ANY($1::uuid[])"  # noqa: S608
    " ORDER BY case_id, aggregate_id, aggregate_version"
)
_RECENT: Final = (
    "SELECT DISTINCT case_id FROM fact WHERE recorded_at >= $1::timestamptz - $2::text::interval"
)
TABLES: Final[Mapping[str, Table]] = {table_of(row).name: table_of(row) for row in ON}
KEYS: Final = {table_of(row).name: on for row, on in ON.items()}
Rows = Mapping[str, list[dict[str, Any]]]


async def connect(url: str) -> Any:
    """A connection without the pool's limits."""
    return await asyncpg.connect(
        url, server_settings={"application_name": "workbench-rebuild", "jit": "off"}
    )


async def facts_by_case(connection: Any) -> AsyncIterator[list[Any]]:
    """The facts of each case, in one snapshot; the caller holds a transaction."""
    here: list[Any] = []
    async for row in connection.cursor(_BY_CASE, prefetch=ROWS_PER_FETCH):
        if here and here[0]["case_id"] != row["case_id"]:
            yield here
            here = []
        here.append(row)
    if here:
        yield here


async def recent_facts(connection: Any, since: Any) -> list[list[Any]]:
    """The facts of the cases that moved since then."""
    moved = [row["case_id"] for row in await connection.fetch(_RECENT, since, LATE_COMMITS)]
    cases: dict[UUID, list[Any]] = {}
    for row in await connection.fetch(_OF_CASES, moved):
        cases.setdefault(row["case_id"], []).append(row)
    return list(cases.values())


async def make_fresh(connection: Any) -> None:
    """Empty tables beside the live ones; left-overs of a rebuild that broke off go first."""
    for name in TABLES:
        await connection.execute(f"DROP TABLE IF EXISTS {name}_next")
        await connection.execute(f"CREATE TABLE {name}_next (LIKE {name} INCLUDING DEFAULTS)")


async def fill(connection: Any, rows: Rows) -> None:
    """Copy rows into the fresh tables."""
    for name, found in rows.items():
        if found:
            columns = _COPIED[name]
            records = [
                [
                    _JSON(one[column]).decode() if is_json else one[column]
                    for column, is_json in columns
                ]
                for one in found
            ]
            await connection.copy_records_to_table(
                f"{name}_next", records=records, columns=[column for column, _ in columns]
            )


_JSON: Final = msgspec.json.Encoder().encode
_COPIED: Final = {
    name: [(column.name, isinstance(column.type, JSONB)) for column in table.columns]
    for name, table in TABLES.items()
}


async def index(connection: Any) -> dict[str, str]:
    """The live tables' indexes on the fresh ones; new name → name it will have."""
    names: dict[str, str] = {}
    for table in TABLES:
        found = await connection.fetch(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = $1",
            table,
        )
        for row in found:
            name, text = row["indexname"], row["indexdef"]
            if name == f"{table}_pkey":
                key = ", ".join(KEYS[table])
                await connection.execute(
                    f"ALTER TABLE {table}_next ADD CONSTRAINT {name}_next PRIMARY KEY ({key})"
                )
            else:
                fresh = text.replace(f"INDEX {name} ON", f"INDEX {name}_next ON").replace(
                    f"public.{table} ", f"public.{table}_next "
                )
                await connection.execute(fresh)
            names[f"{name}_next"] = name
    return names


async def lock_live(connection: Any) -> None:
    """Nobody writes the read model until the transaction ends; everybody may read on."""
    await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    await connection.execute(f"LOCK TABLE {', '.join(TABLES)} IN SHARE ROW EXCLUSIVE MODE")


async def replace_cases(connection: Any, case_ids: Iterable[UUID], rows: Rows) -> None:
    """Put these cases into the fresh tables anew."""
    for table in TABLES:
        await connection.execute(
            f"DELETE FROM {table}_next WHERE case_id = ANY($1::uuid[])",  # noqa: S608
            list(case_ids),
        )
    await fill(connection, rows)


async def swap(connection: Any, names: Mapping[str, str]) -> None:
    """The fresh tables take the place of the live ones."""
    for table in TABLES:
        await connection.execute(f"DROP TABLE {table}")
        await connection.execute(f"ALTER TABLE {table}_next RENAME TO {table}")
    for fresh, name in names.items():
        await connection.execute(f"ALTER INDEX {fresh} RENAME TO {name}")


async def live_rows(connection: Any, case_ids: Sequence[UUID]) -> dict[str, list[dict[str, Any]]]:
    """The rows of these cases as they stand."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, table in TABLES.items():
        rows = await connection.fetch(
            f"SELECT * FROM {name} WHERE case_id = ANY($1::uuid[])",  # noqa: S608
            list(case_ids),
        )
        json = [column.name for column in table.columns if isinstance(column.type, JSONB)]
        found[name] = [
            {**row, **{column: msgspec.json.decode(row[column]) for column in json}} for row in rows
        ]
    return found


async def live_counts(connection: Any) -> dict[str, int]:
    """How many rows each live table has."""
    return {
        name: await connection.fetchval(f"SELECT count(*) FROM {name}")  # noqa: S608
        for name in TABLES
    }
