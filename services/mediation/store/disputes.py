"""Disputes: loading is authorising, saving tells what changed and where the dispute now stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import BindParameter, bindparam
from sqlmodel import col, select

from services.mediation.domain.dispute import Dispute
from services.mediation.domain.permissions import Deed, require
from services.mediation.domain.scheme import Scheme
from services.mediation.store import facts
from services.mediation.store.schemes import load_scheme
from services.mediation.tables import DisputeRow, OfferRow
from shared.contracts.base import Event
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.sql import Prepared
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.errors import Conflict, NotFound, Refused
from shared.vocabulary.people import Actor

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Dispute)
_ID: BindParameter[UUID] = bindparam("dispute_id")
_DISPUTE = Prepared(select(DisputeRow).where(col(DisputeRow.id) == _ID).with_for_update())
_OFFERED_TO = Prepared(
    select(OfferRow.lawyer_id).where(col(OfferRow.dispute_id) == _ID, col(OfferRow.state) == "open")
)
_OF_CASE = Prepared(
    select(DisputeRow).where(col(DisputeRow.case_id) == bindparam("case_id")).with_for_update()
)


class AlreadyInMediation(Refused):
    """A case has one dispute."""

    code = "already_in_mediation"
    zh = "这件工单已经立案调解，请在原争议案件中办理。"
    en = "This case is in mediation already. Work on the existing dispute."


@dataclass(frozen=True, slots=True)
class Loaded:
    """A dispute as it was read, its scheme, and what only its row knows."""

    dispute: Dispute
    scheme: Scheme
    region: str
    claimant_ids: tuple[UUID, ...]
    opened_at: datetime


async def load_dispute(tx: Tx, dispute_id: UUID, deed: Deed, if_match: int | None = None) -> Loaded:
    """The dispute, locked, for one who may do the deed; NotFound for those who may not know it exists."""
    row = await tx.one(_DISPUTE, dispute_id=dispute_id)
    offers = await tx.all(_OFFERED_TO, dispute_id=dispute_id)
    offered_to = [offer["lawyer_id"] for offer in offers]
    loaded = authorised(row, dispute_id, tx.actor, deed, offered_to, tx.cipher)
    if if_match is not None and if_match != loaded.dispute.version:
        raise Conflict(current={"version": loaded.dispute.version, "stage": loaded.dispute.stage})
    return loaded


async def load_dispute_of_case(tx: Tx, case_id: UUID) -> Loaded | None:
    """The dispute that a case has in mediation, for events; None when it has none."""
    row = await tx.one(_OF_CASE, case_id=case_id)
    return None if row is None else opened(row, tx.cipher)


def authorised(
    row: Record | None,
    dispute_id: UUID,
    actor: Actor,
    deed: Deed,
    offered_to: Sequence[UUID],
    cipher: FieldCipher,
) -> Loaded:
    """The row opened, if the actor may do the deed with it."""
    if row is None:
        raise NotFound("dispute", dispute_id)
    loaded = opened(row, cipher)
    require(actor, deed, loaded.dispute, offered_to)
    return loaded


def opened(row: Record, cipher: FieldCipher) -> Loaded:
    """The dispute of a row, for whoever was found to be allowed to read it."""
    plain = cipher.open(row["sealed"], place("dispute", "sealed", row["id"]))
    dispute = replace(_decoder.decode(plain), version=row["version"])
    return Loaded(
        dispute,
        load_scheme(dispute.scheme_id, dispute.scheme_version),
        row["region"],
        tuple(UUID(one) for one in row["claimant_ids"]),
        row["opened_at"],
    )


def add_dispute(tx: Tx, loaded: Loaded, told: Sequence[Event] = ()) -> None:
    """A new dispute, with what happened at its opening."""
    tx.on_duplicate("dispute_case_key", AlreadyInMediation())
    tx.insert(DisputeRow, _values(loaded, tx.cipher))
    first, last = facts.opened(loaded.dispute), facts.progressed(loaded.dispute, loaded.scheme)
    for fact in (first, *told, last):
        tx.emit(fact)
    tx.audit("dispute.open", "dispute", loaded.dispute.id, after={"grade": loaded.dispute.grade})


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done, for the audit, and the facts it gives rise to."""

    action: str
    facts: Sequence[Event] = ()
    why: str | None = None


def save_dispute(tx: Tx, before: Loaded, after: Loaded | Dispute, done: Deeds) -> None:
    """The changed dispute: its row, the facts, where it stands, and the audit of who did what."""
    changed = after if isinstance(after, Loaded) else replace(before, dispute=after)
    was, is_now = before.dispute, changed.dispute
    tx.update(DisputeRow, is_now.id, _values(changed, tx.cipher), was.version)
    for fact in (*done.facts, facts.progressed(is_now, before.scheme)):
        tx.emit(fact)
    tx.audit(
        done.action,
        "dispute",
        is_now.id,
        before={"stage": was.stage, "grade": was.grade, "status": was.status},
        after={"stage": is_now.stage, "grade": is_now.grade, "status": is_now.status},
        why=done.why,
    )


def _values(loaded: Loaded, cipher: FieldCipher) -> dict[str, Any]:
    dispute = loaded.dispute
    plain = _encoder.encode(dispute).decode()
    return {
        "id": dispute.id,
        "case_id": dispute.case_id,
        "org": dispute.org,
        "region": loaded.region,
        "employer_id": dispute.employer_id,
        "stage": dispute.stage,
        "status": dispute.status.value,
        "grade": dispute.grade.value,
        "lawyer_id": dispute.lawyer,
        "mediator_ids": [str(one) for one in dispute.mediators],
        "claimant_ids": [str(one) for one in loaded.claimant_ids],
        "amount_fen": dispute.amount_fen,
        "opened_at": loaded.opened_at,
        "sealed": cipher.seal(plain, place("dispute", "sealed", dispute.id)),
    }
