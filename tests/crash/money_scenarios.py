"""Welfare's money in the crash tests: budgets, programmes, payments released, unknown, returned, settled and filed."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx

from services.welfare.gateways.bank import Bank
from services.welfare.usecases.ask_bank import ask_bank
from services.welfare.usecases.pay_due import pay_due
from shared.kernel.crypto import place
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.crash.harness import Scenario, State
from tests.crash.welfare_acts import command, ledger_holds, prepared
from tests.welfare.inner_bank import inner_bank
from tests.welfare.story import (
    APPROVER,
    CASHIER,
    OFFICER,
    SUPERVISOR,
    TREASURER,
    YEAR,
    Story,
    budget,
)

NOT_YET_S = 10_000.0
ASK_NOW = "UPDATE payment SET ask_at = now() WHERE ask_at IS NOT NULL"
LINE = {"programme": "living", "year": YEAR, "org": "zq", "amount_fen": 100_000, "reason": "年初"}
PROGRAMME = {
    "zh": "生活困难救助",
    "en": "Aid for daily life",
    "fund": "hardship_province",
    "per": "household",
    "cap_fen": 500_000,
    "yearly_cap_fen": 600_000,
    "standards": {"calamity": 200_000, "deep": 300_000},
    "file_based": False,
    "publicity_workdays": 5,
    "late_payment_days": 15,
    "return_repair_days": 5,
    "reason": "调整标准",
}
CLOSED = {"number": "6222021234569997", "bank": "工行", "holder": "覃小妹"}
RIGHT = {"number": "6222021234561111", "bank": "工行", "holder": "覃小妹", "reason": "原卡已销"}
DECIDED = {"outcome": "returned", "evidence": "银行流水第 12 行"}


async def to_approved(story: Story) -> None:
    """Money is held for it."""
    await (await story.filled()).approved()


# -- the bank ----------------------------------------------------------------------------------------


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


def through_the_bank(
    ends_as: str, account: dict[str, Any] | None = None, **faults: int
) -> Callable[[Story], Awaitable[dict[str, str]]]:
    """A payment that was sent and came to that end."""

    async def walk(story: Story) -> dict[str, str]:
        await (await story.filled(**({"account": account} if account else {}))).approved()
        payment = await story.released()
        async with inner_bank(story.rig, 0.0) as context:
            url = context.settings.model_dump()["bank_url"]
            async with httpx.AsyncClient() as http:
                (await http.put(f"{url}/v1/faults", json=faults)).raise_for_status()
            await pay_due(context)
            if ends_as != "unknown":
                await story.rig.context.db.pool.fetch(ASK_NOW)
                await ask_bank(context)
        rows = await story.rig.context.db.pool.fetch("SELECT state FROM payment")
        assert rows[0]["state"] == ends_as
        return {"payment": str(payment)}

    return walk


unknown = through_the_bank("unknown", refuse=1)


async def half_decided(story: Story) -> dict[str, str]:
    """One of two people has said what became of it."""
    more = await unknown(story)
    path = f"/payments/{more['payment']}/decisions"
    assert (await story.rig.post(path, DECIDED, actor=CASHIER)).status_code == 200
    return more


async def corrected(story: Story) -> dict[str, str]:
    """It came back, and another account is proposed."""
    more = await through_the_bank("returned", CLOSED)(story)
    await story.must("account", RIGHT, actor=OFFICER)
    return more


# -- budgets and programmes --------------------------------------------------------------------------


async def nothing(_rig: Rig) -> State:
    return {"key": str(new_id())}


async def a_budget(rig: Rig) -> State:
    return {"key": str(new_id()), "budget": str(await budget(rig, 500_000, "living"))}


def at(
    path: str, actor: Actor, body: dict[str, Any], method: str = "POST"
) -> Callable[[Rig, State], Awaitable[None]]:
    """A command at that address, repeated under the same key."""

    async def act(rig: Rig, state: State) -> None:
        answer = await rig.send(method, path.format(**state), body, actor=actor, key=state["key"])
        assert answer.status_code in {200, 201}, answer.text

    return act


MORE = {"amount_fen": 300_000, "reason": "追加"}
DECISIONS = "/payments/{payment}/decisions"
STEPS: list[tuple[str, Any, Any, str]] = [
    ("load_budget", nothing, at("/budgets", TREASURER, LINE), "load_budget.post_budget"),
    (
        "appropriate",
        a_budget,
        at("/budgets/{budget}/appropriations", TREASURER, MORE),
        "load_budget.post_appropriation",
    ),
    (
        "set_programme",
        nothing,
        at(f"/programmes/{YEAR}/living", TREASURER, PROGRAMME, "PUT"),
        "set_programme.put_programme",
    ),
    (
        "release_payment",
        prepared(to_approved),
        command("payments", CASHIER),
        "release_payment.post_payment",
    ),
    (
        "decide_first",
        prepared(unknown),
        at(DECISIONS, CASHIER, DECIDED),
        "decide_payment.post_decision",
    ),
    (
        "decide_second",
        prepared(half_decided),
        at(DECISIONS, SUPERVISOR, DECIDED),
        "decide_payment.post_decision",
    ),
    (
        "correct_account",
        prepared(through_the_bank("returned", CLOSED)),
        command("account", OFFICER, RIGHT),
        "correct_account.post_account",
    ),
    (
        "approve_account",
        prepared(corrected),
        command("account/approve", APPROVER),
        "correct_account.post_account_approval",
    ),
    (
        "record_application",
        prepared(through_the_bank("settled")),
        command("record", OFFICER),
        "record_application.post_record",
    ),
    ("ask_bank", sent_prepare, ask_act, "ask_bank.ask_bank"),
]
ATTEMPTS = frozenset({"payment.asked"})
"""A question to the bank that the process did not survive counts as asked."""
SCENARIOS = [
    Scenario("welfare", name, prepare, act, (door,), ledger_holds, may_differ=ATTEMPTS)
    for name, prepare, act, door in STEPS
]
