"""Materials: metadata in one row, sealed content in another; what was withdrawn stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import col, select

from services.intake.domain.file_format import Format
from services.intake.domain.material import (
    MATERIALS_PER_CASE_MAX,
    Kind,
    MaterialAlreadyThere,
    TooManyMaterials,
    Withdrawal,
)
from services.intake.tables import CasePartRow, CaseRow, MaterialContentRow, MaterialRow
from shared.contracts.intake import MaterialAdded, MaterialWithdrawn
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.file_seal import open_file, seal_file
from shared.kernel.transaction import Tx
from shared.kernel.writeset import table_of
from shared.vocabulary.errors import NotFound
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role


@dataclass(frozen=True, slots=True)
class Material:
    """A file as it is put into a case."""

    kind: Kind
    format: Format
    name: str
    content: bytes
    sha256: bytes


async def check_room(tx: Tx, case_id: UUID, sha256: bytes) -> None:
    """MaterialAlreadyThere or TooManyMaterials; the case is locked already."""
    rows = await tx.all(
        select(col(MaterialRow.id), col(MaterialRow.sha256), col(MaterialRow.withdrawn_at))
        .where(col(MaterialRow.case_id) == case_id)
        .limit(MATERIALS_PER_CASE_MAX + 1)
    )
    same = (one for one in rows if one["sha256"] == sha256 and one["withdrawn_at"] is None)
    if (there := next(same, None)) is not None:
        raise MaterialAlreadyThere(material_id=str(there["id"]))
    if len(rows) >= MATERIALS_PER_CASE_MAX:
        raise TooManyMaterials


def add_material(tx: Tx, case_id: UUID, new: Material) -> MaterialAdded:
    """A new material; gives the fact about it, to be told with the case."""
    material_id = new_id()
    key_sealed, sealed = seal_file(tx.cipher, new.content, place("material", "key", material_id))
    tx.on_duplicate("material_same", MaterialAlreadyThere())
    tx.insert(
        MaterialRow,
        {
            "id": material_id,
            "case_id": case_id,
            "kind": new.kind.value,
            "format": new.format.code,
            "size_bytes": len(new.content),
            "sha256": new.sha256,
            "name_sealed": tx.cipher.seal(new.name, place("material", "name", material_id)),
            "key_sealed": key_sealed,
            "added_by": tx.actor.id,
            "added_at": tx.now,
        },
    )
    tx.insert(MaterialContentRow, {"material_id": material_id, "sealed": sealed})
    return MaterialAdded(
        case_id=case_id,
        material_id=material_id,
        kind=new.kind.value,
        format=new.format.code,
        size_bytes=len(new.content),
        added_by=tx.actor.id,
    )


def name_lawyer(tx: Tx, dispute_id: UUID, lawyer_id: UUID) -> None:
    """From now on this lawyer leads the dispute."""
    tx.change(CasePartRow, dispute_id, {"lawyer_id": lawyer_id})


def led_by(lawyer_id: UUID, case_id: UUID) -> Select[Any]:
    """The case, if this lawyer leads its dispute and its caller does not hide."""
    return (
        columns(col(CaseRow.id))
        .join(CasePartRow, col(CasePartRow.case_id) == col(CaseRow.id))
        .where(
            col(CaseRow.id) == case_id,
            col(CaseRow.confidential) != "full",
            col(CasePartRow.lawyer_id) == lawyer_id,
        )
    )


async def lock_led(tx: Tx, case_id: UUID) -> bool:
    """Whether the actor leads the case's dispute as its lawyer; the case is locked until the commit then."""
    if not tx.actor.has(Role.LAWYER):
        return False
    found = led_by(tx.actor.id, case_id).with_for_update(of=table_of(CaseRow))
    return await tx.one(found) is not None


async def load_material(tx: Tx, case_id: UUID, material_id: UUID) -> Mapping[str, Any]:
    """The row of a material of this case, which is locked already."""
    row = await tx.one(
        select(MaterialRow).where(
            col(MaterialRow.id) == material_id, col(MaterialRow.case_id) == case_id
        )
    )
    if row is None:
        raise NotFound("material", material_id)
    return row


async def load_content(tx: Tx, row: Mapping[str, Any]) -> bytes:
    """The plain bytes of a material."""
    sealed = await tx.scalar(
        select(col(MaterialContentRow.sealed)).where(
            col(MaterialContentRow.material_id) == row["id"]
        )
    )
    return open_file(tx.cipher, row["key_sealed"], sealed, place("material", "key", row["id"]))


def withdraw(tx: Tx, row: Mapping[str, Any], reason: Withdrawal, note: str) -> MaterialWithdrawn:
    """From now on only auditors may read it."""
    where = place("material", "withdrawn_note", row["id"])
    tx.change(
        MaterialRow,
        row["id"],
        {
            "withdrawn_by": tx.actor.id,
            "withdrawn_at": tx.now,
            "withdrawn_reason": reason.value,
            "withdrawn_note_sealed": tx.cipher.seal(note, where) if note else None,
        },
    )
    return MaterialWithdrawn(
        case_id=row["case_id"],
        material_id=row["id"],
        kind=row["kind"],
        reason=reason.value,
        withdrawn_by=tx.actor.id,
    )


def open_name(cipher: FieldCipher, row: Mapping[str, Any]) -> str:
    """What the file is called."""
    return cipher.open(row["name_sealed"], place("material", "name", row["id"]))


def open_withdrawn_note(cipher: FieldCipher, row: Mapping[str, Any]) -> str:
    """Why it was withdrawn, in own words; empty when nobody said."""
    sealed = row["withdrawn_note_sealed"]
    where = place("material", "withdrawn_note", row["id"])
    return cipher.open(sealed, where) if sealed else ""
