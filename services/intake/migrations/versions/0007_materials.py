"""The files of a case: what they are, and their sealed content."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No service kept files before. What is sealed is random: compressing it again would only cost time."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "material",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("hotline_case.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.String(), nullable=False),
        sa.Column("key_sealed", sa.String(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", moment, nullable=False),
        sa.Column("withdrawn_by", sa.Uuid()),
        sa.Column("withdrawn_at", moment),
        sa.Column("withdrawn_reason", sa.String()),
        sa.Column("withdrawn_note_sealed", sa.String()),
    )
    op.create_index("material_case", "material", ["case_id", "id"])
    op.create_index(
        "material_same",
        "material",
        ["case_id", "sha256"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "material_content",
        sa.Column("material_id", sa.Uuid(), sa.ForeignKey("material.id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.execute("ALTER TABLE material_content ALTER COLUMN sealed SET STORAGE EXTERNAL")
