"""The work calendar, seeded from the State Council's notices of 2004 to 2026."""

from datetime import date, timedelta

import chinese_calendar as calendar
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2004, 2026
"""What the package knows; later notices are entered by an administrator."""


def days() -> list[dict[str, object]]:
    """Every day that differs from the ordinary week: weekdays off, weekend days worked."""
    found: list[dict[str, object]] = []
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        works, ordinary = calendar.is_workday(day), day.weekday() < SATURDAY
        if works != ordinary:
            note = calendar.get_holiday_detail(day)[1] or ""
            found.append({"day": day, "kind": "workday" if works else "off", "note": note})
        day += timedelta(days=1)
    return found


def upgrade() -> None:
    """Create and fill the calendar."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    table = op.create_table(
        "work_calendar",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.bulk_insert(table, days())
