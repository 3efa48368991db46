"""The lawyer who leads a dispute and reads its materials."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lawyers who took a dispute before are known once their next dispute is theirs, or the facts are told again."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("case_part", sa.Column("lawyer_id", sa.Uuid()))
