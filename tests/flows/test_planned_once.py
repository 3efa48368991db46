"""What the busiest paths read is planned once and then only executed, whatever the values and however many."""

from typing import Any

import pytest

from services.intake.store.people import _KNOWN
from services.mediation.store.roster import _CANDIDATES
from services.workbench.store.read_model import _LOCKED
from services.workbench.tables import CardRow
from shared.kernel.offsets import _FENCE
from shared.kernel.sql import render
from shared.testing.rig import ServiceRig
from shared.vocabulary.ids import new_id

ROUNDS = 12
CUSTOM_PLANS = 5
"""PostgreSQL plans the first five calls each by itself, to compare."""


def lookup(count: int) -> tuple[str, list[Any]]:
    return _KNOWN, [[None] * count for _ in range(6)]


def candidates(_count: int) -> tuple[str, list[Any]]:
    return render(_CANDIDATES, {"dispute_id": new_id(), "employer_id": new_id()})


def cards(count: int) -> tuple[str, list[Any]]:
    return render(_LOCKED[CardRow], {"ids": [new_id() for _ in range(count)]})


def fence(count: int) -> tuple[str, list[Any]]:
    moves = {
        "topics": ["intake.cases"] * count,
        "partitions": list(range(count)),
        "old": [0] * count,
        "new": [1] * count,
    }
    ids = [new_id() for _ in range(count)]
    return render(_FENCE, {**moves, "ids": ids, "retold": bool(count % 2)})


@pytest.mark.parametrize(
    ("service", "reading"),
    [("intake", lookup), ("mediation", candidates), ("workbench", cards), ("workbench", fence)],
    ids=["intake.look_up", "mediation.load_candidates", "workbench.load_cards", "offsets.fence"],
)
async def test_a_hot_read_is_planned_once(
    service_rig: ServiceRig, service: str, reading: Any
) -> None:
    pool = (await service_rig(service)).context.db.pool
    connection = await pool.acquire()
    try:
        for count in range(1, ROUNDS + 1):
            text, args = reading(count)
            await connection.fetch(text, *args)
        plans = await connection.fetchrow(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = $1",
            text,
        )
    finally:
        await pool.release(connection)
    assert dict(plans) == {"generic_plans": ROUNDS - CUSTOM_PLANS, "custom_plans": CUSTOM_PLANS}
