"""Up to which fact the broker has everything on its disk: what a power cut may have taken is told again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the relay's note; until it is written everything counts as not flushed."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "relay_mark",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "flushed", sa.BigInteger, nullable=False, comment="Facts below are on the broker's disk"
        ),
        sa.Column("acked", sa.BigInteger, nullable=False, comment="Facts below were acknowledged"),
        schema="kernel",
        comment="Where telling again begins after a power cut: one row",
    )
