"""Welfare's tables: applications, the ledger with transfers that nobody can change, payments, reference data."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
IMMUTABLE = """
CREATE FUNCTION transfer_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'a transfer is never changed or removed: book another one' USING ERRCODE = '23001';
END $body$
"""
"""Corrections are new transfers; not even the owner of the table changes one by accident."""
TRIGGERS = (
    "CREATE TRIGGER transfer_no_change BEFORE UPDATE OR DELETE ON transfer"
    " FOR EACH ROW EXECUTE FUNCTION transfer_is_for_ever()",
    "CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON transfer"
    " FOR EACH STATEMENT EXECUTE FUNCTION transfer_is_for_ever()",
)


def upgrade() -> None:
    """The first state of the database."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    applications()
    money()
    reference()
    op.execute(IMMUTABLE)
    for trigger in TRIGGERS:
        op.execute(trigger)


def applications() -> None:
    """Applications and what hangs on them."""
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("programme", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("region", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("hardship", sa.String),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("person_blind", sa.String),
        sa.Column("account_blind", sa.String),
        sa.Column("phone_blind", sa.String),
        sa.Column("address_blind", sa.String),
        sa.Column("invoice_blind", sa.String),
        sa.Column("handler_id", sa.Uuid),
        sa.Column("reviewer_id", sa.Uuid),
        sa.Column("approver_id", sa.Uuid),
        sa.Column("cashier_id", sa.Uuid),
        sa.Column("due_at", MOMENT),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("sealed", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "party_id", "programme", name="application_case_key"),
        sa.UniqueConstraint("number", name="application_number_key"),
    )
    op.create_index("application_account", "application", ["account_blind"])
    op.create_index("application_address", "application", ["address_blind"])
    op.create_index("application_handler", "application", ["handler_id", "opened_at"])
    op.create_index("application_invoice", "application", ["invoice_blind"])
    op.create_index("application_person", "application", ["person_blind", "programme", "year"])
    op.create_index("application_phone", "application", ["phone_blind"])
    op.create_index("application_queue", "application", ["state", "due_at", "id"])
    op.create_table(
        "household_member",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("person_blind", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("application_id", "person_blind"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
    )
    op.create_index("household_member_person", "household_member", ["person_blind"])
    op.create_table(
        "hardship_file",
        sa.Column("person_blind", sa.String, nullable=False),
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("hardship", sa.String, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("rechecked_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("person_blind"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("text_sealed", sa.String, nullable=False),
        sa.Column("raised_by", sa.Uuid, nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("upheld", sa.Boolean),
        sa.Column("finding_sealed", sa.String),
        sa.Column("resolved_by", sa.Uuid),
        sa.Column("resolved_at", MOMENT),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
    )
    op.create_index("objection_application", "objection", ["application_id", "id"])
    op.create_table(
        "publicity",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("name_masked", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("programme", sa.String, nullable=False),
        sa.Column("hardship", sa.String, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("application_id"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
    )
    op.create_index("publicity_ends", "publicity", ["ends_on", "application_id"])


def money() -> None:
    """Budgets, accounts, transfers, what is owed and what is paid."""
    op.create_table(
        "budget",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("programme", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("fund", sa.String, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme", "year", "org", name="budget_line_key"),
    )
    op.create_table(
        "ledger_account",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("budget_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("debits_pending", sa.BigInteger, nullable=False),
        sa.Column("debits_posted", sa.BigInteger, nullable=False),
        sa.Column("credits_pending", sa.BigInteger, nullable=False),
        sa.Column("credits_posted", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"]),
        sa.CheckConstraint(
            "debits_pending >= 0 AND debits_posted >= 0 AND credits_pending >= 0 AND credits_posted >= 0",
            name="ledger_account_counters",
        ),
        sa.UniqueConstraint("budget_id", "kind", name="ledger_account_kind_key"),
        sa.CheckConstraint(
            "kind = 'source' OR debits_pending + debits_posted <= credits_posted",
            name="ledger_account_not_overdrawn",
        ),
    )
    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("no", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("budget_id", sa.Uuid, nullable=False),
        sa.Column("debit", sa.Uuid, nullable=False),
        sa.Column("credit", sa.Uuid, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("pending_id", sa.Uuid),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("application_id", sa.Uuid),
        sa.Column("payment_id", sa.Uuid),
        sa.Column("actor_id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"]),
        sa.ForeignKeyConstraint(["debit"], ["ledger_account.id"]),
        sa.ForeignKeyConstraint(["credit"], ["ledger_account.id"]),
        sa.ForeignKeyConstraint(["pending_id"], ["transfer.id"]),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.CheckConstraint("amount_fen > 0", name="transfer_amount"),
        sa.CheckConstraint(
            "(kind IN ('post', 'void', 'expire')) = (pending_id IS NOT NULL)",
            name="transfer_resolves",
        ),
        sa.CheckConstraint("debit <> credit", name="transfer_two_accounts"),
    )
    op.create_index("transfer_application", "transfer", ["application_id"])
    op.create_index("transfer_budget", "transfer", ["budget_id", "no"])
    op.create_index(
        "transfer_pending_key",
        "transfer",
        ["pending_id"],
        unique=True,
        postgresql_where=sa.text("pending_id IS NOT NULL"),
    )
    op.create_table(
        "hold",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("budget_id", sa.Uuid, nullable=False),
        sa.Column("transfer_id", sa.Uuid, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("application_id"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"]),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"]),
    )
    op.create_table(
        "entitled_member",
        sa.Column("programme", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("person_blind", sa.String, nullable=False),
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("programme", "year", "person_blind"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
    )
    op.create_index("entitled_member_application", "entitled_member", ["application_id"])
    op.create_table(
        "obligation",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("programme", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("person_blind", sa.String, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("application_id"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.UniqueConstraint("key", name="obligation_entitlement_key"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("budget_id", sa.Uuid, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("attempt", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("order_sealed", sa.String, nullable=False),
        sa.Column("account_masked", sa.String, nullable=False),
        sa.Column("ordered_by", sa.Uuid, nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("send_again", sa.Boolean, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("ask_at", MOMENT),
        sa.Column("asked", sa.SmallInteger, nullable=False),
        sa.Column("heard_at", MOMENT),
        sa.Column("proposed", sa.String),
        sa.Column("proposed_by", sa.Uuid),
        sa.Column("evidence_sealed", sa.String),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("contradicts", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["application_id"], ["obligation.application_id"]),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"]),
        sa.UniqueConstraint("application_id", "attempt", name="payment_attempt_key"),
    )
    op.create_index(
        "payment_one_live",
        "payment",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('cancelled', 'returned')"),
    )
    op.create_index(
        "payment_to_ask", "payment", ["ask_at"], postgresql_where=sa.text("ask_at IS NOT NULL")
    )
    op.create_index(
        "payment_to_send",
        "payment",
        ["ordered_at"],
        postgresql_where=sa.text("state = 'ordered' OR send_again"),
    )


def reference() -> None:
    """What other services told, and what administrators may change."""
    op.create_table(
        "case_ref",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("region", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("sealed", sa.String, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("sealed", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "programme",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("edition", sa.SmallInteger, nullable=False),
        sa.Column("plan", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("code", "year"),
    )
    op.create_table(
        "standard",
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("edition", sa.String, nullable=False),
        sa.Column("line_fen", sa.BigInteger, nullable=False),
        sa.Column("relative_times", sa.SmallInteger, nullable=False),
        sa.Column("calamity_percent", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
    op.create_table(
        "work_calendar",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "application_serial",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
