"""The case that goes on in the place of a merged one (rule 11)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No case was merged before."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("hotline_case", sa.Column("merged_into", sa.Uuid()))
