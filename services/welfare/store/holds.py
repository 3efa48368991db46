"""An application's money in its budget: held from the first review, owed from the approval, given back otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from services.welfare.domain.dossier import Dossier
from services.welfare.domain.ledger import AccountKind, Transfer, TransferKind
from services.welfare.store.ledger import (
    NoBudget,
    Posting,
    Purse,
    book,
    find_budget,
    load_transfer,
    lock_purse,
)
from services.welfare.tables import HoldRow
from shared.contracts.base import Event
from shared.contracts.welfare import FundsReleased, FundsReserved
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Refused
from shared.vocabulary.ids import new_id

HELD, POSTED, RELEASED = "held", "posted", "released"


class NothingHeld(Refused):
    """An approval spends what was reserved; without a reservation there is nothing to owe."""

    code = "nothing_reserved"
    zh = "本申请没有有效的预算预留，请退回初审重新预留后再审批。"
    en = "The application holds no money in the budget. Send it back to reserve anew."


@dataclass(frozen=True, slots=True)
class Hold:
    """What an application holds: the reservation and what became of it."""

    budget_id: UUID
    transfer_id: UUID
    amount_fen: int
    state: str


async def load_hold(tx: Tx, application_id: UUID) -> Hold | None:
    """The latest hold; None before the first."""
    row = await tx.one(select(HoldRow).where(col(HoldRow.application_id) == application_id))
    if row is None:
        return None
    return Hold(row["budget_id"], row["transfer_id"], row["amount_fen"], row["state"])


async def reserve(tx: Tx, dossier: Dossier) -> Sequence[Event]:
    """Hold the form's amount in the budget of the programme; what was held or owed before is given back."""
    application, form = dossier.application, dossier.form
    if form is None:
        return ()
    budget = await find_budget(tx, application.programme, application.year, application.org)
    if budget is None:
        raise NoBudget
    hold = await load_hold(tx, application.id)
    if hold and (hold.budget_id, hold.amount_fen, hold.state) == (
        budget.id,
        form.amount_fen,
        HELD,
    ):
        return ()
    standing = hold if hold and hold.state != RELEASED else None
    ids = sorted({budget.id, *([standing.budget_id] if standing else [])})
    purses = {key: await lock_purse(tx, key) for key in ids}
    back = (
        [await _back(tx, purses[standing.budget_id], standing, application.id)] if standing else []
    )
    purse = purses[budget.id]
    transfer = Transfer(
        new_id(),
        purse.accounts[AccountKind.BUDGET],
        purse.accounts[AccountKind.PAYABLE],
        form.amount_fen,
        TransferKind.RESERVE,
    )
    taken = Posting(transfer, "reserved", application.id)
    if standing and standing.budget_id != budget.id:
        book(tx, purses[standing.budget_id], back)
        after = book(tx, purse, [taken])
    else:
        after = book(tx, purse, [*back, taken])
    _save(tx, application.id, Hold(budget.id, transfer.id, form.amount_fen, HELD))
    told = FundsReserved(
        application_id=application.id,
        case_id=application.case_id,
        budget_id=budget.id,
        amount_fen=form.amount_fen,
        available_fen=after.available_fen(),
    )
    return (*_released(dossier, standing), told)


async def release(tx: Tx, dossier: Dossier) -> Sequence[Event]:
    """Give back what the application holds or is owed; nothing happens if it holds nothing."""
    hold = await load_hold(tx, dossier.application.id)
    if hold is None or hold.state == RELEASED:
        return ()
    purse = await lock_purse(tx, hold.budget_id)
    book(tx, purse, [await _back(tx, purse, hold, dossier.application.id)])
    key = dossier.application.id
    _save(tx, key, Hold(hold.budget_id, hold.transfer_id, hold.amount_fen, RELEASED))
    return _released(dossier, hold)


async def post(tx: Tx, dossier: Dossier) -> None:
    """The approval turns the hold into what is owed."""
    application = dossier.application
    hold = await load_hold(tx, application.id)
    amount = dossier.form.amount_fen if dossier.form else 0
    if hold is None or hold.state != HELD or hold.amount_fen != amount:
        raise NothingHeld
    purse = await lock_purse(tx, hold.budget_id)
    held = await load_transfer(tx, hold.transfer_id)
    transfer = Transfer(
        new_id(), held.debit, held.credit, amount, TransferKind.POST, pending_id=held.id
    )
    book(tx, purse, [Posting(transfer, "approved", application.id, held=held)])
    _save(tx, application.id, Hold(hold.budget_id, hold.transfer_id, amount, POSTED))


async def _back(tx: Tx, purse: Purse, hold: Hold, application_id: UUID) -> Posting:
    """The transfer that gives a hold back: it is voided, or what it became is booked the other way."""
    budget, payable = purse.accounts[AccountKind.BUDGET], purse.accounts[AccountKind.PAYABLE]
    if hold.state == POSTED:
        transfer = Transfer(new_id(), payable, budget, hold.amount_fen)
        return Posting(transfer, "approval_voided", application_id)
    held = await load_transfer(tx, hold.transfer_id)
    transfer = Transfer(
        new_id(), budget, payable, hold.amount_fen, TransferKind.VOID, pending_id=held.id
    )
    return Posting(transfer, "released", application_id, held=held)


def _released(dossier: Dossier, hold: Hold | None) -> tuple[Event, ...]:
    if hold is None:
        return ()
    application = dossier.application
    return (
        FundsReleased(
            application_id=application.id,
            case_id=application.case_id,
            budget_id=hold.budget_id,
            amount_fen=hold.amount_fen,
        ),
    )


def _save(tx: Tx, application_id: UUID, hold: Hold) -> None:
    values = {
        "application_id": application_id,
        "budget_id": hold.budget_id,
        "transfer_id": hold.transfer_id,
        "amount_fen": hold.amount_fen,
        "state": hold.state,
        "at": tx.now,
    }
    tx.upsert(HoldRow, values, ("application_id",))
