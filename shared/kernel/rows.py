"""Rows that the kernel itself writes beside a use case's: links of the audit chain, timers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from shared.kernel.writeset import AuditEntry
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to which object, from what to what, and why."""

    action: str
    kind: str
    object_id: UUID
    before: object
    after: object
    why: str | None


def audit_entry(what: Deed, actor: Actor, correlation_id: UUID, at: datetime) -> AuditEntry:
    """The link of a deed; its content is the canonical JSON that is hashed."""
    content = {
        "action": what.action,
        "actor": actor.id,
        "after": what.after,
        "at": at,
        "before": what.before,
        "correlation": correlation_id,
        "kind": what.kind,
        "object": what.object_id,
        "roles": sorted(actor.roles),
        "why": what.why,
    }
    text = msgspec.json.encode(content, order="deterministic").decode()
    return AuditEntry(what.object_id, text, (at, actor.id, what.action, what.kind))


def timer_row(kind: str, owner: UUID, due_at: datetime, occurrence: str) -> dict[str, Any]:
    """A timer that waits."""
    return {
        "id": new_id(),
        "owner": owner,
        "kind": kind,
        "occurrence": occurrence,
        "due_at": due_at,
        "state": "pending",
        "attempts": 0,
    }
