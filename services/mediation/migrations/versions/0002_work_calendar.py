"""The working days of 2004 to 2026, by which every deadline is counted."""

import sqlalchemy as sa
from alembic import op

from shared.kernel.work_days import special_days

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Fill the table; administrators add the years that are announced later."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    table = sa.table(
        "work_calendar", sa.column("day", sa.Date), sa.column("kind"), sa.column("note")
    )
    op.bulk_insert(table, special_days())
