"""Money: budgets with their bars, the ledger of a budget with running totals, and whether all promises hold."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import BigInteger as BigInt
from sqlalchemy import Uuid, bindparam, select, text
from sqlmodel import col

from services.welfare.domain.ledger import AccountKind, Balance
from services.welfare.domain.permissions import STAFF
from services.welfare.queries.lists import read_programmes, within
from services.welfare.queries.shapes import Coded, OrgRef, org_ref, programme_name
from services.welfare.store.invariants import broken_invariants
from services.welfare.store.ledger import balance_of
from services.welfare.tables import AccountRow, BudgetRow
from shared.kernel.auth import require
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.kernel.storage import Pool
from shared.kernel.transaction import Record
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotFound
from shared.vocabulary.people import Role
from shared.vocabulary.regions import is_within

router = APIRouter(tags=["money"])
BUDGETS_MAX = 200
LEDGER_ROWS = 100
_LEDGER = """
SELECT * FROM (
  SELECT t.no, t.id, t.booked_at, t.code, t.kind, t.amount_fen, t.application_id, t.payment_id,
         t.actor_id, t.reason, a.number AS application_no, d.kind AS debit, c.kind AS credit,
         (sum(CASE
           WHEN t.kind = 'direct' AND c.kind = 'budget' THEN t.amount_fen
           WHEN t.kind = 'direct' AND d.kind = 'budget' THEN -t.amount_fen
           WHEN t.kind = 'reserve' AND d.kind = 'budget' THEN -t.amount_fen
           WHEN t.kind = 'post' AND d.kind = 'budget' THEN h.amount_fen - t.amount_fen
           WHEN t.kind IN ('void', 'expire') AND d.kind = 'budget' THEN h.amount_fen
           ELSE 0 END) OVER (ORDER BY t.no))::bigint AS available_fen
  FROM transfer t
  JOIN ledger_account d ON d.id = t.debit
  JOIN ledger_account c ON c.id = t.credit
  LEFT JOIN transfer h ON h.id = t.pending_id
  LEFT JOIN application a ON a.id = t.application_id
  WHERE t.budget_id = :budget) rows
WHERE no < :before ORDER BY no DESC LIMIT :rows
"""


async def check_ledger(pool: Pool) -> list[str]:
    """The names of the promises I1 to I5 that are broken now; for `make verify`."""
    return await broken_invariants(pool)


class BudgetItem(Response):
    """A budget line as its bar shows it: granted = paid + under way + owed + held + available."""

    budget_id: UUID
    programme: Coded
    year: int
    org: OrgRef
    fund: str
    granted_fen: int
    paid_fen: int
    under_way_fen: int
    owed_fen: int
    held_fen: int
    available_fen: int


@router.get("/budgets")
async def get_budgets(reader: Reader, year: int | None = None) -> list[BudgetItem]:
    """The budgets of the reader's area and of the unions above, which pay for it."""
    require(reader.actor, *STAFF)
    wanted = year or local_date(now()).year
    rows = await reader.all(
        select(BudgetRow)
        .where(col(BudgetRow.year) == wanted)
        .order_by(col(BudgetRow.programme), col(BudgetRow.org))
        .limit(BUDGETS_MAX)
    )
    mine = [row for row in rows if _concerns(reader, row["org"])]
    balances = await read_balances(reader, [row["id"] for row in mine])
    programmes = await read_programmes(reader)
    return [
        _item(
            row,
            balances[row["id"]],
            programme_name(programmes.get((row["programme"], wanted)), row["programme"]),
        )
        for row in mine
    ]


def _concerns(reader: ReadDoor, org: str) -> bool:
    return is_within(org, reader.actor.org) or is_within(reader.actor.org, org)


async def read_balances(
    reader: ReadDoor, budgets: list[UUID]
) -> dict[UUID, dict[AccountKind, Balance]]:
    """The balances of budgets by kind of account."""
    rows = await reader.all(select(AccountRow).where(col(AccountRow.budget_id).in_(budgets)))
    found: dict[UUID, dict[AccountKind, Balance]] = {budget: {} for budget in budgets}
    for row in rows:
        found[row["budget_id"]][AccountKind(row["kind"])] = balance_of(row)
    return found


def _item(row: Record, balances: dict[AccountKind, Balance], programme: Coded) -> BudgetItem:
    budget = balances[AccountKind.BUDGET]
    return BudgetItem(
        budget_id=row["id"],
        programme=programme,
        year=row["year"],
        org=org_ref(row["org"]),
        fund=row["fund"],
        granted_fen=-_net(balances[AccountKind.SOURCE]),
        paid_fen=_net(balances[AccountKind.PAID]),
        under_way_fen=_net(balances[AccountKind.IN_TRANSIT]),
        owed_fen=_net(balances[AccountKind.PAYABLE]),
        held_fen=budget.debits_pending,
        available_fen=budget.available_fen,
    )


def _net(balance: Balance) -> int:
    return balance.credits_posted - balance.debits_posted


class LedgerLine(Response):
    """One transfer with what was free in the budget after it."""

    no: int
    transfer_id: UUID
    booked_at: datetime
    code: str
    kind: str
    debit: str
    credit: str
    amount_fen: int
    available_fen: int
    application_id: UUID | None
    application_no: str | None
    payment_id: UUID | None
    actor_id: UUID
    reason: str


class LedgerPage(Response):
    """The budget and its transfers, newest first."""

    budget: BudgetItem
    items: list[LedgerLine]
    next_cursor: str | None
    broken: list[str]


@router.get("/budgets/{budget_id}/ledger")
async def get_ledger(budget_id: UUID, reader: Reader, cursor: int | None = None) -> LedgerPage:
    """The ledger of a budget; whoever manages money, pays it or audits it may read it."""
    require(reader.actor, Role.APPROVER, Role.CASHIER, Role.SUPERVISOR, Role.AUDITOR, Role.SYSTEM)
    row = await reader.one(
        select(BudgetRow).where(
            col(BudgetRow.id) == budget_id, within(reader.actor, col(BudgetRow.org))
        )
    )
    if row is None:
        raise NotFound("budget", budget_id)
    query = text(_LEDGER).bindparams(
        bindparam("budget", budget_id, type_=Uuid()),
        bindparam("before", cursor or 2**62, type_=BigInt()),
        bindparam("rows", LEDGER_ROWS + 1, type_=BigInt()),
    )
    found = await reader.all(query)
    shown = found[:LEDGER_ROWS]
    programmes = await read_programmes(reader)
    balances = await read_balances(reader, [budget_id])
    programme = programmes.get((row["programme"], row["year"]))
    return LedgerPage(
        budget=_item(row, balances[budget_id], programme_name(programme, row["programme"])),
        items=[_line(one) for one in shown],
        next_cursor=str(shown[-1]["no"]) if len(found) > LEDGER_ROWS else None,
        broken=await check_ledger(reader.context.db.pool),
    )


def _line(row: Record) -> LedgerLine:
    fields = {name: row[name] for name in LedgerLine.model_fields if name in row}
    return LedgerLine(transfer_id=row["id"], **fields)
