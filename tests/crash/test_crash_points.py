"""Every use case of the main job, killed at every named point, ends as if nothing had happened (X1, X4, X8; G1 to G9)."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from shared.testing.postgres import create_database, drop_database, unique_name
from shared.testing.rig import assemble, template_of
from tests.crash.harness import SIGKILLED, FileBus, Scenario, live, points_of, signature
from tests.crash.scenarios import SCENARIOS


@pytest.mark.crash
@pytest.mark.timeout(300)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=[f"{s.service}.{s.name}" for s in SCENARIOS])
def test_a_crash_at_any_point_leaves_what_an_undisturbed_run_leaves(
    scenario: Scenario, postgres_server: str, tmp_path: Path, record_property: Any
) -> None:
    template = asyncio.run(template_of(scenario.service, postgres_server))
    prepared = unique_name("crash")
    url = create_database(postgres_server, prepared, template)
    state = asyncio.run(_prepare(scenario, url, tmp_path / "prepared"))
    databases = [prepared]

    def fresh() -> str:
        databases.append(unique_name("crash"))
        return create_database(postgres_server, databases[-1], prepared)

    undisturbed = fresh()
    sent = tmp_path / "undisturbed"
    points = asyncio.run(points_of(scenario, undisturbed, state, sent))
    assert live(scenario.place, undisturbed, state, sent, None) == 0, "the act cannot be repeated"
    wanted = asyncio.run(signature(scenario.service, undisturbed, sent))
    assert points
    for point in points:
        url, sent = fresh(), tmp_path / point.replace(":", "-")
        assert live(scenario.place, url, state, sent, point) == SIGKILLED, point
        assert live(scenario.place, url, state, sent, None) == 0, point
        assert asyncio.run(signature(scenario.service, url, sent)) == wanted, point
        drop_database(postgres_server, databases.pop())
    record_property("crash_points", len(points))
    print(f"{scenario.service}.{scenario.name}: {len(points)} points")
    for database in databases:
        drop_database(postgres_server, database)


async def _prepare(scenario: Scenario, url: str, sent: Path) -> dict[str, Any]:
    rig = await assemble(scenario.service, url, FileBus(sent))
    try:
        state = await scenario.prepare(rig)
        await rig.context.db.pool.fetch("DELETE FROM kernel.outbox")
        await rig.context.db.pool.fetch("DELETE FROM kernel.event")
    finally:
        await rig.close()
    return state
