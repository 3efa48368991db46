"""What the scenarios of welfare are made of: an application that went so far, a step that is repeated, the ledger's word."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.welfare.store.invariants import broken_invariants
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.crash.harness import State
from tests.welfare.story import Story, budget, emergency

Walk = Callable[[Story], Awaitable[Any]]
Prepare = Callable[[Rig], Awaitable[State]]
Act = Callable[[Rig, State], Awaitable[None]]


def prepared(walk: Walk, *, waits: bool = False) -> Prepare:
    """A budget and an application that went so far; its public list `waits` or, in an emergency, holds nobody up."""

    async def prepare(rig: Rig) -> State:
        await budget(rig)
        if not waits:
            await emergency(rig)
        story = await Story(rig).opened()
        more = await walk(story)
        return {"id": str(story.id), "key": str(new_id()), **(more if type(more) is dict else {})}

    return prepare


def command(
    path: str, actor: Actor, body: dict[str, Any] | None = None, method: str = "POST"
) -> Act:
    """A step of the application, repeated under the same key."""

    async def act(rig: Rig, state: State) -> None:
        address = f"/applications/{state['id']}/{path.format(**state)}"
        answer = await rig.send(method, address, body or {}, actor=actor, key=state["key"])
        assert answer.status_code in {200, 201}, answer.text

    return act


async def ledger_holds(rig: Rig) -> list[str]:
    """What is wrong with the money, after whatever happened (G7)."""
    return await broken_invariants(rig.context.db.pool)
