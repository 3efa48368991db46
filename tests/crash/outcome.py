"""What a life leaves behind: every value of every table, the facts, what was published, whether the promises hold.

Ids, times and ciphers are new in each run. Which values must be equal is not listed anywhere: what two undisturbed runs
agree in, a disturbed one must agree in too.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.kernel import audit
from shared.testing.rig import Rig
from tests.crash.harness import Scenario, first_deliveries_in_order, lines

Values = dict[str, list[str]]
"""`table.column` (deeper inside a document: `table.column.name`) → its values in all rows, sorted."""
Outcome = dict[str, Any]

_TABLES = """
SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'kernel')
AND table_name NOT IN ('alembic_version') ORDER BY 1
"""
_COUNTED = """
SELECT table_schema || '.' || table_name || '.' || column_name AS name FROM information_schema.columns
WHERE is_identity = 'YES' OR column_default LIKE 'nextval%'
"""
"""Numbers of a sequence: an attempt that was rolled back leaves a hole."""
_FACTS = "SELECT event_id, aggregate_id, aggregate_version, name FROM kernel.event ORDER BY id"


async def observed(rig: Rig, scenario: Scenario, sent: Path) -> Outcome:
    """`values` and `facts` are compared with those of other runs; `broken` names the promises that do not hold."""
    pool = rig.context.db.pool
    facts = await pool.fetch(_FACTS)
    return {
        "values": await _values(pool),
        "facts": [[row["name"], row["aggregate_version"]] for row in facts],
        "broken": [
            *_told(facts, sent),
            *[f"G5/G10: parked as {state} ({code})" for state, code in await rig.parked()],
            *await _audit(pool),
            *[f"G7: {one}" for one in await scenario.invariants(rig)],
        ],
    }


def _told(facts: list[Any], sent: Path) -> Iterator[str]:
    published = {event_id for _, _, event_id in lines(sent)}
    if published != {str(row["event_id"]) for row in facts}:
        yield "G3: what is published is not what is committed"
    begins = {str(row["aggregate_id"]): row["aggregate_version"] for row in reversed(facts)}
    if not first_deliveries_in_order(sent, begins):
        yield "G4: a fact was delivered before an earlier one"


async def _audit(pool: Any) -> list[str]:
    chain = await audit.verify(pool)
    return [] if chain.ok else [f"audit: {chain.why}"]


async def _values(pool: Any) -> Values:
    found: Values = {}
    counted = {row["name"].removeprefix("public.") for row in await pool.fetch(_COUNTED)}
    for table in await pool.fetch(_TABLES):
        name = table["name"].removeprefix("public.")
        rows = await pool.fetch(f"SELECT * FROM {table['name']}")
        found[name] = [str(len(rows))]
        for row in rows:
            for column, value in dict(row).items():
                for where, one in _leaves(f"{name}.{column}", value):
                    found.setdefault(where, []).append(one)
    return {where: sorted(values) for where, values in found.items() if where not in counted}


def _leaves(where: str, value: Any) -> Iterator[tuple[str, str]]:
    """A value, or what is inside it if it is a document."""
    match _document(value):
        case dict() as fields:
            for name, one in fields.items():
                yield from _leaves(f"{where}.{name}", one)
        case list() as many:
            for one in many:
                yield from _leaves(where, one)
        case other:
            yield where, str(other)


def _document(value: Any) -> Any:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def differences(
    outcome: Outcome, undisturbed: list[Outcome], may_differ: frozenset[str]
) -> list[str]:
    """Where the outcome is not what all undisturbed runs agree in, and every promise that is broken in it."""
    model, other = undisturbed
    names = {*model["values"], *other["values"], *outcome["values"]} - may_differ
    agreed = [one for one in names if model["values"].get(one) == other["values"].get(one)]
    wrong = [
        f"{one}: {outcome['values'].get(one)} instead of {model['values'].get(one)}"
        for one in sorted(agreed)
        if outcome["values"].get(one) != model["values"].get(one)
    ]
    if model["facts"] == other["facts"] != outcome["facts"]:
        wrong.append(f"facts: {outcome['facts']} instead of {model['facts']}")
    return [*outcome["broken"], *wrong]
