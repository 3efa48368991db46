"""The tables in code are the tables that the migrations make."""

from services.mediation.tables import Row
from shared.kernel.schema import check
from tests.mediation.bench import Mediation


async def test_the_migrations_make_the_tables_of_the_code(mediation: Mediation) -> None:
    url = mediation.rig.context.settings.database_url
    await check(url.get_secret_value(), "mediation", Row.metadata)


async def test_the_work_calendar_knows_the_holidays_and_the_days_worked_instead(
    mediation: Mediation,
) -> None:
    found = await mediation.rig.context.db.pool.fetch(
        "SELECT day::text, kind FROM work_calendar"
        " WHERE day IN ('2026-05-01', '2026-05-09', '2026-05-12') ORDER BY day"
    )
    kinds = {row["day"]: row["kind"] for row in found}
    assert kinds["2026-05-09"] == "work"
    assert kinds["2026-05-01"] != "work"
    assert "2026-05-12" not in kinds
