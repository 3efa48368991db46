"""Somebody responsible for money opens a budget line and books what was appropriated to it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.welfare.domain.ledger import TRANSFER_FEN_MAX, AccountKind, Transfer
from services.welfare.domain.permissions import may_manage_budget
from services.welfare.store.ledger import (
    Budget,
    Posting,
    add_budget,
    book,
    load_budget,
    lock_purse,
)
from services.welfare.store.reference import load_programme
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["budgets"])
AmountFen = Annotated[int, Field(gt=0, le=TRANSFER_FEN_MAX)]
REASON_MAX = 200


class OpenBudget(Request):
    """The line; the fund is the programme's (专款专用)."""

    programme: str
    year: int
    org: str
    amount_fen: AmountFen
    reason: str = Field(min_length=1, max_length=REASON_MAX)


class Appropriate(Request):
    """More money for a line, with the document it is based on."""

    amount_fen: AmountFen
    reason: str = Field(min_length=1, max_length=REASON_MAX)


class BudgetChanged(Response):
    """What the line now holds free."""

    budget_id: UUID
    available_fen: int


@router.post("/budgets", status_code=201)
async def post_budget(body: OpenBudget, cmd: Command) -> BudgetChanged:
    """Open a line with its first appropriation."""
    async with cmd.transaction() as tx:
        if not may_manage_budget(tx.actor, body.org):
            raise NotAllowed
        programme = await load_programme(tx, body.programme, body.year)
        budget = Budget(new_id(), programme.code, body.year, body.org, programme.fund.value)
        add_budget(tx, budget)
        await tx.flush()
        return tx.answer(await _appropriate(tx, budget, body.amount_fen, body.reason))


@router.post("/budgets/{budget_id}/appropriations", status_code=201)
async def post_appropriation(budget_id: UUID, body: Appropriate, cmd: Command) -> BudgetChanged:
    """Add to a line."""
    async with cmd.transaction() as tx:
        budget = await load_budget(tx, budget_id)
        if not may_manage_budget(tx.actor, budget.org):
            raise NotAllowed
        return tx.answer(await _appropriate(tx, budget, body.amount_fen, body.reason))


async def _appropriate(tx: Tx, budget: Budget, amount_fen: int, reason: str) -> BudgetChanged:
    purse = await lock_purse(tx, budget.id)
    source, target = purse.accounts[AccountKind.SOURCE], purse.accounts[AccountKind.BUDGET]
    transfer = Transfer(new_id(), source, target, amount_fen, reason=reason)
    after = book(tx, purse, [Posting(transfer, "appropriated")])
    told = {"amount_fen": amount_fen, "available_fen": after.available_fen()}
    tx.audit("budget.appropriate", "budget", budget.id, after=told, why=reason)
    return BudgetChanged(budget_id=budget.id, available_fen=after.available_fen())
