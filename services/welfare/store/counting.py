"""What the checks count in the database: other applications, the file, the budget, the payments; then the run."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlmodel import col

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import State
from services.welfare.domain.checks_process import Report, run_checks
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.fact_sheet import Counted, facts_of
from services.welfare.domain.form import Form
from services.welfare.domain.ledger import AccountKind
from services.welfare.domain.payment import PaymentState
from services.welfare.store.blinds import Blinds, blinds_of
from services.welfare.store.holds import HELD
from services.welfare.store.ledger import balance_of, find_budget
from services.welfare.store.reference import load_programme
from services.welfare.tables import (
    AccountRow,
    ApplicationRow,
    HardshipFileRow,
    HoldRow,
    MemberRow,
    ObligationRow,
    PaymentRow,
)
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date

ENDED = (State.REJECTED.value, State.WITHDRAWN.value)
GRANTED = (State.APPROVED.value, State.PAID.value, State.RECORDED.value)
A = ApplicationRow


async def check(tx: Tx, dossier: Dossier, actor: tuple[Seat, UUID] | None = None) -> Report:
    """Run the twenty checks on an application as it now stands."""
    application = dossier.application
    programme = await load_programme(tx, application.programme, application.year)
    counted = await load_counted(tx, dossier, programme.fund.value, actor)
    return run_checks(facts_of(dossier, programme, counted, local_date(tx.now), actor))


async def load_counted(
    tx: Tx, dossier: Dossier, fund: str, actor: tuple[Seat, UUID] | None = None
) -> Counted:
    """Everything the checks need from other rows."""
    if dossier.form is None:
        return Counted()
    blinds = blinds_of(dossier.form, tx.cipher)
    handler = actor[1] if actor and actor[0] is Seat.HANDLER else None
    handler = handler or dossier.application.seat(Seat.HANDLER)
    row = await tx.one(_counts(dossier, dossier.form, blinds, handler, tx.now))
    found: dict[str, Any] = dict(row or {})
    found |= await _file(tx, blinds)
    found |= await _money(tx, dossier, fund)
    found |= await _payments(tx, dossier.application.id)
    return Counted(**found)


def _counts(
    dossier: Dossier, form: Form, blinds: Blinds, handler: UUID | None, now: datetime
) -> Select[Any]:
    """One read for all counts of other applications."""
    application = dossier.application
    others = and_(col(A.id) != application.id, col(A.state).not_in(ENDED))
    foreign = and_(others, col(A.person_blind) != blinds.person)
    same_line = and_(col(A.programme) == application.programme, col(A.year) == application.year)
    shares = exists().where(
        col(MemberRow.application_id) == col(A.id),
        col(MemberRow.person_blind).in_(blinds.members),
    )
    uses = col(A.account_blind) == blinds.account
    people = func.count(func.distinct(A.person_blind))
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return select(
        _count(others, same_line, col(A.person_blind) == blinds.person).label("person_grants"),
        _count(foreign, same_line, col(A.state).in_(GRANTED), shares).label("household_grants"),
        _paid(dossier, blinds).label("paid_fen"),
        _count(foreign, uses, shares).label("account_in_household"),
        _count(foreign, uses, ~shares).label("account_by_others"),
        (1 + _count(foreign, col(A.phone_blind) == blinds.phone, of=people)).label("same_phone"),
        (1 + _count(foreign, col(A.address_blind) == blinds.address, ~shares, of=people)).label(
            "same_address"
        ),
        _count(others, col(A.invoice_blind) == blinds.invoice).label("invoice_claims"),
        _count(col(A.handler_id) == handler, col(A.opened_at) >= month).label(
            "handler_applications"
        ),
    )


def _count(*where: ColumnElement[bool], of: Any = None) -> Any:
    return select(func.count() if of is None else of).select_from(A).where(*where).scalar_subquery()


def _paid(dossier: Dossier, blinds: Blinds) -> Any:
    owed = ObligationRow
    return (
        select(func.coalesce(func.sum(owed.amount_fen), 0).cast(owed.__table__.c.amount_fen.type))  # type: ignore[attr-defined]
        .where(
            col(owed.person_blind) == blinds.person,
            col(owed.programme) == dossier.application.programme,
            col(owed.year) == dossier.application.year,
            col(owed.application_id) != dossier.application.id,
        )
        .scalar_subquery()
    )


async def _file(tx: Tx, blinds: Blinds) -> dict[str, Any]:
    row = await tx.one(
        select(HardshipFileRow.is_active, HardshipFileRow.rechecked_on)  # type: ignore[call-overload]
        .where(col(HardshipFileRow.person_blind).in_(blinds.members))
        .order_by(col(HardshipFileRow.rechecked_on).desc())
        .limit(1)
    )
    if row is None:
        return {}
    return {"file_active": row["is_active"], "rechecked_on": row["rechecked_on"]}


async def _money(tx: Tx, dossier: Dossier, fund: str) -> dict[str, Any]:
    application = dossier.application
    budget = await find_budget(tx, application.programme, application.year, application.org)
    if budget is None:
        return {}
    account = await tx.one(
        select(AccountRow).where(
            col(AccountRow.budget_id) == budget.id,
            col(AccountRow.kind) == AccountKind.BUDGET.value,
        )
    )
    own = await tx.one(
        select(HoldRow.amount_fen, HoldRow.state).where(  # type: ignore[call-overload]
            col(HoldRow.application_id) == application.id, col(HoldRow.budget_id) == budget.id
        )
    )
    free = balance_of(account).available_fen if account else 0
    if application.approval is not None:
        # What is owed already left the budget: the check asks whether it was there.
        return {
            "fund_available_fen": max(free, _asked(dossier)),
            "fund_matches": budget.fund == fund,
        }
    mine = own["amount_fen"] if own and own["state"] == HELD else 0
    return {"fund_available_fen": free + mine, "fund_matches": budget.fund == fund}


def _asked(dossier: Dossier) -> int:
    return dossier.form.amount_fen if dossier.form else 0


async def _payments(tx: Tx, application_id: UUID) -> dict[str, Any]:
    row = await tx.one(
        select(PaymentRow.state, PaymentRow.heard_at)  # type: ignore[call-overload]
        .where(col(PaymentRow.application_id) == application_id)
        .order_by(col(PaymentRow.attempt).desc())
        .limit(1)
    )
    if row is None or row["heard_at"] is None:
        return {}
    names = {PaymentState.SETTLED.value: "paid_on", PaymentState.RETURNED.value: "returned_on"}
    name = names.get(row["state"])
    return {name: local_date(row["heard_at"])} if name else {}
