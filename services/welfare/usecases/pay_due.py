"""Released payments go to the bank: marked as sent and committed first, then the call, then its answer is recorded.

Dying between the mark and the call leaves a payment that the bank never got: it becomes unknown and two people
decide. Nothing here ever sends a payment that is marked as sent.
"""

from datetime import timedelta
from uuid import UUID

import structlog

from services.welfare.domain.payment import Payment, PaymentAct, PaymentState, do, hear
from services.welfare.gateways.bank import Bank, Said
from services.welfare.store.invariants import broken_invariants
from services.welfare.store.payments import (
    change_payment,
    find_to_send,
    load_payment,
    move_payment,
    read_order,
)
from shared.kernel.context import Context
from shared.kernel.failpoint import failpoint
from shared.vocabulary.people import SYSTEM

ANSWER_EXPECTED_S = 30
"""While a call may still be running nobody asks about it."""
ASK_SOON_S = 1
log = structlog.get_logger("welfare.payments")


async def pay_due(context: Context) -> None:
    """One round. A broken ledger stops all payments until people have looked."""
    due = await find_to_send(context.db)
    if due and (broken := await broken_invariants(context.db.pool)):
        log.error("welfare.payments_stopped", code=",".join(broken))
        return
    for payment_id in due:
        order = await _claim(context, payment_id)
        if order is None:
            continue
        failpoint("pay_due.before_call")
        said = await Bank.of(context).pay(order)
        failpoint("pay_due.after_call")
        await _record(context, payment_id, said)


async def _claim(context: Context, payment_id: UUID) -> str | None:
    """Mark as sent, for good; the body to send, or None when somebody else was faster."""
    async with context.db.transaction(actor=SYSTEM) as tx:
        kept = await load_payment(tx, payment_id)
        mark = {
            "sent_at": tx.now,
            "ask_at": tx.now + timedelta(seconds=ANSWER_EXPECTED_S),
            "send_again": False,
        }
        if kept.payment.state is PaymentState.ORDERED:
            await move_payment(tx, kept, do(kept.payment, PaymentAct.SEND), mark)
        elif kept.row["send_again"]:
            change_payment(tx, payment_id, mark)
        else:
            return None
        return read_order(tx, kept)


async def _record(context: Context, payment_id: UUID, said: Said) -> None:
    """The bank's word, or that there was none: then it is asked soon."""
    async with context.db.transaction(actor=SYSTEM) as tx:
        kept = await load_payment(tx, payment_id)
        ask = {"ask_at": tx.now + timedelta(seconds=ASK_SOON_S), "asked": 0}
        await move_payment(tx, kept, _after(kept.payment, said), ask)


def _after(payment: Payment, said: Said) -> Payment:
    if said.status is None:
        return do(payment, PaymentAct.LOSE_ANSWER)
    return hear(payment, said.status, reason=said.reason)
