"""Money leaves once: marked before the call, whatever becomes of the answer, however often anybody asks."""

import asyncio
from typing import Any
from uuid import UUID

from services.welfare.usecases.ask_bank import ask_bank
from services.welfare.usecases.pay_due import pay_due
from shared.contracts.welfare import (
    PaymentReturned,
    PaymentSent,
    PaymentSettled,
    PaymentUnknown,
)
from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.welfare.bank import SETTLEMENT_S, RunningBank
from tests.welfare.story import CASHIER, Story, somebody


async def until(rig: Rig, payment_id: UUID, *states: str) -> str:
    """Ask the bank until the payment is in one of the states."""
    state = ""
    for _ in range(50):
        await rig.context.db.pool.fetch(
            "UPDATE payment SET ask_at = now() WHERE ask_at IS NOT NULL"
        )
        await ask_bank(rig.context)
        state = await state_of(rig, payment_id)
        if state in states:
            return state
        await asyncio.sleep(SETTLEMENT_S / 4)
    raise AssertionError(f"still {state}")


async def state_of(rig: Rig, payment_id: UUID) -> str:
    rows = await rig.context.db.pool.fetch("SELECT state FROM payment WHERE id = $1", payment_id)
    return str(rows[0]["state"])


async def balances(rig: Rig) -> dict[str, int]:
    rows = await rig.context.db.pool.fetch(
        "SELECT kind, credits_posted - debits_posted AS fen FROM ledger_account"
    )
    return {row["kind"]: row["fen"] for row in rows}


async def approved(rig: Rig, **form: Any) -> Story:
    return await (await (await Story(rig).opened()).filled(**form)).approved()


def lines(bank: RunningBank, payment_id: UUID) -> list[dict[str, Any]]:
    return [line for line in bank.statement() if line["id"] == payment_id.hex]


async def test_a_released_payment_is_sent_and_settles_and_the_application_is_paid(
    paying: Rig, bank: RunningBank
) -> None:
    story = await approved(paying)
    payment = await story.released()
    await pay_due(paying.context)
    assert await state_of(paying, payment) == "accepted"
    assert (await balances(paying))["in_transit"] == 200_000
    assert await until(paying, payment, "settled") == "settled"
    assert await story.state() == "paid"
    assert (await balances(paying))["paid"] == 200_000
    assert len(lines(bank, payment)) == 1
    told = [type(fact) for fact in await paying.facts()]
    assert told.count(PaymentSent) == told.count(PaymentSettled) == 1


async def test_a_lost_answer_is_asked_for_and_never_sent_again(
    paying: Rig, bank: RunningBank
) -> None:
    story = await approved(paying)
    payment = await story.released()
    bank.faults(lose_reply=1)
    await pay_due(paying.context)
    assert await state_of(paying, payment) == "unknown"
    await pay_due(paying.context)
    assert await until(paying, payment, "settled") == "settled"
    assert len(lines(bank, payment)) == 1
    told = [type(fact) for fact in await paying.facts()]
    assert told.count(PaymentSent) == told.count(PaymentUnknown) == told.count(PaymentSettled) == 1


async def test_an_order_the_bank_never_got_stays_unknown_until_two_people_let_it_out_again(
    paying: Rig, bank: RunningBank
) -> None:
    story = await approved(paying)
    payment = await story.released()
    bank.faults(refuse=1)
    await pay_due(paying.context)
    assert await state_of(paying, payment) == "unknown"
    for _ in range(3):
        await paying.context.db.pool.fetch(
            "UPDATE payment SET ask_at = now(), sent_at = now() - interval '1 hour'"
        )
        await ask_bank(paying.context)
        await pay_due(paying.context)
    assert await state_of(paying, payment) == "unknown"
    assert lines(bank, payment) == []
    refused = await story.post("payments", actor=CASHIER)
    assert refused.json()["code"] == "already_being_paid"
    for person in (CASHIER, somebody(Role.SUPERVISOR)):
        body = {"outcome": "send_again", "evidence": "银行流水无此笔"}
        answer = await paying.post(f"/payments/{payment}/decisions", body, actor=person)
        assert answer.status_code == 200, answer.text
    await pay_due(paying.context)
    await pay_due(paying.context)
    assert await until(paying, payment, "settled") == "settled"
    assert len(lines(bank, payment)) == 1


async def test_money_that_comes_back_is_owed_again(paying: Rig, bank: RunningBank) -> None:
    account = {"number": "6222021234569998", "bank": "工行", "holder": "覃小妹"}
    story = await approved(paying, account=account)
    payment = await story.released()
    await pay_due(paying.context)
    assert await until(paying, payment, "returned") == "returned"
    assert await story.state() == "approved"
    assert (await balances(paying))["payable"] == 200_000
    returned = [fact for fact in await paying.facts() if isinstance(fact, PaymentReturned)]
    assert [fact.reason for fact in returned] == ["holder_differs"]


async def test_a_refused_order_was_never_executed(paying: Rig, bank: RunningBank) -> None:
    account = {"number": "6222021234569997", "bank": "工行", "holder": "覃小妹"}
    story = await approved(paying, account=account)
    payment = await story.released()
    await pay_due(paying.context)
    assert await state_of(paying, payment) == "returned"
    assert (await balances(paying))["in_transit"] == 0
    assert lines(bank, payment) == []


async def test_many_rounds_at_once_send_a_payment_once(paying: Rig, bank: RunningBank) -> None:
    story = await approved(paying)
    payment = await story.released()
    await asyncio.gather(*(pay_due(paying.context) for _ in range(6)))
    await until(paying, payment, "settled")
    told = [type(fact) for fact in await paying.facts()]
    assert told.count(PaymentSent) == 1
    assert len(lines(bank, payment)) == 1
    transfers = await paying.context.db.pool.fetch(
        "SELECT code FROM transfer WHERE payment_id = $1", payment
    )
    assert sorted(row["code"] for row in transfers) == ["payment_sent", "payment_settled"]


async def test_a_broken_ledger_stops_all_payments(paying: Rig, bank: RunningBank) -> None:
    story = await approved(paying)
    payment = await story.released()
    pool = paying.context.db.pool
    await pool.fetch(
        "UPDATE ledger_account SET credits_posted = credits_posted + 1 WHERE kind = 'paid'"
    )
    await pay_due(paying.context)
    assert await state_of(paying, payment) == "ordered"
    assert lines(bank, payment) == []
    await pool.fetch(
        "UPDATE ledger_account SET credits_posted = credits_posted - 1 WHERE kind = 'paid'"
    )
    await pay_due(paying.context)
    assert await state_of(paying, payment) == "accepted"
