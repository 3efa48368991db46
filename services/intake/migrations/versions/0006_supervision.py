"""Who put a case under supervision (rule 41)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No case was under supervision before."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("hotline_case", sa.Column("supervised_by", sa.Uuid()))
