"""Welfare's share of the crash tests: opening, filling, reviewing, approving, releasing, and hearing from the bank.

Sending a payment has a test of its own (tests/welfare/test_payment_crashes.py): dying between the mark and the call
leaves an unknown payment for two people to decide, which is not what an undisturbed run leaves.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from services.welfare.gateways.bank import Bank
from services.welfare.usecases.ask_bank import ask_bank
from services.welfare.usecases.pay_due import pay_due
from shared.kernel.crypto import place
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.crash.harness import Scenario, State
from tests.welfare.inner_bank import inner_bank
from tests.welfare.story import (
    APPROVER,
    CASHIER,
    OFFICER,
    REVIEWER,
    TODAY,
    Story,
    budget,
    case_registered,
    emergency,
    form,
)

NOT_YET_S = 10_000.0
Walk = Callable[[Story], Awaitable[Any]]


async def open_prepare(rig: Rig) -> State:
    return {"case": str(new_id()), "caller": str(new_id())}


async def open_act(rig: Rig, state: State) -> None:
    await rig.deliver(case_registered(UUID(state["case"]), UUID(state["caller"])))


def prepared(walk: Walk) -> Callable[[Rig], Awaitable[State]]:
    """A budget, emergency aid, and an application that went so far."""

    async def prepare(rig: Rig) -> State:
        await budget(rig)
        await emergency(rig)
        story = await Story(rig).opened()
        await walk(story)
        return {"id": str(story.id), "key": str(new_id())}

    return prepare


def command(
    path: str, actor: Actor, body: dict[str, Any] | None = None, method: str = "POST"
) -> Callable[[Rig, State], Awaitable[None]]:
    """A step, repeated under the same key."""

    async def act(rig: Rig, state: State) -> None:
        address = f"/applications/{state['id']}/{path}"
        answer = await rig.send(method, address, body or {}, actor=actor, key=state["key"])
        assert answer.status_code in {200, 201}, answer.text

    return act


async def nothing(story: Story) -> None:
    """Opened is far enough."""


async def to_visit(story: Story) -> None:
    await (await story.filled()).reviewed_first()


async def to_submit(story: Story) -> None:
    await (await (await story.filled()).reviewed_first()).visited()


async def to_review(story: Story) -> None:
    await (await story.filled()).submitted()


async def to_public(story: Story) -> None:
    await (await story.filled()).public()


async def to_approved(story: Story) -> None:
    await (await story.filled()).approved()


async def end_act(rig: Rig, state: State) -> None:
    await rig.fire("publicity_over", UUID(state["id"]))


async def sent_prepare(rig: Rig) -> State:
    """A payment that the bank accepted, and its order, so that the bank of another life knows it too."""
    state = await prepared(to_approved)(rig)
    payment = await Story(rig, UUID(state["id"])).released()
    async with inner_bank(rig, NOT_YET_S) as context:
        await pay_due(context)
    rows = await rig.context.db.pool.fetch("SELECT order_sealed, state FROM payment")
    assert rows[0]["state"] == "accepted"
    where = place("payment", "order", payment)
    return {**state, "order": rig.context.cipher.open(rows[0]["order_sealed"], where)}


async def ask_act(rig: Rig, state: State) -> None:
    """The bank settled meanwhile; it is asked until there is nothing open."""
    async with inner_bank(rig, 0.0) as context:
        await Bank.of(context).pay(state["order"])
        await rig.context.db.pool.fetch(
            "UPDATE payment SET ask_at = now() WHERE state = 'accepted'"
        )
        await ask_bank(context)


VISIT = {"visited_on": TODAY.isoformat(), "companion": "社区 黄某", "report": "情况属实"}
SCENARIOS: list[Scenario] = [
    Scenario("welfare", "open_application", open_prepare, open_act),
    Scenario(
        "welfare", "fill_application", prepared(nothing), command("form", OFFICER, form(), "PUT")
    ),
    Scenario("welfare", "review_first", prepared(Story.filled), command("first-review", OFFICER)),
    Scenario("welfare", "visit_home", prepared(to_visit), command("visit", OFFICER, VISIT)),
    Scenario("welfare", "submit_application", prepared(to_submit), command("submit", OFFICER)),
    Scenario("welfare", "review_application", prepared(to_review), command("review", REVIEWER)),
    Scenario("welfare", "end_publicity", prepared(to_public), end_act),
    Scenario("welfare", "approve_application", prepared(to_public), command("approve", APPROVER)),
    Scenario("welfare", "release_payment", prepared(to_approved), command("payments", CASHIER)),
    Scenario("welfare", "ask_bank", sent_prepare, ask_act),
]
