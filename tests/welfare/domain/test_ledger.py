"""The ledger keeps its promises whatever is booked, in whatever order, however often."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.domain.ledger import (
    RESOLVING,
    AccountKind,
    Balance,
    FundsExhausted,
    Ledger,
    ReservationResolved,
    ReservationUnknown,
    Transfer,
    TransferIdReused,
    TransferKind,
    book,
    broken_invariants,
    folded,
    opened,
)
from shared.vocabulary.errors import Refusal

SOURCE, BUDGET, PAYABLE, TRANSIT, PAID = (UUID(int=n) for n in range(1, 6))
ACCOUNTS = {
    SOURCE: AccountKind.SOURCE,
    BUDGET: AccountKind.BUDGET,
    PAYABLE: AccountKind.PAYABLE,
    TRANSIT: AccountKind.IN_TRANSIT,
    PAID: AccountKind.PAID,
}


def transfer(
    number: int,
    debit: UUID,
    credit: UUID,
    fen: int,
    kind: TransferKind = TransferKind.DIRECT,
    of: int | None = None,
) -> Transfer:
    return Transfer(
        UUID(int=number), debit, credit, fen, kind, None if of is None else UUID(int=of)
    )


def funded(fen: int = 1_000) -> Ledger:
    return book(opened(ACCOUNTS), transfer(100, SOURCE, BUDGET, fen))


HOLD = transfer(101, BUDGET, PAYABLE, 400, TransferKind.RESERVE)


def test_a_hold_takes_from_what_is_free_but_not_from_what_is_posted() -> None:
    budget = book(funded(), HOLD).balances[BUDGET]
    assert (budget.available_fen, budget.debits_posted, budget.debits_pending) == (600, 0, 400)


@pytest.mark.parametrize(
    ("kind", "fen", "available", "payable"),
    [
        (TransferKind.POST, 400, 600, 400),
        (TransferKind.POST, 300, 700, 300),
        (TransferKind.VOID, 400, 1_000, 0),
        (TransferKind.EXPIRE, 400, 1_000, 0),
    ],
)
def test_a_hold_is_posted_in_whole_or_part_or_given_back(
    kind: TransferKind, fen: int, available: int, payable: int
) -> None:
    ledger = book(book(funded(), HOLD), transfer(102, BUDGET, PAYABLE, fen, kind, of=101))
    assert ledger.balances[BUDGET].available_fen == available
    assert ledger.balances[PAYABLE].available_fen == payable
    assert ledger.balances[BUDGET].debits_pending == 0
    assert broken_invariants(ledger) == ()


@pytest.mark.parametrize("first", [TransferKind.POST, TransferKind.VOID, TransferKind.EXPIRE])
@pytest.mark.parametrize("second", [TransferKind.POST, TransferKind.VOID, TransferKind.EXPIRE])
def test_a_hold_is_resolved_once(first: TransferKind, second: TransferKind) -> None:
    ledger = book(book(funded(), HOLD), transfer(102, BUDGET, PAYABLE, 400, first, of=101))
    with pytest.raises(ReservationResolved):
        book(ledger, transfer(103, BUDGET, PAYABLE, 400, second, of=101))


@pytest.mark.parametrize(
    "wrong",
    [
        transfer(102, BUDGET, PAYABLE, 401, TransferKind.POST, of=101),
        transfer(102, SOURCE, BUDGET, 400, TransferKind.POST, of=101),
        transfer(102, BUDGET, PAYABLE, 400, TransferKind.POST, of=100),
        transfer(102, BUDGET, PAYABLE, 400, TransferKind.VOID, of=999),
    ],
    ids=["more than held", "other accounts", "not a hold", "unknown"],
)
def test_only_the_hold_itself_is_resolved(wrong: Transfer) -> None:
    with pytest.raises(ReservationUnknown):
        book(book(funded(), HOLD), wrong)


@pytest.mark.parametrize("kind", [TransferKind.DIRECT, TransferKind.RESERVE])
def test_a_budget_never_goes_below_zero(kind: TransferKind) -> None:
    ledger = book(funded(), HOLD)
    assert (
        book(ledger, transfer(102, BUDGET, PAYABLE, 600, kind)).balances[BUDGET].available_fen == 0
    )
    with pytest.raises(FundsExhausted) as refusal:
        book(ledger, transfer(102, BUDGET, PAYABLE, 601, kind))
    assert refusal.value.details == {"available_fen": 600, "wanted_fen": 601}


def test_the_same_transfer_again_changes_nothing_and_another_content_is_an_error() -> None:
    ledger = funded()
    assert book(ledger, transfer(100, SOURCE, BUDGET, 1_000)) is ledger
    with pytest.raises(TransferIdReused):
        book(ledger, transfer(100, SOURCE, BUDGET, 1_001))


@pytest.mark.parametrize(
    "fields",
    [{"amount_fen": 0}, {"amount_fen": -1}, {"credit": SOURCE}, {"pending_id": UUID(int=5)}],
)
def test_an_impossible_transfer_cannot_be_made(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"transfer|reservation"):
        replace(transfer(1, SOURCE, BUDGET, 5), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("broken", "names"),
    [
        (
            Balance(AccountKind.BUDGET, credits_posted=999),
            ("I1_balanced", "I2_counters_equal_fold"),
        ),
        (
            Balance(AccountKind.BUDGET, credits_posted=1_000, debits_pending=5),
            ("I2_counters_equal_fold",),
        ),
        (
            Balance(AccountKind.BUDGET, credits_posted=1_000, debits_pending=1_001),
            ("I2_counters_equal_fold", "I4_no_overdraft"),
        ),
    ],
)
def test_a_tampered_counter_is_found(broken: Balance, names: tuple[str, ...]) -> None:
    ledger = funded()
    tampered = replace(ledger, balances={**ledger.balances, BUDGET: broken})
    assert broken_invariants(tampered) == names


def test_a_hold_resolved_twice_in_the_rows_is_found() -> None:
    ledger = book(
        book(funded(), HOLD), transfer(102, BUDGET, PAYABLE, 400, TransferKind.VOID, of=101)
    )
    twice = transfer(103, BUDGET, PAYABLE, 400, TransferKind.VOID, of=101)
    tampered = replace(ledger, transfers={**ledger.transfers, twice.id: twice})
    assert "I3_resolved_once" in broken_invariants(tampered)


STEPS = [
    (SOURCE, BUDGET),
    (BUDGET, PAYABLE),
    (PAYABLE, TRANSIT),
    (TRANSIT, PAID),
    (PAID, TRANSIT),
    (TRANSIT, PAYABLE),
]


def drawn(number: int, way: tuple[UUID, UUID], fen: int, kind: TransferKind, of: int) -> Transfer:
    debit, credit = way if kind is TransferKind.DIRECT else (BUDGET, PAYABLE)
    return transfer(number, debit, credit, fen, kind, of if kind in RESOLVING else None)


transfers = st.builds(
    drawn,
    st.integers(1, 9),
    st.sampled_from(STEPS),
    st.integers(1, 500),
    st.sampled_from(TransferKind),
    st.integers(1, 9),
)


@given(st.lists(transfers, max_size=40))
def test_no_sequence_of_bookings_breaks_a_promise(attempts: list[Transfer]) -> None:
    ledger = funded(2_000)
    for attempt in attempts:
        try:
            ledger = book(ledger, attempt)
        except Refusal:
            continue
        assert broken_invariants(ledger) == ()
    assert folded(ACCOUNTS, ledger.transfers.values()).balances == ledger.balances


@given(st.lists(transfers, max_size=25))
def test_booking_everything_twice_is_booking_it_once(attempts: list[Transfer]) -> None:
    once, twice = opened(ACCOUNTS), opened(ACCOUNTS)
    for attempt in attempts:
        for _ in range(2):
            try:
                twice = book(twice, attempt)
            except Refusal:
                break
        try:
            once = book(once, attempt)
        except Refusal:
            continue
    assert once == twice
