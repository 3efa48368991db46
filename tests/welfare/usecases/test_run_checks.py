"""The checks run again on demand, and their result is told."""

from shared.contracts.welfare import ApplicationChecked
from shared.testing.rig import Rig
from tests.welfare.story import CASHIER, OFFICER, Story


async def test_a_double_application_stops_blocking_once_the_other_is_withdrawn(
    welfare: Rig,
) -> None:
    one = await (await Story(welfare).opened()).filled()
    two = await (await Story(welfare).opened()).filled()
    assert "W1" in (await two.must("checks", actor=CASHIER))["blocked"]
    await one.must("withdraw", actor=OFFICER)
    assert (await two.must("checks", actor=CASHIER))["blocked"] == []
    told = [fact for fact in await welfare.facts() if isinstance(fact, ApplicationChecked)]
    assert told[-1].blocked == ()
