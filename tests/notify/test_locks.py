"""A fact that finds nothing and the fact that brings it do not miss each other, whichever process has them."""

import asyncio

from services.notify.store.locks import lock_until_known
from shared.testing.rig import assemble
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM
from tests.notify.conftest import Notify


async def test_who_makes_something_known_waits_for_who_found_it_unknown(notify: Notify) -> None:
    one, other = sorted((new_id(), new_id()))
    order: list[str] = []

    async def second() -> None:
        async with notify.rig.context.db.transaction(actor=SYSTEM) as tx:
            await lock_until_known(tx, other)
            order.append("second")

    async with notify.rig.context.db.transaction(actor=SYSTEM) as tx:
        await lock_until_known(tx, other, one)
        waiting = asyncio.ensure_future(second())
        await asyncio.sleep(0.2)
        order.append("first")
    await waiting
    assert order == ["first", "second"]


async def test_profiles_and_messages_that_race_in_two_processes_all_arrive(notify: Notify) -> None:
    url = notify.rig.context.settings.database_url.get_secret_value()
    other = await assemble("notify", url)
    profiles = [notify.party() for _ in range(10)]
    cases = [notify.rig.record(notify.case(one.party_id))[0] for one in profiles]
    brought = [other.record(one)[0] for one in profiles]
    await asyncio.gather(notify.rig.arrive(cases), other.arrive(brought))
    await other.close()
    await notify.send()
    for one in profiles:
        assert len(await notify.provider.to(notify.phones[one.party_id])) == 1
