"""Applications: domain object ⇄ rows. Loading is authorising; saving tells what changed and audits who did it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import col, select

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import Act, State
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.permissions import may_do, may_see
from services.welfare.domain.programme import Programme
from services.welfare.domain.step_limits import due_of
from services.welfare.store.blinds import blinds_of
from services.welfare.store.facts import moves, opened
from services.welfare.store.reference import load_calendar, load_programme
from services.welfare.tables import ApplicationRow, MemberRow
from shared.contracts.base import Event
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.errors import Conflict, NotAllowed, NotFound, Refused

PUBLICITY_OVER = "publicity_over"
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Dossier)


class AlreadyApplied(Refused):
    """A case has one application of a person for a programme."""

    code = "already_applied"
    zh = "该工单已为此人开立同一项目的申请，请在原申请中办理。"
    en = "The case has an application of this person for the programme. Continue that one."


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, for the audit, and the facts it gives rise to; `via` are states passed through."""

    action: str
    facts: Sequence[Event] = ()
    why: str | None = None
    via: Sequence[State] = ()


async def load_dossier(
    tx: Tx, application_id: UUID, act: Act | None = None, if_match: int | None = None
) -> Dossier:
    """The application, locked, for one who may do the act (None: may see it); NotFound for all others."""
    row = await tx.one(
        select(ApplicationRow).where(col(ApplicationRow.id) == application_id).with_for_update()
    )
    if row is None or not may_see(tx.actor, row["org"]):
        raise NotFound("application", application_id)
    if act is not None and not may_do(tx.actor, act, row["org"]):
        raise NotAllowed(act=act.value)
    if if_match is not None and if_match != row["version"]:
        raise Conflict(current={"version": row["version"], "state": row["state"]})
    return dossier_of(row, tx.cipher)


async def read_dossier(tx: Tx, application_id: UUID) -> Dossier:
    """The application for one who may see it, without locking it: for pages."""
    row = await tx.one(select(ApplicationRow).where(col(ApplicationRow.id) == application_id))
    if row is None or not may_see(tx.actor, row["org"]):
        raise NotFound("application", application_id)
    return dossier_of(row, tx.cipher)


async def find_application(tx: Tx, case_id: UUID, party_id: UUID, programme: str) -> UUID | None:
    """The application that a case already has for the person and programme."""
    where = (
        col(ApplicationRow.case_id) == case_id,
        col(ApplicationRow.party_id) == party_id,
        col(ApplicationRow.programme) == programme,
    )
    found: UUID | None = await tx.scalar(select(ApplicationRow.id).where(*where))
    return found


def dossier_of(row: Record, cipher: FieldCipher) -> Dossier:
    """A row opened."""
    plain = cipher.open(row["sealed"], place("application", "sealed", row["id"]))
    dossier = _decoder.decode(plain)
    return replace(dossier, application=replace(dossier.application, version=row["version"]))


async def add_dossier(tx: Tx, dossier: Dossier, programme: Programme) -> None:
    """A new application."""
    tx.on_duplicate("application_case_key", AlreadyApplied())
    tx.insert(ApplicationRow, await _values(tx, dossier, programme))
    tx.emit(opened(dossier))
    after = {"number": dossier.application.number, "programme": programme.code}
    tx.audit("application.open", "application", dossier.application.id, after=after)


async def save_dossier(tx: Tx, before: Dossier, after: Dossier, deed: Deed) -> None:
    """The changed application: row, facts, timer of the publicity, audit."""
    was, now = before.application, after.application
    programme = await load_programme(tx, now.programme, now.year)
    tx.on_duplicate("application_case_key", AlreadyApplied())
    tx.update(ApplicationRow, now.id, await _values(tx, after, programme), was.version)
    if after.form is not None and after.form != before.form:
        await _save_members(tx, before, after)
    for fact in (*deed.facts, *moves(was, now, deed.via)):
        tx.emit(fact)
    if was.state is State.PUBLIC and now.state is not State.PUBLIC:
        tx.cancel_timer(PUBLICITY_OVER, now.id)
    tx.audit(
        deed.action,
        "application",
        now.id,
        before=_told(before),
        after=_told(after),
        why=deed.why or None,
    )


def _told(dossier: Dossier) -> dict[str, Any]:
    content = dossier.application.content
    return {
        "state": dossier.state.value,
        "amount_fen": content.amount_fen if content else None,
        "content": content.hash() if content else None,
    }


async def _save_members(tx: Tx, before: Dossier, after: Dossier) -> None:
    if after.form is None:
        return
    wanted = set(blinds_of(after.form, tx.cipher).members)
    known = set(blinds_of(before.form, tx.cipher).members) if before.form else set()
    key = after.application.id
    for gone in sorted(known - wanted):
        tx.delete(MemberRow, {"application_id": key, "person_blind": gone})
    new = [{"application_id": key, "person_blind": one} for one in sorted(wanted - known)]
    tx.insert_many(MemberRow, new)


async def _values(tx: Tx, dossier: Dossier, programme: Programme) -> dict[str, Any]:
    application, form = dossier.application, dossier.form
    calendar = await load_calendar(tx)
    blinds = blinds_of(form, tx.cipher) if form else None
    plain = _encoder.encode(dossier).decode()
    return {
        "id": application.id,
        "number": application.number,
        "case_id": application.case_id,
        "party_id": application.party_id,
        "programme": application.programme,
        "year": application.year,
        "org": application.org,
        "region": dossier.region,
        "state": application.state.value,
        "hardship": dossier.assessment.hardship.value if dossier.assessment else None,
        "amount_fen": form.amount_fen if form else 0,
        "person_blind": blinds.person if blinds else None,
        "account_blind": blinds.account if blinds else None,
        "phone_blind": blinds.phone if blinds else None,
        "address_blind": blinds.address if blinds else None,
        "invoice_blind": blinds.invoice if blinds else None,
        "handler_id": application.seat(Seat.HANDLER),
        "reviewer_id": application.seat(Seat.REVIEWER),
        "approver_id": application.seat(Seat.APPROVER),
        "cashier_id": application.seat(Seat.CASHIER),
        "due_at": due_of(
            application.state, dossier.moved_at, calendar, programme, application.publicity
        ),
        "opened_at": dossier.opened_at,
        "moved_at": dossier.moved_at,
        "sealed": tx.cipher.seal(plain, place("application", "sealed", application.id)),
    }
