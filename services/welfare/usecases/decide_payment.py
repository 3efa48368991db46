"""Two people say what became of a payment that the bank does not explain, or let the same order go out once more."""

from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from services.welfare.domain.payment import (
    BankStatus,
    Payment,
    PaymentAct,
    PaymentNotInThisState,
    PaymentState,
    decide,
    send_again,
)
from services.welfare.domain.permissions import may_decide_payment
from services.welfare.store.payments import Kept, change_payment, load_payment, move_payment
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.crypto import place
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed, Refused

router = CommandRouter(tags=["payments"])
EVIDENCE_MAX = 1_000
AGAIN = "send_again"


class DecisionsDiffer(Refused):
    """The second person says something else than the first."""

    code = "decisions_differ"
    zh = "两人意见不一致，请核对银行流水后由同一结论的两人确认。"
    en = "The two of you disagree. Check the bank statement; two people must say the same."


class DecidePayment(Request):
    """`returned` also means never executed; `send_again` sends the same order under the same id."""

    outcome: Literal["settled", "returned", "send_again"]
    evidence: str = Field(min_length=1, max_length=EVIDENCE_MAX)


class Decision(Response):
    """`second_person_needed`, or `done` with the payment's new state."""

    payment_id: UUID
    result: str
    state: str


@router.post("/payments/{payment_id}/decisions")
async def post_decision(payment_id: UUID, body: DecidePayment, cmd: Command) -> Decision:
    """Say it, or confirm what a colleague said."""
    async with cmd.transaction() as tx:
        kept = await load_payment(tx, payment_id)
        return tx.answer(await decide_payment(kept, body, tx))


async def decide_payment(kept: Kept, body: DecidePayment, tx: Tx) -> Decision:
    """The first opinion is put down; the same opinion of another person makes it true."""
    payment, first = kept.payment, kept.row["proposed_by"]
    if not may_decide_payment(tx.actor, kept.dossier.application.org):
        raise NotAllowed
    if payment.state is not PaymentState.UNKNOWN:
        raise PaymentNotInThisState(payment.state, PaymentAct.SEND_AGAIN)
    if first is None or first == tx.actor.id:
        _propose(tx, kept, body)
        return _answer(payment, "second_person_needed")
    if kept.row["proposed"] != body.outcome:
        raise DecisionsDiffer
    columns: dict[str, Any] = {
        "decided_by": tx.actor.id,
        "proposed": None,
        "proposed_by": None,
        "ask_at": tx.now,
        "asked": 0,
    }
    if body.outcome == AGAIN:
        after = send_again(payment, first=first, second=tx.actor.id)
        columns["send_again"] = True
    else:
        said = BankStatus(body.outcome)
        after = decide(payment, said, first=first, second=tx.actor.id)
    await move_payment(tx, kept, after, columns, body.evidence)
    return _answer(after, "done")


def _propose(tx: Tx, kept: Kept, body: DecidePayment) -> None:
    key = kept.payment.id
    sealed = tx.cipher.seal(body.evidence, place("payment", "evidence", key))
    values = {"proposed": body.outcome, "proposed_by": tx.actor.id, "evidence_sealed": sealed}
    change_payment(tx, key, values)
    told = {"payment": key, "outcome": body.outcome}
    tx.audit("payment.propose", "payment", kept.dossier.application.id, after=told)


def _answer(payment: Payment, result: str) -> Decision:
    return Decision(payment_id=payment.id, result=result, state=payment.state.value)
