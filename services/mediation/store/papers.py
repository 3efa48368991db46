"""Papers of a dispute's file; their text may name people, so it is sealed."""

from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import col, select

from services.mediation.tables import PaperRow
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.transaction import Record, Tx

OPINION = "legal_opinion"


def save_paper(
    tx: Tx, dispute_id: UUID, kind: str, paper_id: UUID, content: dict[str, Any]
) -> None:
    """A new paper; an earlier one of the kind stays in the file."""
    plain = msgspec.json.encode(content).decode()
    values = {
        "id": paper_id,
        "dispute_id": dispute_id,
        "kind": kind,
        "author_id": tx.actor.id,
        "written_at": tx.now,
        "sealed": tx.cipher.seal(plain, place("paper", "sealed", paper_id)),
    }
    tx.insert(PaperRow, values)


async def load_paper(tx: Tx, paper_id: UUID) -> dict[str, Any] | None:
    """The content of one paper."""
    row = await tx.one(select(PaperRow).where(col(PaperRow.id) == paper_id))
    return None if row is None else paper_content(row, tx.cipher)


def paper_content(row: Record, cipher: FieldCipher) -> dict[str, Any]:
    """The opened content of a paper's row."""
    content: dict[str, Any] = msgspec.json.decode(
        cipher.open(row["sealed"], place("paper", "sealed", row["id"]))
    )
    return content
