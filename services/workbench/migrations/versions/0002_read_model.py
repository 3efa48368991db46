"""The read model: facts, and the folds of them that the screens show."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


BIGRAMS = """
CREATE FUNCTION bigrams(t text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT coalesce(array_agg(DISTINCT substr(t, i, 2)), '{}') FROM generate_series(1, length(t) - 1) i $$
"""


def upgrade() -> None:
    """Create the tables of the read model."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(BIGRAMS)
    op.create_table(
        "application",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("org", sa.Text(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("folded", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_index("application_case", "application", ["case_id"], unique=False)
    op.create_index("application_party", "application", ["party_id"], unique=False)
    op.create_index(
        "application_queue",
        "application",
        ["state", "org", "state_since", "application_id"],
        unique=False,
    )
    op.create_table(
        "card",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("tracking_blind", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=True),
        sa.Column("intake_org", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("track", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column("caller_id", sa.Uuid(), nullable=True),
        sa.Column("operator_id", sa.Uuid(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("dispute_id", sa.Uuid(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("mediator_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("offer_lawyer_id", sa.Uuid(), nullable=True),
        sa.Column("pool_empty", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_kind", sa.Text(), nullable=True),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("satisfaction", sa.SmallInteger(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("folded", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index(
        "card_closed",
        "card",
        ["closed_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index(
        "card_due",
        "card",
        ["due_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("card_employer", "card", ["employer_id", "registered_at"], unique=False)
    op.create_index("card_lawyer", "card", ["lawyer_id", "due_at"], unique=False)
    op.create_index("card_number", "card", ["number"], unique=False)
    op.create_index("card_serial", "card", [sa.literal_column('"right"(number, 6)')], unique=False)
    op.create_index(
        "card_mediators", "card", ["mediator_ids"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "card_offer",
        "card",
        ["offer_lawyer_id"],
        unique=False,
        postgresql_where=sa.text("offer_lawyer_id IS NOT NULL"),
    )
    op.create_index("card_operator", "card", ["operator_id", "registered_at"], unique=False)
    op.create_index(
        "card_org_due",
        "card",
        ["org", "due_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "card_org_registered", "card", ["org", "registered_at", "case_id"], unique=False
    )
    op.create_index(
        "card_owner",
        "card",
        ["owner_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("card_registered", "card", ["registered_at", "case_id"], unique=False)
    op.create_index(
        "card_stage",
        "card",
        ["stage", "due_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("card_tracking", "card", ["tracking_blind"], unique=False)
    op.create_table(
        "card_party",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "party_id"),
    )
    op.create_index("card_party_party", "card_party", ["party_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=True),
        sa.Column("recipient_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("send_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("call_task", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("delivery_id"),
    )
    op.create_index(
        "delivery_call_task",
        "delivery",
        ["case_id"],
        unique=False,
        postgresql_where=sa.text("call_task"),
    )
    op.create_index("delivery_case", "delivery", ["case_id", "told_at"], unique=False)
    op.create_index("delivery_cause", "delivery", ["cause_id"], unique=False)
    op.create_index(
        "delivery_notice",
        "delivery",
        ["recipient_id", "told_at", "delivery_id"],
        unique=False,
        postgresql_where=sa.text("state = 'posted'"),
    )
    op.create_table(
        "employer",
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("uscc", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("unionised", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("employer_id"),
    )
    op.create_index(
        "employer_bigrams",
        "employer",
        [sa.literal_column("bigrams(name)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("aggregate_version", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("causation_id", sa.Uuid(), nullable=True),
        sa.Column("correlation_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "fact_order", "fact", ["case_id", "aggregate_id", "aggregate_version"], unique=True
    )
    op.create_index("fact_time", "fact", ["case_id", "at", "id"], unique=False)
    op.create_table(
        "party",
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("name_blind", sa.Text(), nullable=True),
        sa.Column("phone_blind", sa.Text(), nullable=True),
        sa.Column("tail_blind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("party_id"),
    )
    op.create_index("party_name", "party", ["name_blind"], unique=False)
    op.create_index("party_phone", "party", ["phone_blind"], unique=False)
    op.create_index("party_tail", "party", ["tail_blind"], unique=False)
    # With the default of 100 the planner takes the wrong index for common characters.
    op.execute("ALTER INDEX employer_bigrams ALTER COLUMN 1 SET STATISTICS 2000")
