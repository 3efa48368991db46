"""Whether the handling unit may know whose case it is (rule 45)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases from before are open ones."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "case_file",
        sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("case_file", "confidential", server_default=None)
