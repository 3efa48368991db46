"""How often a case was extended, and who asks for it with which reason (rule 42)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases from before were not extended."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "hotline_case",
        sa.Column("extensions", sa.SmallInteger(), nullable=False, server_default="0"),
    )
    op.add_column("hotline_case", sa.Column("extension_by", sa.Uuid()))
    op.add_column("hotline_case", sa.Column("extension_reason", sa.String()))
