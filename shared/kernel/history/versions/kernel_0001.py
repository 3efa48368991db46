"""The kernel's tables: facts and what is still to be sent, answers, timers, audit chains, reading positions, parked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, UUID

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)

EXPECT = """
CREATE FUNCTION kernel.expect(actual bigint, expected bigint, what text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN
    IF actual IS DISTINCT FROM expected THEN
        RAISE EXCEPTION USING ERRCODE = 'P0409', MESSAGE = what;
    END IF;
    RETURN true;
END
$body$
"""


def upgrade() -> None:
    """Create the schema's first state; the schema itself is there before its history begins."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    facts()
    answers_and_timers()
    audit_chains()
    reading()
    op.execute(EXPECT)
    op.execute(
        "COMMENT ON FUNCTION kernel.expect IS"
        " 'Aborts the statement (P0409) when a write did not hit as many rows as it must'"
    )


def facts() -> None:
    """The record of facts, and the queue of those still to be sent."""
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True, cache=1), primary_key=True),
        sa.Column("event_id", UUID, nullable=False, unique=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("aggregate_id", UUID, nullable=False),
        sa.Column("aggregate_version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("version", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("correlation_id", UUID, nullable=False),
        sa.Column("causation_id", UUID),
        sa.Column("actor_id", UUID, nullable=False),
        sa.Column("traceparent", sa.Text),
        sa.Column("occurred_at", WHEN, nullable=False),
        sa.UniqueConstraint("aggregate_id", "aggregate_version", name="event_aggregate_key"),
        schema="kernel",
        comment="The record of every fact this service told; never changed, republished on demand",
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("aggregate_id", UUID, nullable=False),
        sa.Column(
            "poison", sa.Text, comment="Why the broker will never take it; its key waits behind it"
        ),
        schema="kernel",
        comment="Facts still to be sent: rows leave when the broker has acknowledged them",
    )
    # A queue that turns over quickly: clean it by count, at full speed, not by share of its size.
    op.execute(
        "ALTER TABLE kernel.outbox SET (autovacuum_vacuum_scale_factor = 0,"
        " autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0)"
    )


def answers_and_timers() -> None:
    """What was answered to each command, and what is due when."""
    op.create_table(
        "idempotency",
        sa.Column("actor_id", UUID, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("body_hash", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.SmallInteger, nullable=False),
        sa.Column("response", sa.LargeBinary, nullable=False),
        sa.Column("token", sa.Text),
        sa.Column("created_at", WHEN, nullable=False),
        schema="kernel",
        comment="The answer to each command, stored in the command's own transaction",
    )
    op.create_table(
        "timer",
        sa.Column("id", UUID, primary_key=True),
        sa.Column("owner", UUID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("occurrence", sa.Text, nullable=False),
        sa.Column("due_at", WHEN, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="pending"),
        sa.Column("attempts", sa.SmallInteger, nullable=False, server_default="0"),
        sa.Column("error", sa.Text),
        sa.Column("fired_at", WHEN),
        sa.UniqueConstraint("owner", "kind", "occurrence", name="timer_occurrence_key"),
        schema="kernel",
    )
    op.create_index(
        "timer_due",
        "timer",
        ["due_at", "id"],
        schema="kernel",
        postgresql_where=sa.text("state = 'pending'"),
    )


def audit_chains() -> None:
    """Who did what to which object, one hash chain for each object."""
    op.create_table(
        "audit",
        sa.Column("chain", UUID, primary_key=True, comment="The object: one chain for each"),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("actor_id", UUID, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column(
            "content", sa.Text, nullable=False, comment="Canonical JSON: what the hash covers"
        ),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        schema="kernel",
    )
    op.create_index("audit_at", "audit", ["at", "chain", "seq"], schema="kernel")
    op.create_index("audit_actor", "audit", ["actor_id", "at"], schema="kernel")


def reading() -> None:
    """How far the facts of others took effect here, and which of them wait for help."""
    op.create_table(
        "watermark",
        sa.Column("aggregate_id", UUID, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "applied",
            sa.Integer,
            nullable=False,
            comment="How many facts took effect: verify counts",
        ),
        schema="kernel",
        comment="The last fact of each aggregate that took effect here: dedupes and sees gaps",
    )
    op.create_table(
        "consumer_offset",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("partition", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("next_offset", sa.BigInteger, nullable=False),
        schema="kernel",
        comment="Where this service goes on reading; moved in the transaction of the effects (the fence)",
    )
    op.create_table(
        "parked",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("event_id", UUID, nullable=False, unique=True),
        sa.Column("aggregate_id", UUID, nullable=False),
        sa.Column("aggregate_version", sa.Integer, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("headers", JSONB, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column(
            "state", sa.Text, nullable=False, comment="head, behind, dead, replayed, skipped"
        ),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("parked_at", WHEN, nullable=False),
        sa.Column("next_try_at", WHEN, nullable=False),
        sa.Column("resolved_at", WHEN),
        sa.Column("resolved_by", UUID),
        sa.Column("skip_asked_by", UUID),
        sa.Column("reason", sa.Text),
        schema="kernel",
    )
    op.create_index(
        "parked_open",
        "parked",
        ["aggregate_id", "aggregate_version"],
        schema="kernel",
        postgresql_where=sa.text("state IN ('head', 'behind', 'dead')"),
    )
