"""What fills the text of a message that left or failed: without it nobody can send it again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Messages from before keep none and cannot be sent again."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("delivery", sa.Column("fields_sealed", sa.String(), nullable=True))
