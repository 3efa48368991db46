"""Who signed for a case, who asks to be relieved of it, and how often it was returned (rule 40)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases from before were received with their registration and never returned."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("hotline_case", sa.Column("dispatched_on", sa.Date()))
    op.add_column("hotline_case", sa.Column("signed_by", sa.Uuid()))
    op.add_column("hotline_case", sa.Column("returned_by", sa.Uuid()))
    op.add_column(
        "hotline_case",
        sa.Column("returns", sa.SmallInteger(), nullable=False, server_default="0"),
    )
