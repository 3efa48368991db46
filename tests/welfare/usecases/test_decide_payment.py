"""What became of an unknown payment two different people say, and say the same."""

from typing import Any

from services.welfare.usecases.pay_due import pay_due
from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.welfare.bank import RunningBank
from tests.welfare.story import APPROVER, CASHIER, OFFICER, somebody
from tests.welfare.usecases.test_pay_due import approved, balances, state_of

SECOND = somebody(Role.SUPERVISOR)


async def unknown(rig: Rig, bank: RunningBank) -> Any:
    story = await approved(rig)
    payment = await story.released()
    bank.faults(refuse=1)
    await pay_due(rig.context)
    return payment


async def say(rig: Rig, payment: Any, outcome: str, actor: Any) -> dict[str, Any]:
    body = {"outcome": outcome, "evidence": "银行流水第 12 行"}
    told: dict[str, Any] = (
        await rig.post(f"/payments/{payment}/decisions", body, actor=actor)
    ).json()
    return told


async def test_one_person_alone_decides_nothing(paying: Rig, bank: RunningBank) -> None:
    payment = await unknown(paying, bank)
    for _ in range(2):
        assert (await say(paying, payment, "returned", CASHIER))["result"] == "second_person_needed"
    assert await state_of(paying, payment) == "unknown"
    assert (await say(paying, payment, "settled", SECOND))["code"] == "decisions_differ"
    assert (await say(paying, payment, "returned", OFFICER))["status"] == 403
    assert (await say(paying, payment, "returned", SECOND))["state"] == "returned"
    assert (await balances(paying))["payable"] == 200_000


async def test_two_people_may_say_that_it_arrived(paying: Rig, bank: RunningBank) -> None:
    payment = await unknown(paying, bank)
    await say(paying, payment, "settled", CASHIER)
    assert (await say(paying, payment, "settled", APPROVER))["state"] == "settled"
    assert (await balances(paying))["paid"] == 200_000


async def test_a_payment_the_bank_speaks_about_is_not_decided_by_people(paying: Rig) -> None:
    story = await approved(paying)
    payment = await story.released()
    assert (await say(paying, payment, "settled", CASHIER))["code"] == "payment_not_in_this_state"
    await pay_due(paying.context)
    assert (await say(paying, payment, "settled", CASHIER))["code"] == "payment_not_in_this_state"
