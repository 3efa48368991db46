"""A payment is released by a fourth person, once, however many people press the button."""

import asyncio

from services.welfare.usecases.pay_due import pay_due
from shared.testing.rig import Rig
from shared.vocabulary.people import Actor, Role
from tests.welfare.bank import RunningBank
from tests.welfare.story import APPROVER, CASHIER, OFFICER, Story, somebody

RELEASES = 50


async def approved(rig: Rig) -> Story:
    return await (await (await Story(rig).opened()).filled()).approved()


async def test_fifty_releases_at_once_order_one_payment(paying: Rig, bank: RunningBank) -> None:
    story = await approved(paying)
    cashiers = [somebody(Role.CASHIER) for _ in range(5)]
    answers = await asyncio.gather(
        *(story.post("payments", actor=cashiers[n % 5]) for n in range(RELEASES))
    )
    codes = sorted(answer.status_code for answer in answers)
    assert codes.count(201) == 1
    refusals = {answer.json().get("code") for answer in answers if answer.status_code != 201}
    assert refusals <= {"already_being_paid", "stale_version", "temporarily_unavailable"}
    await asyncio.gather(*(pay_due(paying.context) for _ in range(5)))
    assert len(bank.statement()) >= 1
    rows = await paying.context.db.pool.fetch("SELECT id FROM payment")
    assert len(rows) == 1
    assert [line["id"] for line in bank.statement()].count(rows[0]["id"].hex) == 1


async def test_the_same_command_again_gives_the_same_answer(paying: Rig) -> None:
    story = await approved(paying)
    first = await story.post("payments", actor=CASHIER, key="one")
    again = await story.post("payments", actor=CASHIER, key="one")
    assert first.json() == again.json()
    assert first.status_code == again.status_code == 201


async def test_nobody_who_signed_pays_and_only_cashiers_do(paying: Rig) -> None:
    story = await approved(paying)
    both = Actor(APPROVER.id, frozenset({Role.CASHIER, Role.APPROVER}), APPROVER.org)
    assert (await story.post("payments", actor=both)).json()["code"] == "same_person_signs_twice"
    assert (await story.post("payments", actor=OFFICER)).status_code == 403


async def test_nothing_is_paid_before_the_approval(paying: Rig) -> None:
    story = await (await (await Story(paying).opened()).filled()).public()
    refused = await story.post("payments", actor=CASHIER)
    assert refused.json()["code"] == "application_not_this_step"
