"""The tables in code are the tables that the migrations make."""

from services.workbench.tables import Row
from shared.kernel.schema import check
from shared.testing.rig import Rig


async def test_the_migrations_make_the_tables_of_the_code(workbench: Rig) -> None:
    await check(
        workbench.context.settings.database_url.get_secret_value(), "workbench", Row.metadata
    )
