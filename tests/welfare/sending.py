"""One life of the sending worker: pay what is due, then ask about everything that is open, as the clock does."""

from uuid import UUID

from services.welfare.usecases.ask_bank import ask_bank
from services.welfare.usecases.pay_due import pay_due
from shared.testing.rig import Rig
from tests.crash.harness import Scenario, State
from tests.crash.welfare_acts import ledger_holds
from tests.welfare.inner_bank import inner_bank
from tests.welfare.story import Story, budget, emergency

AGED = (
    "UPDATE payment SET ask_at = now(), sent_at = now() - interval '1 hour'"
    " WHERE state IN ('sent', 'unknown', 'accepted') AND NOT send_again"
)


async def prepare(rig: Rig) -> State:
    """A released payment."""
    await budget(rig)
    await emergency(rig)
    story = await (await (await Story(rig).opened()).filled()).approved()
    return {"application": str(story.id), "payment": str(await story.released())}


async def act(rig: Rig, state: State) -> None:
    """Two rounds of the clock, long enough apart for an order to have arrived."""
    async with inner_bank(rig, 0.0) as context:
        for _ in range(2):
            await pay_due(context)
            await context.db.pool.fetch(AGED)
            await ask_bank(context)
    assert UUID(state["payment"])


DOORS = ("pay_due.pay_due", "ask_bank.ask_bank")
SCENARIOS: list[Scenario] = [
    Scenario("welfare", "send_payment", prepare, act, DOORS, ledger_holds, home=__name__)
]
