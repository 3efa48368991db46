"""A payment on its way to the bank and back, so that nobody is ever paid twice.

`sent` is written before the call leaves. From there only the bank's word, a reconciliation or two people
move the payment; no clock ever sends it again. Two people may let the same order go out once more under its
own id, which the bank knows how to take only once. What the bank says may come twice and in any order: its words
are ranked (accepted < settled < returned), and a payment only rises. A return reverses what was booked and
reopens the obligation, for which a new payment may then be ordered.
"""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from services.welfare.domain.ledger import AccountKind
from shared.vocabulary.errors import Refused

ATTEMPTS_MAX = 5
END_TO_END_ID_MAX = 35


class PaymentState(StrEnum):
    """Where the money is, as far as we know."""

    ORDERED = "ordered"
    CANCELLED = "cancelled"
    SENT = "sent"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    RETURNED = "returned"


class PaymentAct(StrEnum):
    """What we, the bank or two people do."""

    CANCEL = "cancel"
    SEND = "send"
    SEND_AGAIN = "send_again"
    LOSE_ANSWER = "lose_answer"
    BANK_ACCEPTS = "bank_accepts"
    BANK_SETTLES = "bank_settles"
    BANK_RETURNS = "bank_returns"


class BankStatus(StrEnum):
    """The bank's word on a payment; `returned` also stands for never executed."""

    ACCEPTED = "accepted"
    SETTLED = "settled"
    RETURNED = "returned"


_BANK_ACTS = {
    BankStatus.ACCEPTED: PaymentAct.BANK_ACCEPTS,
    BankStatus.SETTLED: PaymentAct.BANK_SETTLES,
    BankStatus.RETURNED: PaymentAct.BANK_RETURNS,
}
LEFT_US = frozenset(
    {
        PaymentState.SENT,
        PaymentState.UNKNOWN,
        PaymentState.ACCEPTED,
        PaymentState.SETTLED,
        PaymentState.RETURNED,
    }
)
FREES_OBLIGATION = frozenset({PaymentState.CANCELLED, PaymentState.RETURNED})


class PaymentNotInThisState(Refused):
    """The act does not belong to the state of the payment; above all, nothing is sent twice."""

    code = "payment_not_in_this_state"
    zh = "该笔付款当前不能这样处理。已送银行的付款只能等银行回执、对账或双人裁定，不能重发。"
    en = "Not now. A payment at the bank waits for its answer, a reconciliation or two people."

    def __init__(self, state: PaymentState, act: PaymentAct) -> None:
        super().__init__(state=state.value, act=act.value)


class AlreadyBeingPaid(Refused):
    """The entitlement has a payment that is not returned: a second one would pay twice."""

    code = "already_being_paid"
    zh = "这项待遇已有在途或已到账的付款，不能再次付款；退票后方可重新付款。"
    en = "This entitlement has a payment under way or settled. Only a returned one is paid again."


class TooManyAttempts(Refused):
    """After some returns somebody has to look into the account."""

    code = "too_many_payment_attempts"
    zh = "该笔付款多次被退回，请先核实收款账户，再由审批人决定。"
    en = "The payment came back several times. Verify the account; the approver decides."


class TwoPeopleNeeded(Refused):
    """What became of a payment is decided by two different people."""

    code = "two_people_needed"
    zh = "付款结果须由两名不同人员共同裁定，请另一位有权限的同事确认。"
    en = "Two different people decide what became of a payment. Ask a second colleague."


@dataclass(frozen=True, slots=True)
class Payment:
    """One attempt to pay an obligation; its id is the bank's end-to-end id, for ever."""

    id: UUID
    amount_fen: int
    attempt: int = 1
    state: PaymentState = PaymentState.ORDERED
    reason: str = ""

    @property
    def end_to_end_id(self) -> str:
        """What the bank carries unchanged to the statement (at most 35 characters)."""
        return self.id.hex


@dataclass(frozen=True, slots=True)
class Leg:
    """A movement between kinds of account that a change of state books."""

    debit: AccountKind
    credit: AccountKind
    code: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is owed once: identified by its entitlement, paid by at most one payment that stays."""

    key: str
    amount_fen: int
    payments: tuple[Payment, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a payment may be ordered: none is under way, none arrived."""
        return all(payment.state in FREES_OBLIGATION for payment in self.payments)

    @property
    def paid_fen(self) -> int:
        """What arrived and stayed."""
        return sum(p.amount_fen for p in self.payments if p.state is PaymentState.SETTLED)


def entitlement_key(programme: str, person_hash: str, period: str, component: str) -> str:
    """The identity of an entitlement, whatever request it comes from: unique in the database."""
    parts = "\x1f".join((programme, person_hash, period, component))
    return hashlib.sha256(parts.encode()).hexdigest()


def next_payment_state(state: PaymentState, act: PaymentAct) -> PaymentState:  # noqa: C901 - the whole table
    """The state an act leads to. The bank may repeat itself; we may not."""
    match state, act:
        case PaymentState.ORDERED, PaymentAct.SEND:
            return PaymentState.SENT
        case PaymentState.UNKNOWN, PaymentAct.SEND_AGAIN:
            return PaymentState.SENT
        case PaymentState.ORDERED, PaymentAct.CANCEL:
            return PaymentState.CANCELLED
        case PaymentState.SENT, PaymentAct.LOSE_ANSWER:
            return PaymentState.UNKNOWN
        case (
            (
                PaymentState.UNKNOWN
                | PaymentState.ACCEPTED
                | PaymentState.SETTLED
                | PaymentState.RETURNED
            ),
            PaymentAct.LOSE_ANSWER,
        ):
            return state
        case ((PaymentState.SENT | PaymentState.UNKNOWN), PaymentAct.BANK_ACCEPTS):
            return PaymentState.ACCEPTED
        case (
            (PaymentState.ACCEPTED | PaymentState.SETTLED | PaymentState.RETURNED),
            PaymentAct.BANK_ACCEPTS,
        ):
            return state
        case (
            (
                PaymentState.SENT
                | PaymentState.UNKNOWN
                | PaymentState.ACCEPTED
                | PaymentState.SETTLED
            ),
            PaymentAct.BANK_SETTLES,
        ):
            return PaymentState.SETTLED
        case PaymentState.RETURNED, PaymentAct.BANK_SETTLES:
            return state
        case (
            (
                PaymentState.SENT
                | PaymentState.UNKNOWN
                | PaymentState.ACCEPTED
                | PaymentState.SETTLED
                | PaymentState.RETURNED
            ),
            PaymentAct.BANK_RETURNS,
        ):
            return PaymentState.RETURNED
        case _:
            raise PaymentNotInThisState(state, act)


def order(obligation: Obligation, payment_id: UUID) -> Obligation:
    """A new payment for an open obligation, with its full amount."""
    if not obligation.is_open:
        raise AlreadyBeingPaid
    attempt = len(obligation.payments) + 1
    if attempt > ATTEMPTS_MAX:
        raise TooManyAttempts
    payment = Payment(payment_id, obligation.amount_fen, attempt)
    return replace(obligation, payments=(*obligation.payments, payment))


def do(payment: Payment, act: PaymentAct, *, reason: str = "") -> Payment:
    """The payment after an act; its reason is kept when money comes back."""
    return replace(
        payment, state=next_payment_state(payment.state, act), reason=reason or payment.reason
    )


def hear(payment: Payment, status: BankStatus, *, reason: str = "") -> Payment:
    """The payment after the bank's word, which may be old news."""
    return do(payment, _BANK_ACTS[status], reason=reason)


def decide(payment: Payment, outcome: BankStatus, *, first: UUID, second: UUID) -> Payment:
    """Two people say what became of a payment the bank does not explain (four eyes)."""
    if first == second:
        raise TwoPeopleNeeded
    return hear(payment, outcome)


def send_again(payment: Payment, *, first: UUID, second: UUID) -> Payment:
    """Two people let the same order go out once more, under the same id: the bank takes it once."""
    if first == second:
        raise TwoPeopleNeeded
    return do(payment, PaymentAct.SEND_AGAIN)


def is_contradiction(payment: Payment, status: BankStatus) -> bool:
    """Whether the bank now says settled of what it had returned: money may be out, a person looks."""
    return payment.state is PaymentState.RETURNED and status is BankStatus.SETTLED


def legs(before: PaymentState, after: PaymentState) -> tuple[Leg, ...]:
    """What a change of state books; a return reverses all that was booked, to the payable."""
    out = Leg(AccountKind.PAYABLE, AccountKind.IN_TRANSIT, "payment_sent")
    arrived = Leg(AccountKind.IN_TRANSIT, AccountKind.PAID, "payment_settled")
    recalled = Leg(AccountKind.PAID, AccountKind.IN_TRANSIT, "settlement_reversed")
    back = Leg(AccountKind.IN_TRANSIT, AccountKind.PAYABLE, "payment_reversed")
    if before is after:
        return ()
    match before, after:
        case PaymentState.ORDERED, PaymentState.SENT:
            return (out,)
        case _, PaymentState.SETTLED:
            return (arrived,)
        case PaymentState.SETTLED, PaymentState.RETURNED:
            return (recalled, back)
        case _, PaymentState.RETURNED:
            return (back,)
        case _:
            return ()
