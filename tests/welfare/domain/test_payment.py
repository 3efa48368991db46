"""Nobody is paid twice: whatever the bank answers, in whatever order, however often."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.domain.ledger import (
    AccountKind,
    Ledger,
    Transfer,
    book,
    broken_invariants,
    opened,
)
from services.welfare.domain.payment import (
    ATTEMPTS_MAX,
    END_TO_END_ID_MAX,
    AlreadyBeingPaid,
    BankStatus,
    Obligation,
    Payment,
    PaymentAct,
    PaymentNotInThisState,
    PaymentState,
    TooManyAttempts,
    TwoPeopleNeeded,
    decide,
    do,
    entitlement_key,
    hear,
    is_contradiction,
    legs,
    next_payment_state,
    order,
    send_again,
)

S, A = PaymentState, PaymentAct
TABLE = {
    S.ORDERED: {A.SEND: S.SENT, A.CANCEL: S.CANCELLED},
    S.CANCELLED: {},
    S.SENT: {
        A.LOSE_ANSWER: S.UNKNOWN,
        A.BANK_ACCEPTS: S.ACCEPTED,
        A.BANK_SETTLES: S.SETTLED,
        A.BANK_RETURNS: S.RETURNED,
    },
    S.UNKNOWN: {
        A.SEND_AGAIN: S.SENT,
        A.LOSE_ANSWER: S.UNKNOWN,
        A.BANK_ACCEPTS: S.ACCEPTED,
        A.BANK_SETTLES: S.SETTLED,
        A.BANK_RETURNS: S.RETURNED,
    },
    S.ACCEPTED: {
        A.LOSE_ANSWER: S.ACCEPTED,
        A.BANK_ACCEPTS: S.ACCEPTED,
        A.BANK_SETTLES: S.SETTLED,
        A.BANK_RETURNS: S.RETURNED,
    },
    S.SETTLED: {
        A.LOSE_ANSWER: S.SETTLED,
        A.BANK_ACCEPTS: S.SETTLED,
        A.BANK_SETTLES: S.SETTLED,
        A.BANK_RETURNS: S.RETURNED,
    },
    S.RETURNED: {
        A.LOSE_ANSWER: S.RETURNED,
        A.BANK_ACCEPTS: S.RETURNED,
        A.BANK_SETTLES: S.RETURNED,
        A.BANK_RETURNS: S.RETURNED,
    },
}
FEN = 200_000
HISTORIES = [
    [],
    [BankStatus.ACCEPTED],
    [BankStatus.ACCEPTED, BankStatus.SETTLED],
    [BankStatus.ACCEPTED, BankStatus.SETTLED, BankStatus.RETURNED],
    [BankStatus.ACCEPTED, BankStatus.RETURNED],
    [BankStatus.RETURNED],
]


@pytest.mark.parametrize("state", PaymentState)
@pytest.mark.parametrize("act", PaymentAct)
def test_a_payment_moves_by_the_table_and_is_never_sent_again(
    state: PaymentState, act: PaymentAct
) -> None:
    expected = TABLE[state].get(act)
    if expected is None:
        with pytest.raises(PaymentNotInThisState):
            next_payment_state(state, act)
    else:
        assert next_payment_state(state, act) is expected


def obligation(*states: PaymentState) -> Obligation:
    payments = tuple(Payment(UUID(int=n + 1), FEN, n + 1, state) for n, state in enumerate(states))
    return Obligation("key", FEN, payments)


@pytest.mark.parametrize(
    ("state", "reopens"),
    [(state, state in {S.RETURNED, S.CANCELLED}) for state in PaymentState],
)
def test_only_a_returned_or_cancelled_payment_lets_another_be_ordered(
    state: PaymentState, reopens: bool
) -> None:
    if reopens:
        again = order(obligation(state), UUID(int=9))
        assert [p.attempt for p in again.payments] == [1, 2]
    else:
        with pytest.raises(AlreadyBeingPaid):
            order(obligation(state), UUID(int=9))


def test_after_some_returns_a_person_has_to_look() -> None:
    with pytest.raises(TooManyAttempts):
        order(obligation(*[S.RETURNED] * ATTEMPTS_MAX), UUID(int=9))


def test_two_different_people_decide_an_unknown_payment() -> None:
    lost = Payment(UUID(int=1), FEN, state=S.UNKNOWN)
    one, two = UUID(int=11), UUID(int=12)
    assert decide(lost, BankStatus.RETURNED, first=one, second=two).state is S.RETURNED
    with pytest.raises(TwoPeopleNeeded):
        decide(lost, BankStatus.SETTLED, first=one, second=one)
    with pytest.raises(PaymentNotInThisState):
        decide(Payment(UUID(int=1), FEN), BankStatus.SETTLED, first=one, second=two)


def test_settled_after_returned_is_shown_as_a_contradiction() -> None:
    returned = Payment(UUID(int=1), FEN, state=S.RETURNED)
    assert is_contradiction(returned, BankStatus.SETTLED)
    assert not is_contradiction(returned, BankStatus.RETURNED)
    assert not is_contradiction(Payment(UUID(int=1), FEN, state=S.SENT), BankStatus.SETTLED)


def test_the_entitlement_is_the_same_whatever_request_it_comes_from() -> None:
    key = entitlement_key("tuition", "hash", "2026", "fee")
    assert key == entitlement_key("tuition", "hash", "2026", "fee")
    others = [
        ("tuition", "hash", "2026", "board"),
        ("tuition", "hash2", "026", "fee"),
        ("tuitionhash", "", "2026", "fee"),
    ]
    assert key not in {entitlement_key(*other) for other in others}


def test_the_bank_carries_our_id() -> None:
    assert len(Payment(UUID(int=1), FEN).end_to_end_id) <= END_TO_END_ID_MAX


ACCOUNTS = {kind: UUID(int=100 + n) for n, kind in enumerate(AccountKind)}


class Desk:
    """Our side: pays the obligation when it is open, hears the bank, books every change."""

    def __init__(self) -> None:
        self.obligation = Obligation("key", FEN)
        self.booked = 0
        self.ledger: Ledger = opened({key: kind for kind, key in ACCOUNTS.items()})
        self._move(AccountKind.SOURCE, AccountKind.BUDGET, FEN)
        self._move(AccountKind.BUDGET, AccountKind.PAYABLE, FEN)

    def pay_if_open(self) -> Payment | None:
        if not self.obligation.is_open or len(self.obligation.payments) == ATTEMPTS_MAX:
            return None
        self.obligation = order(self.obligation, UUID(int=len(self.obligation.payments) + 1))
        self._replace(-1, do(self.obligation.payments[-1], PaymentAct.SEND))
        return self.obligation.payments[-1]

    def hear(self, index: int, status: BankStatus) -> None:
        self._replace(index, hear(self.obligation.payments[index], status))

    def lose(self, index: int) -> None:
        self._replace(index, do(self.obligation.payments[index], PaymentAct.LOSE_ANSWER))

    def _replace(self, index: int, after: Payment) -> None:
        payments = list(self.obligation.payments)
        for leg in legs(payments[index].state, after.state):
            self._move(leg.debit, leg.credit, after.amount_fen)
        payments[index] = after
        self.obligation = Obligation(
            self.obligation.key, self.obligation.amount_fen, tuple(payments)
        )

    def _move(self, debit: AccountKind, credit: AccountKind, fen: int) -> None:
        self.booked += 1
        row = Transfer(UUID(int=1_000 + self.booked), ACCOUNTS[debit], ACCOUNTS[credit], fen)
        self.ledger = book(self.ledger, row)

    def holds(self, kind: AccountKind) -> int:
        return self.ledger.balances[ACCOUNTS[kind]].available_fen


@given(st.data())
def test_nobody_is_ever_paid_twice(data: st.DataObject) -> None:
    """The bank lives through a true history per payment; its words reach us shuffled and repeated."""
    desk = Desk()
    histories: list[list[BankStatus]] = []
    waiting: list[tuple[int, BankStatus]] = []
    for _ in range(data.draw(st.integers(1, 25))):
        if desk.pay_if_open() is not None:
            history = data.draw(st.sampled_from(HISTORIES))
            index = len(histories)
            histories.append(history)
            words = [
                (index, status) for status in history for _ in range(data.draw(st.integers(1, 3)))
            ]
            waiting = data.draw(st.permutations(waiting + words))
            if data.draw(st.booleans()):
                desk.lose(index)
        elif waiting:
            desk.hear(*waiting.pop())
        kept = [h for h in histories if h[-1:] == [BankStatus.SETTLED]]
        assert len(kept) <= 1
        assert desk.obligation.paid_fen <= FEN
        assert broken_invariants(desk.ledger) == ()
        on_the_way = sum(
            desk.holds(k) for k in (AccountKind.PAYABLE, AccountKind.IN_TRANSIT, AccountKind.PAID)
        )
        assert on_the_way == FEN
    while waiting:
        desk.hear(*waiting.pop())
    for payment, history in zip(desk.obligation.payments, histories, strict=True):
        truth = history[-1].value if history else None
        assert truth is None or payment.state == truth
    assert desk.holds(AccountKind.PAID) == desk.obligation.paid_fen


@given(
    st.lists(st.sampled_from(BankStatus), min_size=1, max_size=8), st.randoms(use_true_random=False)
)
def test_the_order_of_the_banks_words_does_not_matter(
    words: list[BankStatus], shuffler: object
) -> None:
    shuffled = list(words)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    ends = set()
    for order_of_words in (words, shuffled, words + words):
        payment = Payment(UUID(int=1), FEN, state=PaymentState.SENT)
        for word in order_of_words:
            payment = hear(payment, word)
        ends.add(payment.state)
    assert len(ends) == 1


def test_only_two_people_let_an_unknown_order_out_again_and_only_under_its_id() -> None:
    lost = Payment(UUID(int=1), FEN, state=S.UNKNOWN)
    one, two = UUID(int=11), UUID(int=12)
    again = send_again(lost, first=one, second=two)
    assert (again.id, again.state) == (lost.id, S.SENT)
    assert legs(lost.state, again.state) == ()
    with pytest.raises(TwoPeopleNeeded):
        send_again(lost, first=one, second=one)
    with pytest.raises(PaymentNotInThisState):
        send_again(Payment(UUID(int=1), FEN, state=S.SENT), first=one, second=two)
