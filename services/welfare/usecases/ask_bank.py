"""The bank is asked what became of payments: they settle, come back, or stay unknown until two people decide."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.welfare.domain.payment import (
    Payment,
    PaymentAct,
    PaymentState,
    do,
    hear,
    is_contradiction,
)
from services.welfare.gateways.bank import Bank, Said
from services.welfare.store.payments import (
    Kept,
    change_payment,
    find_to_ask,
    load_payment,
    move_payment,
)
from shared.kernel.clock import now
from shared.kernel.context import Context
from shared.kernel.failpoint import failpoint
from shared.kernel.transaction import Tx
from shared.vocabulary.people import SYSTEM

PAUSES_S = (1, 1, 2, 2, 5, 10, 30, 60, 300)
"""Between one question about a payment and the next; the last pause repeats."""
ENDED_PAUSE_S = 24 * 3600
RETURN_WINDOW_DAYS = 10
"""How long after sending a bank may still give the money back; so long even settled payments are asked about."""
NEVER_RECEIVED_AFTER_S = 60
"""From then on an order that the bank does not know did not reach it: the payment is unknown."""
NEVER_RECEIVED = "never_received"


async def ask_bank(context: Context) -> None:
    """One round: claim (by moving the next question ahead), commit, ask, record."""
    for payment_id in await find_to_ask(context.db, now()):
        asked = await _claim(context, payment_id)
        if asked is None:
            continue
        failpoint("ask_bank.before_call")
        said = await Bank.of(context).ask(asked)
        failpoint("ask_bank.after_call")
        if said.status is not None or said.never_received:
            await _record(context, payment_id, said)


async def _claim(context: Context, payment_id: UUID) -> str | None:
    async with context.db.transaction(actor=SYSTEM) as tx:
        kept = await load_payment(tx, payment_id)
        due = kept.row["ask_at"]
        if due is None or due > tx.now:
            return None
        asked = kept.row["asked"] + 1
        change_payment(
            tx, payment_id, {"ask_at": next_question(kept, asked, tx.now), "asked": asked}
        )
        return kept.payment.end_to_end_id


def next_question(kept: Kept, asked: int, at: datetime) -> datetime | None:
    """When to ask again; never once the money's fate can no longer change."""
    if kept.payment.state in {PaymentState.SETTLED, PaymentState.RETURNED}:
        over = at > (kept.row["sent_at"] or at) + timedelta(days=RETURN_WINDOW_DAYS)
        return None if over else at + timedelta(seconds=ENDED_PAUSE_S)
    return at + timedelta(seconds=PAUSES_S[min(asked, len(PAUSES_S)) - 1])


async def _record(context: Context, payment_id: UUID, said: Said) -> None:
    async with context.db.transaction(actor=SYSTEM) as tx:
        kept = await load_payment(tx, payment_id)
        if said.status is not None and is_contradiction(kept.payment, said.status):
            await _contradiction(tx, kept)
            return
        after = _after(kept, said, tx.now)
        columns: dict[str, Any] = {"proposed": None, "proposed_by": None} if said.status else {}
        if after.state in {PaymentState.SETTLED, PaymentState.RETURNED}:
            columns |= {"ask_at": next_question(Kept(after, kept.row, kept.dossier), 1, tx.now)}
        if after.state is not kept.payment.state:
            await move_payment(tx, kept, after, columns)
        elif after.reason != kept.payment.reason:
            change_payment(tx, payment_id, {"reason": after.reason})


def _after(kept: Kept, said: Said, at: datetime) -> Payment:
    """The bank's word; an order it does not know is unknown once it must have arrived, and stays so."""
    if said.status is not None:
        return hear(kept.payment, said.status, reason=said.reason)
    sent = kept.row["sent_at"] or at
    if at < sent + timedelta(seconds=NEVER_RECEIVED_AFTER_S):
        return kept.payment
    return do(kept.payment, PaymentAct.LOSE_ANSWER, reason=NEVER_RECEIVED)


async def _contradiction(tx: Tx, kept: Kept) -> None:
    """The bank says settled of what was taken back: nothing is booked, nothing more is paid, people look."""
    if kept.row["contradicts"]:
        return
    change_payment(tx, kept.payment.id, {"contradicts": True})
    told = {"payment": kept.payment.id, "bank": "settled"}
    tx.audit("payment.contradiction", "payment", kept.dossier.application.id, after=told)
