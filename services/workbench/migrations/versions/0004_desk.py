"""Where a case was written down: the hotline of that place goes on seeing it (首接负责)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cards of before learn it when they are rebuilt, from facts that tell it."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("card", sa.Column("desk_org", sa.Text(), nullable=True))
    op.create_index(
        "card_desk_due",
        "card",
        ["desk_org", "due_at", "case_id"],
        postgresql_where=sa.text("closed_at IS NULL"),
    )
