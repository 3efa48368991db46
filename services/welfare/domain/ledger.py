"""The ledger of welfare money: accounts, transfers, and balances as a fold over the transfers.

A transfer is one row with two accounts, so it cannot be unbalanced; it is never changed, only followed by
another. Money moves from the debited to the credited account: source → budget → payable → in transit → paid.
Budgets are spent in two steps: a reservation holds an amount, then it is posted (the rest is released),
voided or expires, once. Amounts are fen of one currency (CNY).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from shared.vocabulary.errors import Conflict, Refused

CURRENCY = "CNY"
TRANSFER_FEN_MAX = 10**12


class AccountKind(StrEnum):
    """Where money stands. Only the source may go below zero: it is what was appropriated."""

    SOURCE = "source"
    BUDGET = "budget"
    PAYABLE = "payable"
    IN_TRANSIT = "in_transit"
    PAID = "paid"


class TransferKind(StrEnum):
    """A direct posting, a hold, or one of the three ways in which a hold ends."""

    DIRECT = "direct"
    RESERVE = "reserve"
    POST = "post"
    VOID = "void"
    EXPIRE = "expire"


RESOLVING = frozenset({TransferKind.POST, TransferKind.VOID, TransferKind.EXPIRE})


class FundsExhausted(Refused):
    """The account does not hold enough that is free."""

    code = "funds_exhausted"
    zh = "预算可用余额不足，请调减金额、申请追加预算，或改用其他项目。"
    en = (
        "The budget has not enough left. Lower the amount, ask for more budget, or use another one."
    )


class TransferIdReused(Conflict):
    """A transfer id came again with other content: a mistake that must be looked into."""

    code = "transfer_id_reused"
    zh = "同一笔账的编号出现了不同内容，已停止记账，请联系财务核对。"
    en = "One transfer id came with two contents. Nothing was booked; ask the accountants."


class ReservationResolved(Refused):
    """A hold is posted, voided or expired once."""

    code = "reservation_resolved"
    zh = "这笔预留已处理（入账、撤销或到期），请刷新后按最新状态办理。"
    en = "The hold was posted, voided or expired already. Refresh and continue from there."


class ReservationUnknown(Refused):
    """Only an existing hold between the same accounts can be resolved."""

    code = "reservation_unknown"
    zh = "没有找到对应的预留，请刷新；如仍出现请联系财务核对。"
    en = "There is no such hold. Refresh; if it stays, ask the accountants."


@dataclass(frozen=True, slots=True)
class Transfer:
    """One immutable row. `pending_id` names the reservation a post, void or expiry resolves."""

    id: UUID
    debit: UUID
    credit: UUID
    amount_fen: int
    kind: TransferKind = TransferKind.DIRECT
    pending_id: UUID | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.amount_fen <= TRANSFER_FEN_MAX:
            raise ValueError("a transfer moves more than nothing and no more than the limit")
        if self.debit == self.credit:
            raise ValueError("a transfer has two different accounts")
        if (self.kind in RESOLVING) != (self.pending_id is not None):
            raise ValueError("a reservation is named exactly by what resolves it")


@dataclass(frozen=True, slots=True)
class Balance:
    """The four counters of an account, as its row stores them."""

    kind: AccountKind
    debits_pending: int = 0
    debits_posted: int = 0
    credits_pending: int = 0
    credits_posted: int = 0

    @property
    def available_fen(self) -> int:
        """What is free to spend: received, less spent, less held."""
        return self.credits_posted - self.debits_posted - self.debits_pending

    @property
    def is_sound(self) -> bool:
        """No counter below zero, and no account but the source overdrawn."""
        counters = (
            self.debits_pending,
            self.debits_posted,
            self.credits_pending,
            self.credits_posted,
        )
        return min(counters) >= 0 and (self.kind is AccountKind.SOURCE or self.available_fen >= 0)


Balances = Mapping[UUID, Balance]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Accounts with their balances, all transfers by id, and which reservations are resolved."""

    balances: Mapping[UUID, Balance]
    transfers: Mapping[UUID, Transfer]
    resolved: frozenset[UUID] = frozenset()


def opened(accounts: Mapping[UUID, AccountKind]) -> Ledger:
    """A ledger of empty accounts."""
    return Ledger({key: Balance(kind) for key, kind in accounts.items()}, {})


def book(ledger: Ledger, transfer: Transfer) -> Ledger:
    """The ledger after a transfer; the same transfer again changes nothing."""
    known = ledger.transfers.get(transfer.id)
    if known is not None:
        check_same(known, transfer)
        return ledger
    held = None
    if transfer.pending_id is not None:
        if transfer.pending_id in ledger.resolved:
            raise ReservationResolved
        held = ledger.transfers.get(transfer.pending_id)
    changed = moved(ledger.balances, transfer, held)
    resolved = ledger.resolved | ({transfer.pending_id} if transfer.pending_id else set())
    return Ledger(
        {**ledger.balances, **changed}, {**ledger.transfers, transfer.id: transfer}, resolved
    )


def check_same(known: Transfer, again: Transfer) -> None:
    """Refuse an id that comes again with other content."""
    if known != again:
        raise TransferIdReused


def moved(
    balances: Balances, transfer: Transfer, held: Transfer | None = None
) -> dict[UUID, Balance]:
    """The balances of the two accounts after a transfer; `held` is the reservation it resolves."""
    debit, credit = balances[transfer.debit], balances[transfer.credit]
    amount = transfer.amount_fen
    match transfer.kind:
        case TransferKind.DIRECT:
            after = _posted(debit, credit, amount)
        case TransferKind.RESERVE:
            after = _held(debit, credit, amount)
        case TransferKind.POST:
            hold = _hold(transfer, held)
            after = _posted(*_held(debit, credit, -hold.amount_fen), amount)
        case TransferKind.VOID | TransferKind.EXPIRE:
            hold = _hold(transfer, held)
            after = _held(debit, credit, -hold.amount_fen)
    if not after[0].is_sound:
        raise FundsExhausted(available_fen=debit.available_fen, wanted_fen=amount)
    return {transfer.debit: after[0], transfer.credit: after[1]}


def _hold(transfer: Transfer, held: Transfer | None) -> Transfer:
    fits = held is not None and (
        held.kind is TransferKind.RESERVE
        and (held.debit, held.credit) == (transfer.debit, transfer.credit)
        and held.id == transfer.pending_id
        and transfer.amount_fen <= held.amount_fen
    )
    if held is None or not fits:
        raise ReservationUnknown
    return held


def _posted(debit: Balance, credit: Balance, amount: int) -> tuple[Balance, Balance]:
    return (
        replace(debit, debits_posted=debit.debits_posted + amount),
        replace(credit, credits_posted=credit.credits_posted + amount),
    )


def _held(debit: Balance, credit: Balance, amount: int) -> tuple[Balance, Balance]:
    return (
        replace(debit, debits_pending=debit.debits_pending + amount),
        replace(credit, credits_pending=credit.credits_pending + amount),
    )


def folded(accounts: Mapping[UUID, AccountKind], transfers: Iterable[Transfer]) -> Ledger:
    """The ledger that the transfers, in the order they were booked, amount to."""
    ledger = opened(accounts)
    for transfer in transfers:
        ledger = book(ledger, transfer)
    return ledger


def broken_invariants(ledger: Ledger) -> tuple[str, ...]:
    """The names of the promises the ledger breaks (I1 to I4); empty if all is well."""
    kinds = {key: balance.kind for key, balance in ledger.balances.items()}
    total = sum(b.debits_posted - b.credits_posted for b in ledger.balances.values())
    ends = [t.pending_id for t in ledger.transfers.values() if t.pending_id is not None]
    holds = {
        "I1_balanced": total == 0,
        "I2_counters_equal_fold": _same_as_fold(kinds, ledger),
        "I3_resolved_once": len(ends) == len(set(ends)),
        "I4_no_overdraft": all(balance.is_sound for balance in ledger.balances.values()),
    }
    return tuple(name for name, kept in holds.items() if not kept)


def _same_as_fold(kinds: Mapping[UUID, AccountKind], ledger: Ledger) -> bool:
    try:
        again = folded(kinds, ledger.transfers.values())
    except (Refused, Conflict):
        return False
    return dict(again.balances) == dict(ledger.balances)
