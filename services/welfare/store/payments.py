"""What is owed and what is paid: one obligation per application, one live payment per obligation, legs booked once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select

from services.welfare.domain.application import settle, unsettle
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.ledger import Transfer
from services.welfare.domain.payment import (
    AlreadyBeingPaid,
    Obligation,
    Payment,
    PaymentState,
    entitlement_key,
    legs,
)
from services.welfare.domain.programme import Per, Programme
from services.welfare.store.blinds import blinds_of
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.ledger import Posting, book, lock_purse
from services.welfare.tables import EntitledRow, ObligationRow, PaymentRow
from shared.contracts.base import Event
from shared.contracts.welfare import (
    PaymentReturned,
    PaymentSent,
    PaymentSettled,
    PaymentUnknown,
)
from shared.kernel.crypto import place
from shared.kernel.database import Database
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.errors import NotFound, Refused
from shared.vocabulary.identifiers import mask_bank
from shared.vocabulary.ids import derived_id

COMPONENT = "grant"
PAYMENTS_ROUND_MAX = 20
"""Payments one round of the clock takes up; the next round takes the next ones."""


class EntitlementTaken(Refused):
    """The same person was granted the same programme for the same period already."""

    code = "entitlement_taken"
    zh = "此人本年度的这项待遇已经批准过，不能再批一次；请打开原申请办理或撤回本件。"
    en = "This person was granted this programme for the year. Continue that one or withdraw this."


class HouseholdAided(Refused):
    """Somebody of the household was granted the same programme this year."""

    code = "household_already_aided"
    zh = "同户今年已有人获批同一项目，须由督办人员写明理由同意后方可再次帮扶。"
    en = "The household was granted this programme this year. A supervisor must allow another."


@dataclass(frozen=True, slots=True)
class Kept:
    """A payment with its row, locked, and the application it belongs to."""

    payment: Payment
    row: Record
    dossier: Dossier


async def add_obligation(tx: Tx, dossier: Dossier, programme: Programme) -> None:
    """The approval makes the grant owed; person and household are entitled once, by unique keys."""
    application, form = dossier.application, dossier.form
    content = application.content
    if content is None or form is None:
        return
    key = entitlement_key(content.programme, content.person, content.period, COMPONENT)
    values = {
        "key": key,
        "programme": content.programme,
        "year": content.year,
        "person_blind": content.person,
        "amount_fen": content.amount_fen,
    }
    tx.on_duplicate("obligation_entitlement_key", EntitlementTaken())
    where = col(ObligationRow.application_id) == application.id
    if await tx.one(select(ObligationRow).where(where)):
        tx.change(ObligationRow, {"application_id": application.id}, values)
    else:
        own = {"application_id": application.id, "created_at": tx.now}
        tx.insert(ObligationRow, {**own, **values})
    allowed = dossier.explained("W2")
    if programme.per is not Per.PERSON and not (allowed and allowed.accepted):
        tx.on_duplicate("entitled_member_pkey", HouseholdAided())
        line = {"programme": content.programme, "year": content.year}
        members = blinds_of(form, tx.cipher).members
        rows = [{**line, "person_blind": m, "application_id": application.id} for m in members]
        tx.insert_many(EntitledRow, rows)


async def void_obligation(tx: Tx, application_id: UUID) -> None:
    """The approval is void: nothing is owed. Refused while a payment is under way or arrived."""
    payments = await load_payments(tx, application_id)
    if not Obligation("", 0, tuple(payments)).is_open:
        raise AlreadyBeingPaid
    tx.delete(EntitledRow, {"application_id": application_id})
    if not payments:
        tx.delete(ObligationRow, {"application_id": application_id})


async def load_obligation(tx: Tx, application_id: UUID) -> Obligation:
    """What is owed, with every attempt to pay it."""
    row = await tx.one(
        select(ObligationRow).where(col(ObligationRow.application_id) == application_id)
    )
    if row is None:
        raise NotFound("obligation", application_id)
    payments = await load_payments(tx, application_id)
    return Obligation(row["key"], row["amount_fen"], tuple(payments))


async def load_payments(tx: Tx, application_id: UUID) -> list[Payment]:
    """Every attempt, the first one first."""
    rows = await tx.all(
        select(PaymentRow)
        .where(col(PaymentRow.application_id) == application_id)
        .order_by(col(PaymentRow.attempt))
    )
    return [payment_of(row) for row in rows]


async def has_contradiction(tx: Tx, application_id: UUID) -> bool:
    """Whether the bank says settled of a payment that had been taken back."""
    found = await tx.one(
        select(PaymentRow.id).where(
            col(PaymentRow.application_id) == application_id, col(PaymentRow.contradicts)
        )
    )
    return found is not None


def payment_of(row: Record) -> Payment:
    """A row as the rules see it."""
    return Payment(
        row["id"], row["amount_fen"], row["attempt"], PaymentState(row["state"]), row["reason"]
    )


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered: from which budget, to which account, and the exact body for the bank."""

    budget_id: UUID
    account: str
    body: str


def add_payment(tx: Tx, application_id: UUID, payment: Payment, order: Order) -> None:
    """A payment is ordered; it leaves with the next round of the clock."""
    tx.on_duplicate("payment_one_live", AlreadyBeingPaid())
    tx.on_duplicate("payment_attempt_key", AlreadyBeingPaid())
    values = {
        "id": payment.id,
        "application_id": application_id,
        "budget_id": order.budget_id,
        "amount_fen": payment.amount_fen,
        "attempt": payment.attempt,
        "state": payment.state.value,
        "reason": payment.reason,
        "order_sealed": tx.cipher.seal(order.body, place("payment", "order", payment.id)),
        "account_masked": mask_bank(order.account),
        "ordered_by": tx.actor.id,
        "ordered_at": tx.now,
        "send_again": False,
        "asked": 0,
        "contradicts": False,
    }
    tx.insert(PaymentRow, values)


async def load_payment(tx: Tx, payment_id: UUID) -> Kept:
    """A payment for a change: the application is locked first, then the payment."""
    where = col(PaymentRow.id) == payment_id
    owner = await tx.scalar(select(PaymentRow.application_id).where(where))
    if owner is None:
        raise NotFound("payment", payment_id)
    dossier = await load_dossier(tx, owner)
    row = await tx.one(select(PaymentRow).where(where).with_for_update())
    if row is None:
        raise NotFound("payment", payment_id)
    return Kept(payment_of(row), row, dossier)


async def find_to_send(db: Database) -> list[UUID]:
    """Ordered payments, the oldest first, and those that two people let out again."""
    rows = await db.all(
        select(PaymentRow.id)
        .where(or_(col(PaymentRow.state) == PaymentState.ORDERED.value, col(PaymentRow.send_again)))
        .order_by(col(PaymentRow.ordered_at), col(PaymentRow.id))
        .limit(PAYMENTS_ROUND_MAX)
    )
    return [row["id"] for row in rows]


async def find_to_ask(db: Database, now: datetime) -> list[UUID]:
    """Payments about which the bank is to be asked now."""
    rows = await db.all(
        select(PaymentRow.id)
        .where(col(PaymentRow.ask_at) <= now)
        .order_by(col(PaymentRow.ask_at), col(PaymentRow.id))
        .limit(PAYMENTS_ROUND_MAX)
    )
    return [row["id"] for row in rows]


def change_payment(tx: Tx, payment_id: UUID, values: Mapping[str, Any]) -> None:
    """What only the row knows: when to ask, who proposed what."""
    tx.change(PaymentRow, payment_id, values)


def read_order(tx: Tx, kept: Kept) -> str:
    """The exact body for the bank."""
    key = kept.payment.id
    return tx.cipher.open(kept.row["order_sealed"], place("payment", "order", key))


async def move_payment(
    tx: Tx, kept: Kept, after: Payment, columns: Mapping[str, Any], why: str | None = None
) -> Dossier:
    """The payment's new state: legs booked, application moved, facts told. Nothing if it stayed as it was."""
    before, dossier = kept.payment, kept.dossier
    if after.state is before.state:
        if columns:
            change_payment(tx, after.id, columns)
        return dossier
    await _book(tx, kept, after)
    heard = {"state": after.state.value, "reason": after.reason, "heard_at": tx.now}
    change_payment(tx, after.id, {**heard, **columns})
    action, told = f"payment.{after.state.value}", _facts(dossier, before, after)
    if not told:  # accepted by the bank, or let out again: the application stays where it was
        tx.audit(action, "payment", dossier.application.id, after={"payment": after.id}, why=why)
        return dossier
    changed = _moved(dossier, after, tx.now)
    await save_dossier(tx, dossier, changed, Deed(action, told, why))
    return changed


async def _book(tx: Tx, kept: Kept, after: Payment) -> None:
    """Each leg has an id derived from the payment: booked a second time, it would hit the primary key."""
    moves = legs(kept.payment.state, after.state)
    if not moves:
        return
    purse = await lock_purse(tx, kept.row["budget_id"])
    owner = kept.dossier.application.id
    postings = [
        Posting(
            Transfer(
                derived_id(after.id, leg.code),
                purse.accounts[leg.debit],
                purse.accounts[leg.credit],
                after.amount_fen,
            ),
            leg.code,
            owner,
            after.id,
        )
        for leg in moves
    ]
    book(tx, purse, postings)


def _moved(dossier: Dossier, after: Payment, now: datetime) -> Dossier:
    application = dossier.application
    match after.state:
        case PaymentState.SETTLED:
            application = settle(application)
        case PaymentState.RETURNED:
            application = unsettle(application)
        case _:
            pass
    moved_at = dossier.moved_at if application.state is dossier.state else now
    return replace(dossier, application=application, moved_at=moved_at)


def _facts(dossier: Dossier, before: Payment, after: Payment) -> Sequence[Event]:
    about = {
        "application_id": dossier.application.id,
        "case_id": dossier.application.case_id,
        "payment_id": after.id,
    }
    amount = after.amount_fen
    match before.state, after.state:
        case PaymentState.ORDERED, PaymentState.SENT:
            return (PaymentSent(**about, amount_fen=amount, attempt=after.attempt),)
        case _, PaymentState.UNKNOWN:
            return (PaymentUnknown(**about),)
        case _, PaymentState.SETTLED:
            return (PaymentSettled(**about, amount_fen=amount),)
        case _, PaymentState.RETURNED:
            return (PaymentReturned(**about, amount_fen=amount, reason=after.reason),)
        case _:
            return ()
