"""The ledger: budgets found, their accounts locked in the order of their ids, transfers booked by the domain's rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from services.welfare.domain.ledger import (
    CURRENCY,
    AccountKind,
    Balance,
    FundsExhausted,
    ReservationResolved,
    Transfer,
    TransferKind,
    moved,
)
from services.welfare.tables import AccountRow, BudgetRow, TransferRow
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.errors import NotFound, Refused
from shared.vocabulary.ids import new_id
from shared.vocabulary.regions import is_within

BUDGETS_OF_PROGRAMME_MAX = 500


class NoBudget(Refused):
    """Nobody above the application has a budget for the programme."""

    code = "no_budget"
    zh = "本级和上级工会都没有该项目今年的预算，请先由审批人登记预算，或改选其他项目。"
    en = "No budget exists for the programme here or above. Have one entered, or choose another."


class BudgetExists(Refused):
    """An organisation has one budget for a programme and year."""

    code = "budget_exists"
    zh = "该单位今年已有这个项目的预算，请在原预算上追加。"
    en = "The organisation has a budget for this programme and year. Add to that one."


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget line."""

    id: UUID
    programme: str
    year: int
    org: str
    fund: str


@dataclass(frozen=True, slots=True)
class Purse:
    """A budget's accounts, locked until the commit."""

    budget_id: UUID
    accounts: dict[AccountKind, UUID]
    balances: dict[UUID, Balance]

    def available_fen(self) -> int:
        """What is free in the budget."""
        return self.balances[self.accounts[AccountKind.BUDGET]].available_fen


@dataclass(frozen=True, slots=True)
class Posting:
    """A transfer with what it is for; `held` is the reservation it resolves."""

    transfer: Transfer
    code: str
    application_id: UUID | None = None
    payment_id: UUID | None = None
    held: Transfer | None = None


async def load_budget(tx: Tx, budget_id: UUID) -> Budget:
    """One budget line."""
    row = await tx.one(select(BudgetRow).where(col(BudgetRow.id) == budget_id))
    if row is None:
        raise NotFound("budget", budget_id)
    return budget_of(row)


async def find_budget(tx: Tx, programme: str, year: int, org: str) -> Budget | None:
    """The budget an application is paid from: its own organisation's, else the nearest one's above."""
    rows = await tx.all(
        select(BudgetRow)
        .where(col(BudgetRow.programme) == programme, col(BudgetRow.year) == year)
        .limit(BUDGETS_OF_PROGRAMME_MAX)
    )
    above = [budget_of(row) for row in rows if is_within(org, row["org"])]
    return max(above, key=lambda one: len(one.org), default=None)


def budget_of(row: Record) -> Budget:
    """A row as a budget."""
    return Budget(row["id"], row["programme"], row["year"], row["org"], row["fund"])


def add_budget(tx: Tx, budget: Budget) -> None:
    """A new budget with its five empty accounts."""
    tx.on_duplicate("budget_line_key", BudgetExists())
    tx.insert(
        BudgetRow,
        {
            "id": budget.id,
            "programme": budget.programme,
            "year": budget.year,
            "org": budget.org,
            "fund": budget.fund,
            "opened_at": tx.now,
        },
    )
    empty = dict.fromkeys(COUNTERS, 0)
    tx.insert_many(
        AccountRow,
        [
            {"id": new_id(), "budget_id": budget.id, "kind": kind.value, **empty}
            for kind in AccountKind
        ],
    )


COUNTERS = ("debits_pending", "debits_posted", "credits_pending", "credits_posted")


async def lock_purse(tx: Tx, budget_id: UUID) -> Purse:
    """The accounts of a budget, locked in the order of their ids so that nobody waits in a circle."""
    rows = await tx.all(
        select(AccountRow)
        .where(col(AccountRow.budget_id) == budget_id)
        .order_by(col(AccountRow.id))
        .with_for_update()
    )
    if not rows:
        raise NotFound("budget", budget_id)
    return Purse(
        budget_id,
        {AccountKind(row["kind"]): row["id"] for row in rows},
        {row["id"]: balance_of(row) for row in rows},
    )


def balance_of(row: Record) -> Balance:
    """The counters of an account's row."""
    return Balance(AccountKind(row["kind"]), *(row[name] for name in COUNTERS))


def book(tx: Tx, purse: Purse, postings: Sequence[Posting]) -> Purse:
    """Book transfers in order; FundsExhausted when one overdraws. Once per purse and transaction."""
    balances = dict(purse.balances)
    for one in postings:
        balances |= moved(balances, one.transfer, one.held)
    tx.on_duplicate("transfer_pending_key", ReservationResolved())
    tx.on_duplicate("ledger_account_not_overdrawn", FundsExhausted())
    tx.insert_many(TransferRow, [_row(tx, purse.budget_id, one) for one in postings])
    for key, balance in balances.items():
        if balance != purse.balances[key]:
            counters = {name: getattr(balance, name) for name in COUNTERS}
            tx.change(AccountRow, key, counters)
    return Purse(purse.budget_id, purse.accounts, balances)


def _row(tx: Tx, budget_id: UUID, one: Posting) -> dict[str, Any]:
    transfer = one.transfer
    return {
        "id": transfer.id,
        "budget_id": budget_id,
        "debit": transfer.debit,
        "credit": transfer.credit,
        "amount_fen": transfer.amount_fen,
        "currency": CURRENCY,
        "kind": transfer.kind.value,
        "pending_id": transfer.pending_id,
        "code": one.code,
        "application_id": one.application_id,
        "payment_id": one.payment_id,
        "actor_id": tx.actor.id,
        "reason": transfer.reason,
        "booked_at": tx.now,
    }


async def load_transfer(tx: Tx, transfer_id: UUID) -> Transfer:
    """One transfer as it was booked."""
    row = await tx.one(select(TransferRow).where(col(TransferRow.id) == transfer_id))
    if row is None:
        raise NotFound("transfer", transfer_id)
    return Transfer(
        row["id"],
        row["debit"],
        row["credit"],
        row["amount_fen"],
        TransferKind(row["kind"]),
        row["pending_id"],
        row["reason"],
    )
