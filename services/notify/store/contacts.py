"""Contacts: the sealed profiles of callers and staff, opened only where a message is made or shown masked."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from sqlmodel import col, select

from services.notify.domain.contact import Contact, nearest
from services.notify.tables import ContactRow
from shared.kernel.crypto import FieldCipher
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.people import Language, Role

STAFF_OF_ROLE_MAX = 1_000


def save_party(tx: Tx, party_id: UUID, sealed: str) -> None:
    """The newest profile of a caller."""
    _save(tx, party_id, sealed)


def save_staff(
    tx: Tx, staff_id: UUID, sealed: str, *, roles: Collection[str], org: str, active: bool
) -> None:
    """The newest profile of a member of staff."""
    _save(tx, staff_id, sealed, roles=sorted(roles), org=org, active=active)


def save_erased(tx: Tx, party_id: UUID) -> None:
    """Nothing stays but that there is nothing to know."""
    _save(tx, party_id, None, active=False)


def _save(
    tx: Tx,
    person_id: UUID,
    sealed: str | None,
    *,
    roles: Collection[str] = (),
    org: str = "",
    active: bool = True,
) -> None:
    values = {
        "id": person_id,
        "sealed": sealed,
        "roles": list(roles),
        "org": org,
        "active": active,
    }
    tx.upsert(ContactRow, values, ("id",))


async def load_contacts(tx: Tx, ids: Collection[UUID]) -> dict[UUID, Contact]:
    """Those of the people who are known, locked in a fixed order: their messages of a day are counted one after the other."""
    rows = await tx.all(
        select(ContactRow)
        .where(col(ContactRow.id).in_(list(ids)))
        .order_by(col(ContactRow.id))
        .with_for_update()
    )
    return {row["id"]: to_contact(row, tx.cipher) for row in rows}


async def load_staff_near(tx: Tx, role: Role, org: str) -> tuple[UUID, ...]:
    """The people of a role who are responsible for a node."""
    rows = await tx.all(
        select(ContactRow.id, ContactRow.org)
        .where(col(ContactRow.roles).contains([role.value]), col(ContactRow.active))
        .order_by(col(ContactRow.id))
        .limit(STAFF_OF_ROLE_MAX)
    )
    return nearest(((row["id"], row["org"]) for row in rows), org)


def to_contact(row: Record, cipher: FieldCipher) -> Contact:
    """The person behind a row; a profile may lack any key."""
    if row["sealed"] is None:
        return Contact(row["id"], erased=True)
    said = msgspec.json.decode(cipher.open(row["sealed"], str(row["id"])))
    spoken = said.get("language")
    return Contact(
        row["id"],
        name=said.get("name") or "",
        phone=said.get("phone") or "",
        language=Language.EN if spoken == Language.EN else Language.ZH,
        sms_consent=bool(said.get("sms_consent")),
    )
