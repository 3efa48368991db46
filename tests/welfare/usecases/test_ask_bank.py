"""The bank's word is taken however often and in whatever order it comes; a contradiction stops further payments."""

import asyncio
from itertools import permutations
from typing import Any

import pytest

from services.welfare.usecases.ask_bank import ask_bank
from services.welfare.usecases.pay_due import pay_due
from shared.contracts.welfare import PaymentSettled
from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.welfare.bank import RunningBank
from tests.welfare.story import CASHIER, Story, somebody
from tests.welfare.usecases.test_pay_due import approved, lines, state_of, until


async def sent(rig: Rig) -> tuple[Story, Any]:
    story = await approved(rig)
    payment = await story.released()
    await pay_due(rig.context)
    return story, payment


async def test_many_rounds_at_once_hear_the_same_word_once(paying: Rig, bank: RunningBank) -> None:
    _, payment = await sent(paying)
    for _ in range(3):
        await asyncio.sleep(0.1)
        await paying.context.db.pool.fetch("UPDATE payment SET ask_at = now()")
        await asyncio.gather(*(ask_bank(paying.context) for _ in range(5)))
    assert await state_of(paying, payment) == "settled"
    assert [type(f) for f in await paying.facts()].count(PaymentSettled) == 1


async def test_an_answer_that_comes_late_does_not_take_a_payment_back(
    paying: Rig, bank: RunningBank
) -> None:
    """The answer to the call is recorded after the question's: permuted, as when a worker was paused."""
    from services.welfare.domain.payment import BankStatus  # noqa: PLC0415
    from services.welfare.gateways.bank import Said  # noqa: PLC0415
    from services.welfare.usecases.pay_due import _record  # noqa: PLC0415

    _, payment = await sent(paying)
    await until(paying, payment, "settled")
    late = [Said(None), Said(BankStatus.ACCEPTED), Said(BankStatus.SETTLED)]
    for order in permutations(late):
        for said in order:
            await _record(paying.context, payment, said)
    assert await state_of(paying, payment) == "settled"
    assert len(lines(bank, payment)) == 1


@pytest.mark.parametrize("people_say", ["returned"])
async def test_when_the_bank_contradicts_two_people_nothing_more_is_paid(
    paying: Rig, bank: RunningBank, people_say: str
) -> None:
    story = await approved(paying)
    payment = await story.released()
    bank.faults(lose_reply=1)
    await pay_due(paying.context)
    for person in (CASHIER, somebody(Role.SUPERVISOR)):
        body = {"outcome": people_say, "evidence": "电话核实未入账"}
        assert (
            await paying.post(f"/payments/{payment}/decisions", body, actor=person)
        ).status_code == 200
    await asyncio.sleep(0.3)
    await paying.context.db.pool.fetch("UPDATE payment SET ask_at = now()")
    await ask_bank(paying.context)
    assert await state_of(paying, payment) == "returned"
    refused = await story.post("payments", actor=CASHIER)
    assert refused.json()["code"] == "bank_contradicts"
    assert len(bank.statement()) >= 1
