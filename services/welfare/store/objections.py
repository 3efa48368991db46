"""Objections: their text stays sealed, the page shows that there is one and what came of it."""

from dataclasses import dataclass
from uuid import UUID

from services.welfare.tables import ObjectionRow
from shared.kernel.crypto import place
from shared.kernel.transaction import Tx


@dataclass(frozen=True, slots=True)
class Raised:
    """What was raised, and how it reached us."""

    id: UUID
    channel: str
    text: str


def add_objection(tx: Tx, application_id: UUID, raised: Raised) -> None:
    """Somebody objects."""
    values = {
        "id": raised.id,
        "application_id": application_id,
        "channel": raised.channel,
        "text_sealed": tx.cipher.seal(raised.text, place("objection", "text", raised.id)),
        "raised_by": tx.actor.id,
        "raised_at": tx.now,
    }
    tx.insert(ObjectionRow, values)


def save_finding(tx: Tx, objection_id: UUID, finding: str, *, upheld: bool) -> None:
    """What the investigation found."""
    values = {
        "upheld": upheld,
        "finding_sealed": tx.cipher.seal(finding, place("objection", "finding", objection_id)),
        "resolved_by": tx.actor.id,
        "resolved_at": tx.now,
    }
    tx.change(ObjectionRow, objection_id, values)
