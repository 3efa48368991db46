"""The gauges show what the database holds at the moment of looking."""

from typing import Any

from shared.kernel.gauges import look
from shared.kernel.metrics import REGISTRY
from shared.vocabulary.ids import new_id

EVENT = (
    "INSERT INTO kernel.event (event_id, topic, aggregate_id, aggregate_version, name, version, correlation_id,"
    " actor_id, occurred_at) VALUES ($1, 't', $2, 1, 'n', 1, $1, $1, now() - interval '90 seconds') RETURNING id"
)
PARKED = (
    'INSERT INTO kernel.parked (event_id, aggregate_id, aggregate_version, topic, partition, "offset", name, headers,'
    " state, code, parked_at, next_try_at) VALUES ($1, $2, 1, 't', 0, 0, 'n', '{}', $3, 'c', now(), now())"
)


def value(name: str) -> float | None:
    return REGISTRY.get_sample_value(name, {"service": "bench"})


async def test_an_empty_database_shows_zeros(bench: Any) -> None:
    await look("bench", bench.db.pool)
    names = ("nuanliu_outbox_rows", "nuanliu_outbox_oldest_seconds", "nuanliu_parked_keys")
    assert [value(name) for name in names] == [0, 0, 0]


async def test_waiting_facts_and_parked_keys_show(bench: Any) -> None:
    for n in range(3):
        about = new_id()
        (row,) = await bench.rows(EVENT, new_id(), about)
        await bench.rows(
            "INSERT INTO kernel.outbox (id, aggregate_id, poison) VALUES ($1, $2, $3)",
            row["id"], about, "too large" if n == 0 else None,
        )  # fmt: skip
    key = new_id()
    for state in ("head", "behind", "behind"):
        await bench.rows(PARKED, new_id(), key, state)
    await bench.rows(PARKED, new_id(), new_id(), "skipped")
    await bench.rows(PARKED, new_id(), new_id(), "dead")
    await look("bench", bench.db.pool)
    assert value("nuanliu_outbox_rows") == 3
    assert value("nuanliu_outbox_poisoned_rows") == 1
    assert 89 < (value("nuanliu_outbox_oldest_seconds") or 0) < 150
    assert value("nuanliu_parked_keys") == 2
    assert value("nuanliu_pool_connections_in_use") == 0
