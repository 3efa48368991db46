"""All disputes of a lawyer, archived ones too: what an offer is compared with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index; a dispute that has no lawyer costs nothing."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(
        "dispute_led",
        "dispute",
        ["lawyer_id", "opened_at"],
        unique=False,
        postgresql_where=sa.text("lawyer_id IS NOT NULL"),
    )
