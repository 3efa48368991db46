"""Intake's tables: people and employers, cases and what hangs on them, drafts and reference data."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIGRAMS = """
CREATE FUNCTION bigrams(t text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT coalesce(array_agg(DISTINCT substr(t, i, 2)), '{}') FROM generate_series(1, length(t) - 1) i
$body$
"""
"""Any two characters find a Chinese name: trigrams cannot, and a scan would be too slow."""


def upgrade() -> None:
    """The first state of the database."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(BIGRAMS)
    people()
    cases()
    reference()


def people() -> None:
    """Parties and employers."""
    op.create_table(
        "party",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("phone_blind", sa.String),
        sa.Column("name_blind", sa.String),
        sa.Column("id_blind", sa.String),
        sa.Column("profile_sealed", sa.String),
        sa.Column("member", sa.Boolean),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("erased_at", MOMENT),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("phone_blind", "name_blind", name="party_phone_name_key"),
    )
    op.create_index(
        "party_id_number",
        "party",
        ["id_blind"],
        postgresql_where=sa.text("id_blind IS NOT NULL"),
    )
    op.create_table(
        "employer",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("name_key", sa.String, nullable=False),
        sa.Column("short_name", sa.String, nullable=False),
        sa.Column("uscc", sa.String),
        sa.Column("region", sa.String, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("headcount", sa.Integer),
        sa.Column("unionised_since", sa.SmallInteger),
        sa.Column("search", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key", name="employer_name_key"),
        sa.UniqueConstraint("uscc", name="employer_uscc_key"),
    )
    op.create_index(
        "employer_search",
        "employer",
        [sa.literal_column("bigrams(search)")],
        postgresql_using="gin",
    )
    # With the default of 100 the planner walks the wrong index for rare pairs.
    op.execute("ALTER INDEX employer_search ALTER COLUMN 1 SET STATISTICS 2000")


def cases() -> None:
    """Cases and what hangs on them."""
    op.create_table(
        "hotline_case",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("tracking_blind", sa.String, nullable=False),
        sa.Column("tracking_sealed", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("upstream_no", sa.String),
        sa.Column("category", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("track", sa.String, nullable=False),
        sa.Column("urgency", sa.String, nullable=False),
        sa.Column("handling", sa.String, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("desk", sa.String, nullable=False),
        sa.Column("region", sa.String, nullable=False),
        sa.Column("operator_id", sa.Uuid, nullable=False),
        sa.Column("operator_org", sa.String, nullable=False),
        sa.Column("employer_id", sa.Uuid),
        sa.Column("caller_id", sa.Uuid, nullable=False),
        sa.Column("claimant_count", sa.Integer, nullable=False),
        sa.Column("amount_fen", sa.BigInteger),
        sa.Column("arrears_months", sa.SmallInteger),
        sa.Column("migrant", sa.Boolean),
        sa.Column("confidential", sa.String, nullable=False),
        sa.Column("call_back", sa.String, nullable=False),
        sa.Column("danger", sa.Boolean, nullable=False),
        sa.Column("aid_programme", sa.String),
        sa.Column("content_sealed", sa.String, nullable=False),
        sa.Column("call_id", sa.Uuid),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("answer", sa.String),
        sa.Column("outcome", sa.String),
        sa.Column("sla_version", sa.SmallInteger, nullable=False),
        sa.Column("deadlines", JSONB, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("first_contact_due", MOMENT),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT),
        sa.Column("call_back_due", MOMENT),
        sa.Column("call_backs", sa.SmallInteger, nullable=False),
        sa.Column("satisfaction", sa.SmallInteger),
        sa.Column("reopened", sa.SmallInteger, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["caller_id"],
            ["party.id"],
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="hotline_case_number_key"),
        sa.UniqueConstraint("tracking_blind", name="hotline_case_tracking_key"),
    )
    op.create_index(
        "hotline_case_call_back",
        "hotline_case",
        ["call_back_due", "id"],
        postgresql_where=sa.text("state IN ('handled', 'called_back')"),
    )
    op.create_index("hotline_case_operator", "hotline_case", ["operator_id", "received_at"])
    op.create_index(
        "hotline_case_employer",
        "hotline_case",
        ["employer_id", "received_at"],
        postgresql_where=sa.text("employer_id IS NOT NULL"),
    )
    op.create_table(
        "claimant",
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["hotline_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "party_id"),
    )
    op.create_index("claimant_party", "claimant", ["party_id"])
    op.create_table(
        "case_part",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("outcome", sa.String),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_part_case", "case_part", ["case_id"])
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("text_sealed", sa.String, nullable=False),
        sa.Column("author_id", sa.Uuid, nullable=False),
        sa.Column("party_id", sa.Uuid),
        sa.Column("call_id", sa.Uuid),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["hotline_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("note_case", "note", ["case_id", "id"])
    op.create_table(
        "call_back",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("attempt", sa.SmallInteger, nullable=False),
        sa.Column("result", sa.String, nullable=False),
        sa.Column("satisfaction", sa.SmallInteger),
        sa.Column("handler_at_fault", sa.Boolean, nullable=False),
        sa.Column("remark_sealed", sa.String),
        sa.Column("by", sa.Uuid, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["hotline_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("call_back_case", "call_back", ["case_id", "id"])


def reference() -> None:
    """Drafts, serials of the day, and what administrators may change."""
    op.create_table(
        "draft",
        sa.Column("owner_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("content_sealed", sa.String, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "id"),
    )
    op.create_index("draft_age", "draft", ["saved_at"])
    op.create_table(
        "case_serial",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "dispatch_rule",
        sa.Column("edition", sa.String, nullable=False),
        sa.Column("track", sa.String, nullable=False),
        sa.Column("desk", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("edition", "track"),
    )
    op.create_table(
        "phrase",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("category", sa.String),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("initials", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "work_calendar",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
