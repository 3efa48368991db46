"""A wait is bounded: then somebody is asked to call."""

from services.notify.store.deliveries import CONTACT_OVERDUE
from services.notify.store.errands import ERRAND_OVERDUE
from shared.contracts.mediation import MediationFailed
from shared.contracts.notify import MessageFailed, MessagePosted
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.notify.conftest import Notify


async def test_a_profile_that_never_comes_ends_in_a_call_task(notify: Notify) -> None:
    await notify.rig.deliver(notify.case(new_id()))
    (row,) = await notify.rows("delivery")
    assert await notify.rig.fire(CONTACT_OVERDUE, row["id"]) == 1
    failed = (await notify.rig.facts())[-1]
    assert isinstance(failed, MessageFailed)
    assert (failed.reason, failed.call_task) == ("no_contact", True)
    assert await notify.rows("outgoing") == []


async def test_a_case_that_never_comes_is_told_to_the_desk_of_the_city_once(
    notify: Notify,
) -> None:
    desk = notify.staff(Role.DISPATCHER, "zq")
    await notify.rig.deliver(desk)
    case_id = new_id()
    dispute = {"dispute_id": new_id(), "case_id": case_id}
    await notify.rig.deliver(
        MediationFailed(**dispute, failure="refused"),
        notify.offer(case_id, new_id(), dispute_id=dispute["dispute_id"]),
    )
    waiting = await notify.rows("errand")
    assert len(waiting) == 3
    for one in waiting:
        assert await notify.rig.fire(ERRAND_OVERDUE, one["id"]) == 1
    assert await notify.rows("errand") == []
    (posted,) = await notify.rig.facts()
    assert isinstance(posted, MessagePosted)
    assert (posted.template, posted.recipient_id) == ("case_unknown.dispatcher", desk.staff_id)
