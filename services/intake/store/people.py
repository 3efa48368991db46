"""Callers and claimants: found by blind indexes, kept sealed, told to the services whose work needs them.

A person is the same person when number and name agree, or ID number and name: colleagues share telephones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import col, select

from services.intake.domain.caller import Caller, Profile
from services.intake.domain.employer import Employer, name_key
from services.intake.tables import CaseRow, ClaimantRow, PartyRow
from shared.contracts.intake import PartyErased, PartyProfiled
from shared.kernel.crypto import FieldCipher
from shared.kernel.storage import TryAgain, translated
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.errors import FieldError, Invalid, NotFound

SHARED_BY_MAX = 20
"""People on one telephone that are looked at."""
CASES_OF_PARTY_MAX = 100
PHONE, NAME, ID_NUMBER = "party.phone", "party.name", "party.id_number"

_KNOWN = """
SELECT p.id, p.version, p.profile_sealed, p.id_blind, p.phone_blind, p.member,
       e.id AS employer_id, e.name, e.short_name, e.region, e.org
FROM unnest((SELECT $1::uuid[]), $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[])
  WITH ORDINALITY AS q (party, phone, name, card, employer, employer_name, n)
LEFT JOIN LATERAL (
  SELECT * FROM party WHERE id = q.party AND erased_at IS NULL
  UNION ALL SELECT * FROM party WHERE q.party IS NULL AND phone_blind = q.phone AND name_blind = q.name
  UNION ALL SELECT * FROM party WHERE q.party IS NULL AND id_blind = q.card AND name_blind = q.name
  LIMIT 1) p ON true
LEFT JOIN LATERAL (
  SELECT * FROM employer WHERE id = q.employer
  UNION ALL SELECT * FROM employer WHERE q.employer IS NULL AND name_key = q.employer_name
  LIMIT 1) e ON true
ORDER BY q.n
"""
"""Everything a registration has to know beforehand, for all that ask at once. Written out: this is the hot path.

The first list is a subquery so that its length is no reason to plan each call anew.
"""


@dataclass(frozen=True, slots=True)
class Person:
    """A party as stored: what it is called stays sealed until somebody needs it."""

    id: UUID
    version: int
    profile_sealed: str
    id_blind: str | None
    phone_blind: str | None
    member: bool | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was on record when the call came, with the blind indexes that found it."""

    person: Person | None
    employer: Employer | None
    phone: str | None
    name: str | None
    id_number: str | None


async def look_up(
    tx: Tx, caller: Caller, party_id: UUID | None, employer_id: UUID | None, employer: str
) -> Known:
    """Who calls and about whom, as far as we know; Invalid when a chosen party or employer is not there.

    Read beside the transaction, which then needs no BEGIN: unique indexes and foreign keys hold until the commit what
    was read here. Ask before the first read of the transaction.
    """
    cipher = tx.cipher
    phone = cipher.blind(caller.phone.key, PHONE) if caller.phone else None
    name = cipher.blind(caller.name, NAME) if caller.name else None
    card = cipher.blind(caller.id_number.value, ID_NUMBER) if caller.id_number else None
    key = name_key(employer) or None
    with translated({}):
        row = await tx.pool.row_together(_KNOWN, party_id, phone, name, card, employer_id, key)
    known = Known(_person(row), _employer(row), phone, name, card)
    _check_chosen(known, party_id, employer_id)
    return known


def _person(row: Mapping[str, Any]) -> Person | None:
    if row["id"] is None:
        return None
    return Person(**{field: row[field] for field in Person.__dataclass_fields__})


def _employer(row: Mapping[str, Any]) -> Employer | None:
    if row["employer_id"] is None:
        return None
    return Employer(row["employer_id"], row["name"], row["short_name"], row["region"], row["org"])


def _check_chosen(known: Known, party_id: UUID | None, employer_id: UUID | None) -> None:
    errors = []
    if party_id is not None and known.person is None:
        errors.append(
            FieldError(
                "party_id",
                "party_unknown",
                "所选来电人的资料已不存在，请清空后重新填写号码和姓名。",
                "The chosen caller is no longer on record. Clear it and type number and name.",
            )
        )
    if employer_id is not None and known.employer is None:
        errors.append(
            FieldError(
                "employer_id",
                "employer_unknown",
                "所选用人单位不存在，请重新查找，或直接填写单位名称。",
                "The chosen employer does not exist. Search again or type the name.",
            )
        )
    if errors:
        raise Invalid(*errors)


def keep_person(
    tx: Tx, known: Known, caller: Caller, party_id: UUID, *, member: bool | None, sms: bool
) -> None:
    """A new party under that id, or the known one with what this call adds."""
    person = known.person
    if person is None:
        _add(tx, known, caller, party_id, member=member, sms=sms)
        return
    adds_card = known.id_number is not None and person.id_blind is None
    adds_member = member is not None and member != person.member
    if not adds_card and not adds_member:
        return
    is_member = person.member if member is None else member
    profile = open_profile(tx.cipher, person.id, person.profile_sealed).merged(caller)
    sealed = seal_profile(tx.cipher, person.id, replace(profile, member=is_member))
    values = {
        "profile_sealed": sealed,
        "id_blind": person.id_blind or known.id_number,
        "member": is_member,
    }
    tx.update(PartyRow, person.id, values, person.version)
    tx.emit(PartyProfiled(party_id=person.id, sealed=sealed))


def _add(
    tx: Tx, known: Known, caller: Caller, party_id: UUID, *, member: bool | None, sms: bool
) -> None:
    profile = Profile(sms_consent=sms and caller.takes_sms, member=member).merged(caller)
    sealed = seal_profile(tx.cipher, party_id, profile)
    tx.on_duplicate(
        "party_phone_name_key", TryAgain()
    )  # a colleague registered the same person meanwhile
    tx.insert(
        PartyRow,
        {
            "id": party_id,
            "phone_blind": known.phone,
            "name_blind": known.name,
            "id_blind": known.id_number,
            "profile_sealed": sealed,
            "member": member,
            "since": tx.now,
        },
    )
    tx.emit(PartyProfiled(party_id=party_id, sealed=sealed))


def seal_profile(cipher: FieldCipher, party_id: UUID, profile: Profile) -> str:
    """The profile as it is stored and as it travels: sealed with the party id, unknown keys left out."""
    fields = ((name, getattr(profile, name)) for name in Profile.__dataclass_fields__)
    said = {name: value for name, value in fields if value not in ("", None)}
    return cipher.seal(msgspec.json.encode(said).decode(), str(party_id))


def open_profile(cipher: FieldCipher, party_id: UUID, sealed: str | None) -> Profile:
    """What is known of a person; an empty profile once the person is erased."""
    return (
        Profile(**msgspec.json.decode(cipher.open(sealed, str(party_id)))) if sealed else Profile()
    )


async def find_by_phone(tx: Tx, phone_blind: str, name: str) -> UUID | None:
    """The person behind a number: of several the one of that name, else the latest; None for a new number."""
    rows = await tx.all(
        select(PartyRow)
        .where(col(PartyRow.phone_blind) == phone_blind)
        .order_by(col(PartyRow.id).desc())
        .limit(SHARED_BY_MAX)
    )
    wanted = tx.cipher.blind(name, NAME) if name else None
    named = (row["id"] for row in rows if row["name_blind"] == wanted)
    newest = rows[0]["id"] if rows and wanted is None else None
    return next(named, newest)


async def load_party(tx: Tx, party_id: UUID) -> Record:
    """The party's row, locked until the commit; NotFound once the person is erased."""
    row = await tx.one(select(PartyRow).where(col(PartyRow.id) == party_id).with_for_update())
    if row is None or row["erased_at"] is not None:
        raise NotFound("party", party_id)
    return row


async def cases_of(tx: Tx, party_id: UUID) -> list[Record]:
    """Where the person is a claimant, newest first: unit, desk, state, and whether it is confidential."""
    return await tx.all(
        select(CaseRow)
        .join(ClaimantRow, col(ClaimantRow.case_id) == col(CaseRow.id))
        .where(col(ClaimantRow.party_id) == party_id)
        .order_by(col(CaseRow.id).desc())
        .limit(CASES_OF_PARTY_MAX)
    )


def erase(tx: Tx, party_id: UUID, version: int) -> None:
    """The person is forgotten: nothing that tells who it was stays in the row, and the topic gets the tombstone."""
    gone = dict.fromkeys(("phone_blind", "name_blind", "id_blind", "profile_sealed", "member"))
    tx.update(PartyRow, party_id, {**gone, "erased_at": tx.now}, version)
    tx.emit(PartyErased(party_id=party_id))
