"""Who is to be forgotten is forgotten here, too, and gets no message any more."""

from shared.contracts.intake import CaseClosed, PartyErased
from shared.contracts.notify import MessageFailed
from tests.notify.conftest import Notify


async def test_an_erased_person_gets_nothing_that_was_still_in_the_queue(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller), PartyErased(party_id=caller))
    assert await notify.rows("outgoing") == []
    await notify.send()
    assert await notify.provider.to(notify.phones[caller]) == []
    (contact,) = await notify.rows("contact")
    assert contact["sealed"] is None
    failed = (await notify.rig.facts())[-1]
    assert isinstance(failed, MessageFailed)
    assert (failed.reason, failed.call_task) == ("erased", False)


async def test_nor_what_comes_up_later(notify: Notify) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    await notify.rig.deliver(case)
    await notify.send()
    await notify.rig.deliver(
        PartyErased(party_id=caller), CaseClosed(case_id=case.case_id, outcome="called_back")
    )
    await notify.send()
    assert len(await notify.provider.to(notify.phones[caller])) == 1
    assert (await notify.told())[-2:] == ["message_queued", "message_failed"]


async def test_a_message_that_waits_for_an_erased_person_waits_no_more(notify: Notify) -> None:
    profile = notify.party()
    await notify.rig.deliver(notify.case(profile.party_id), PartyErased(party_id=profile.party_id))
    assert await notify.rows("outgoing") == []
    assert await notify.told() == ["message_queued", "message_failed"]
