"""Records of the broker that every life of a scenario is given again, the same bytes at the same place."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from shared.contracts.base import Event
from shared.kernel.bus import InRecord
from shared.testing.rig import Rig
from tests.crash.harness import State


def kept(rig: Rig, *events: Event) -> list[Any]:
    """The next records about these facts, as JSON."""
    return [
        {
            "topic": record.topic,
            "offset": record.offset,
            "key": (record.key or b"").decode(),
            "headers": [[name, value.decode()] for name, value in record.headers],
            "value": None if record.value is None else record.value.decode(),
        }
        for record, _ in (rig.record(event) for event in events)
    ]


async def arrive(rig: Rig, state: State) -> None:
    """The broker brings `state["records"]`, as one batch; nothing may be parked."""
    await rig.arrive(
        InRecord(
            one["topic"],
            0,
            one["offset"],
            one["key"].encode(),
            tuple((name, value.encode()) for name, value in one["headers"]),
            None if one["value"] is None else one["value"].encode(),
            0,
        )
        for one in state["records"]
    )
    assert await rig.parked() == []


def told(before: Callable[[Rig], Awaitable[Sequence[Event]]]) -> Callable[[Rig], Awaitable[State]]:
    """What must exist is made by `before`, which returns the facts that will arrive."""

    async def prepare(rig: Rig) -> State:
        return {"records": kept(rig, *await before(rig))}

    return prepare
