"""Accounts: staff members ⇄ rows. Names, telephones and authenticator secrets are opened here and nowhere else."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, text
from sqlmodel import col

from services.workbench.tables import StaffRow
from shared.contracts.workbench import StaffProfiled
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotFound, Refused
from shared.vocabulary.people import Actor, Role
from shared.vocabulary.regions import is_within


class JobNumberTaken(Refused):
    """Another account has that job number."""

    code = "job_number_taken"
    zh = "该工号已有账号。请核对工号；离职返岗的请启用原账号。"
    en = "There is an account with this job number. Check it, or enable the old account again."


@dataclass(frozen=True, slots=True)
class Staff:
    """An account, opened."""

    id: UUID
    job_number: str
    name: str
    phone: str | None
    password_hash: str
    totp_secret: str | None
    roles: frozenset[Role]
    org: str
    seat: str | None
    active: bool
    created_at: datetime
    version: int = 0

    @property
    def actor(self) -> Actor:
        """Who this account acts as."""
        return Actor(self.id, self.roles, self.org)


def to_staff(row: Any, cipher: FieldCipher) -> Staff:
    """The account of a row."""
    staff_id = row["id"]
    return Staff(
        id=staff_id,
        job_number=row["job_number"],
        name=cipher.open(row["name_sealed"], place("staff", "name", staff_id)),
        phone=_open(row["phone_sealed"], cipher, place("staff", "phone", staff_id)),
        password_hash=row["password_hash"],
        totp_secret=_open(row["totp_sealed"], cipher, place("staff", "totp", staff_id)),
        roles=frozenset(Role(role) for role in row["roles"]),
        org=row["org"],
        seat=row["seat"],
        active=row["active"],
        created_at=row["created_at"],
        version=row["version"],
    )


async def load_staff(tx: Tx, staff_id: UUID) -> Staff:
    """The account, if it lies in the actor's part of the organisation."""
    row = await tx.one(select(StaffRow).where(col(StaffRow.id) == staff_id))
    if row is None or not is_within(row["org"], tx.actor.org):
        raise NotFound("staff", staff_id)
    return to_staff(row, tx.cipher)


async def load_staff_by_job_number(tx: Tx, job_number: str) -> Staff | None:
    """The account with that job number, disabled ones too."""
    row = await tx.one(select(StaffRow).where(col(StaffRow.job_number) == job_number))
    return to_staff(row, tx.cipher) if row else None


def add_staff(tx: Tx, staff: Staff) -> None:
    """A new account; told to those who must reach its owner."""
    tx.on_duplicate("staff_job_number_key", JobNumberTaken())
    tx.insert(StaffRow, _values(tx, staff))
    tx.emit(profiled(tx, staff))


def save_staff(tx: Tx, staff: Staff) -> Staff:
    """A changed account; told again as a whole."""
    tx.update(StaffRow, staff.id, _values(tx, staff), staff.version)
    tx.emit(profiled(tx, staff))
    return replace(staff, version=staff.version + 1)


def profiled(tx: Tx, staff: Staff) -> StaffProfiled:
    """What the others may know: roles and place in the clear, the person sealed under the staff id."""
    person = {"name": staff.name, "phone": staff.phone, "job_number": staff.job_number}
    return StaffProfiled(
        staff_id=staff.id,
        roles=tuple(sorted(staff.roles)),
        org=staff.org,
        active=staff.active,
        sealed=tx.cipher.seal(msgspec.json.encode(person).decode(), str(staff.id)),
    )


def _values(tx: Tx, staff: Staff) -> dict[str, Any]:
    return {
        "id": staff.id,
        "job_number": staff.job_number,
        "name_sealed": tx.cipher.seal(staff.name, place("staff", "name", staff.id)),
        "phone_sealed": _seal(staff.phone, tx.cipher, place("staff", "phone", staff.id)),
        "password_hash": staff.password_hash,
        "totp_sealed": _seal(staff.totp_secret, tx.cipher, place("staff", "totp", staff.id)),
        "roles": sorted(staff.roles),
        "org": staff.org,
        "seat": staff.seat,
        "active": staff.active,
        "created_at": staff.created_at,
    }


def _seal(text: str | None, cipher: FieldCipher, where: str) -> str | None:
    return None if text is None else cipher.seal(text, where)


def _open(sealed: str | None, cipher: FieldCipher, where: str) -> str | None:
    return None if sealed is None else cipher.open(sealed, where)


async def has_security_admin(tx: Tx) -> bool:
    """Whether anybody can open accounts; two first administrators at once wait for each other."""
    await tx.one(text("SELECT pg_advisory_xact_lock(hashtext('first-admin'))"))
    found = await tx.one(
        select(col(StaffRow.id))
        .where(col(StaffRow.active), col(StaffRow.roles).contains([Role.SECURITY_ADMIN.value]))
        .limit(1)
    )
    return found is not None
