"""What other services tell about people and cases, kept sealed as it came."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlmodel import col, select

from services.welfare.tables import CaseRow, PartyRow, StaffRow
from shared.kernel.crypto import FieldCipher
from shared.kernel.transaction import Record, Tx


@dataclass(frozen=True, slots=True)
class Profile:
    """A caller as intake knows them; empty where unknown."""

    name: str = ""
    phone: str = ""
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case of the hotline: its number and where it belongs."""

    number: str
    org: str
    region: str


def save_party(tx: Tx, party_id: UUID, sealed: str) -> None:
    """A caller's profile as told; the newest counts."""
    tx.upsert(PartyRow, {"id": party_id, "sealed": sealed, "told_at": tx.now}, ("id",))


def remove_party(tx: Tx, party_id: UUID) -> None:
    """The profile is forgotten."""
    tx.delete(PartyRow, party_id)


def save_staff(tx: Tx, staff_id: UUID, org: str, sealed: str, *, active: bool) -> None:
    """A member of staff as told."""
    values = {"id": staff_id, "org": org, "is_active": active, "sealed": sealed}
    tx.upsert(StaffRow, values, ("id",))


def save_case(tx: Tx, case_id: UUID, case: CaseRef) -> None:
    """Number and place of a case."""
    values = {"id": case_id, "number": case.number, "org": case.org, "region": case.region}
    tx.upsert(CaseRow, values, ("id",))


async def load_case_ref(tx: Tx, case_id: UUID) -> CaseRef | None:
    """Number and place of a case, if it was told."""
    row = await tx.one(select(CaseRow).where(col(CaseRow.id) == case_id))
    return None if row is None else CaseRef(row["number"], row["org"], row["region"])


async def load_profile(tx: Tx, party_id: UUID) -> Profile:
    """What is known of a caller; empty when nothing is, or it was erased."""
    row = await tx.one(select(PartyRow).where(col(PartyRow.id) == party_id))
    return profile_of(row, tx.cipher)


def profile_of(row: Record | None, cipher: FieldCipher) -> Profile:
    """A profile opened."""
    if row is None:
        return Profile()
    plain = cipher.open(row["sealed"], str(row["id"]))
    return msgspec.json.decode(plain, type=Profile)


class _StaffName(msgspec.Struct):
    name: str = ""


def staff_name(row: Record, cipher: FieldCipher) -> str:
    """The name of a member of staff."""
    plain = cipher.open(row["sealed"], str(row["id"]))
    return msgspec.json.decode(plain, type=_StaffName).name
