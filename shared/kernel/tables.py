"""The kernel's own tables, the same in every service's database, in the schema `kernel`."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

KERNEL = MetaData(schema="kernel")
_WHEN = DateTime(timezone=True)

event = Table(
    "event",
    KERNEL,
    Column("id", BigInteger, Identity(always=True, cache=1), primary_key=True),
    Column("event_id", UUID, nullable=False, unique=True),
    Column("topic", Text, nullable=False),
    Column("aggregate_id", UUID, nullable=False),
    Column("aggregate_version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("body", LargeBinary),
    Column("correlation_id", UUID, nullable=False),
    Column("causation_id", UUID),
    Column("actor_id", UUID, nullable=False),
    Column("traceparent", Text),
    Column("occurred_at", _WHEN, nullable=False),
    UniqueConstraint("aggregate_id", "aggregate_version", name="event_aggregate_key"),
    comment="The record of every fact this service told; never changed, republished on demand",
)

outbox = Table(
    "outbox",
    KERNEL,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("aggregate_id", UUID, nullable=False),
    Column("poison", Text, comment="Why the broker will never take it; its key waits behind it"),
    comment="Facts still to be sent: rows leave when the broker has acknowledged them",
)

relay_mark = Table(
    "relay_mark",
    KERNEL,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("flushed", BigInteger, nullable=False, comment="Facts below are on the broker's disk"),
    Column("acked", BigInteger, nullable=False, comment="Facts below were acknowledged"),
    comment="Where telling again begins after a power cut: one row",
)

idempotency = Table(
    "idempotency",
    KERNEL,
    Column("actor_id", UUID, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body_hash", LargeBinary, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("response", LargeBinary, nullable=False),
    Column("token", Text),
    Column("created_at", _WHEN, nullable=False),
    comment="The answer to each command, stored in the command's own transaction",
)

timer = Table(
    "timer",
    KERNEL,
    Column("id", UUID, primary_key=True),
    Column("owner", UUID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("occurrence", Text, nullable=False),
    Column("due_at", _WHEN, nullable=False),
    Column("state", Text, nullable=False, server_default="pending"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("error", Text),
    Column("fired_at", _WHEN),
    UniqueConstraint("owner", "kind", "occurrence", name="timer_occurrence_key"),
    Index("timer_due", "due_at", "id", postgresql_where=text("state = 'pending'")),
)

audit = Table(
    "audit",
    KERNEL,
    Column("chain", UUID, primary_key=True, comment="The object: one chain for each"),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", _WHEN, nullable=False),
    Column("actor_id", UUID, nullable=False),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False, comment="Canonical JSON: what the hash covers"),
    Column("hash", LargeBinary, nullable=False),
    Index("audit_at", "at", "chain", "seq"),
    Index("audit_actor", "actor_id", "at"),
)

watermark = Table(
    "watermark",
    KERNEL,
    Column("aggregate_id", UUID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("applied", Integer, nullable=False, comment="How many facts took effect: verify counts"),
    comment="The last fact of each aggregate that took effect here: dedupes and sees gaps",
)

consumer_offset = Table(
    "consumer_offset",
    KERNEL,
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("next_offset", BigInteger, nullable=False),
    comment="Where this service goes on reading; moved in the transaction of the effects (the fence)",
)

parked = Table(
    "parked",
    KERNEL,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", UUID, nullable=False, unique=True),
    Column("aggregate_id", UUID, nullable=False),
    Column("aggregate_version", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", LargeBinary),
    Column("state", Text, nullable=False, comment="head, behind, dead, replayed, skipped"),
    Column("code", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("parked_at", _WHEN, nullable=False),
    Column("next_try_at", _WHEN, nullable=False),
    Column("resolved_at", _WHEN),
    Column("resolved_by", UUID),
    Column("skip_asked_by", UUID),
    Column("reason", Text),
    Index(
        "parked_open",
        "aggregate_id",
        "aggregate_version",
        postgresql_where=text("state IN ('head', 'behind', 'dead')"),
    ),
)
