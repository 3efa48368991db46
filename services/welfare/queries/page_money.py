"""The page's right side: the budget's bar, the public list's days, objections, payments."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.ledger import AccountKind
from services.welfare.domain.payment import LEFT_US, PaymentState
from services.welfare.domain.programme import Programme
from services.welfare.domain.publicity import public_line, start
from services.welfare.queries.shapes import Coded, Text, payment_state_of
from services.welfare.store.holds import HELD, POSTED, load_hold
from services.welfare.store.ledger import balance_of, find_budget
from services.welfare.tables import AccountRow, HoldRow, ObjectionRow, PaymentRow
from shared.kernel.command import Response
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import WorkCalendar, office_close

WEEKDAYS = "一二三四五六日"
PAYMENTS_MAX = 20
OBJECTIONS_MAX = 50


class MoneyStep(Response):
    """A station of the money: held, owed, at the bank, arrived."""

    code: str
    label: Text
    hint: Text
    at: datetime | None


class BudgetPart(Response):
    """The budget's bar; `spent` and `others` leave out this application's own amount."""

    budget_id: UUID
    year: int
    spent_fen: int
    others_fen: int
    own_fen: int
    own_state: str
    available_fen: int
    steps: list[MoneyStep]


class PublicDay(Response):
    """A day of the strip: the start, a counted day with its number, or a day off."""

    day: date
    weekday: str
    kind: str
    no: int | None


class PublicityPart(Response):
    """The strip of days; before the review what it would be if it passed today."""

    starts_on: date
    ends_on: date
    ends_at: datetime
    provisional: bool
    started: bool
    waits: bool
    days: list[PublicDay]
    line: str


class ObjectionPart(Response):
    """An objection; its text is shown to those who look into it."""

    objection_id: UUID
    channel: str
    raised_at: datetime
    upheld: bool | None
    resolved_at: datetime | None


class PaymentPart(Response):
    """An attempt to pay; `proposed` is what one person said became of it."""

    payment_id: UUID
    attempt: int
    amount_fen: int
    state: Coded
    reason: str
    account_masked: str
    ordered_at: datetime
    sent_at: datetime | None
    heard_at: datetime | None
    proposed: str | None
    contradicts: bool


async def budget_part(tx: Tx, dossier: Dossier, programme: Programme) -> BudgetPart | None:
    """The bar of the budget that pays, with this application's share."""
    application = dossier.application
    budget = await find_budget(tx, programme.code, application.year, application.org)
    if budget is None:
        return None
    row = await tx.one(
        select(AccountRow).where(
            col(AccountRow.budget_id) == budget.id,
            col(AccountRow.kind) == AccountKind.BUDGET.value,
        )
    )
    hold = await load_hold(tx, application.id)
    state = hold.state if hold and hold.budget_id == budget.id else ""
    own = hold.amount_fen if hold and state in {HELD, POSTED} else 0
    held_at = await tx.scalar(
        select(HoldRow.at).where(col(HoldRow.application_id) == application.id)
    )
    payments = await payment_parts(tx, application.id)
    balance = balance_of(row) if row else None
    if balance is None:
        return None
    return BudgetPart(
        budget_id=budget.id,
        year=budget.year,
        spent_fen=balance.debits_posted - (own if state == POSTED else 0),
        others_fen=balance.debits_pending - (own if state == HELD else 0),
        own_fen=own,
        own_state=state,
        available_fen=balance.available_fen,
        steps=_stations(dossier, held_at if own else None, payments[-1] if payments else None),
    )


def _stations(
    dossier: Dossier, held_at: datetime | None, payment: PaymentPart | None
) -> list[MoneyStep]:
    first = dossier.when(Act.REVIEW_FIRST)
    approval = dossier.application.approval
    state = PaymentState(payment.state.code) if payment else None
    away = payment.sent_at if payment and state in LEFT_US - {PaymentState.RETURNED} else None
    settled = payment.heard_at if payment and state is PaymentState.SETTLED else None
    held = (first.at if first else held_at) if held_at else None
    stations = (
        ("held", ("预留", "Held"), ("初审后", "after the first review"), held),
        ("owed", ("应付", "Owed"), ("审批后", "after approval"), approval.at if approval else None),
        ("bank", ("银行", "Bank"), ("发放后", "after release"), away),
        ("reconciled", ("对账", "Settled"), ("回单后", "after the receipt"), settled),
    )
    return [
        MoneyStep(
            code=code,
            label=Text(zh=name[0], en=name[1]),
            hint=Text(zh=hint[0], en=hint[1]),
            at=at,
        )
        for code, name, hint, at in stations
    ]


def publicity_part(
    dossier: Dossier, programme: Programme, calendar: WorkCalendar, today: date
) -> PublicityPart | None:
    """The strip of the running list, or what it would be."""
    form, found = dossier.form, dossier.assessment
    if form is None or found is None:
        return None
    publicity = dossier.application.publicity
    shown = publicity or start(today, programme.publicity_workdays, calendar)
    return PublicityPart(
        starts_on=shown.starts_on,
        ends_on=shown.ends_on,
        ends_at=office_close(shown.ends_on),
        provisional=shown.due.provisional,
        started=publicity is not None,
        waits=shown.waits,
        days=_days(shown.starts_on, shown.ends_on, calendar),
        line=public_line(form.name, form.employer_name, found.hardship, form.amount_fen),
    )


def _days(starts_on: date, ends_on: date, calendar: WorkCalendar) -> list[PublicDay]:
    days, counted = [], 0
    for n in range((ends_on - starts_on).days + 1):
        day = starts_on + timedelta(days=n)
        works = calendar.is_workday(day)
        counted += works and n > 0
        kind = "start" if n == 0 else "counted" if works else "off"
        no = counted if kind == "counted" else None
        days.append(PublicDay(day=day, weekday=WEEKDAYS[day.weekday()], kind=kind, no=no))
    return days


async def objection_parts(tx: Tx, application_id: UUID) -> list[ObjectionPart]:
    """The objections, without their text."""
    rows = await tx.all(
        select(ObjectionRow)
        .where(col(ObjectionRow.application_id) == application_id)
        .order_by(col(ObjectionRow.id))
        .limit(OBJECTIONS_MAX)
    )
    return [
        ObjectionPart(
            objection_id=row["id"],
            **{n: row[n] for n in ("channel", "raised_at", "upheld", "resolved_at")},
        )
        for row in rows
    ]


async def payment_parts(tx: Tx, application_id: UUID) -> list[PaymentPart]:
    """Every attempt to pay, the first one first."""
    rows = await tx.all(
        select(PaymentRow)
        .where(col(PaymentRow.application_id) == application_id)
        .order_by(col(PaymentRow.attempt))
        .limit(PAYMENTS_MAX)
    )
    same = set(PaymentPart.model_fields) - {"payment_id", "state"}
    return [
        PaymentPart(
            payment_id=row["id"],
            state=payment_state_of(row["state"]),
            **{name: row[name] for name in same},
        )
        for row in rows
    ]
