"""A message whose person is not known yet waits for the profile."""

from services.notify.store.deliveries import CONTACT_OVERDUE
from shared.contracts.mediation import LawyerPoolEmpty
from shared.contracts.notify import MessagePosted
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.notify.conftest import Notify


async def test_a_message_waits_for_the_profile_and_leaves_when_it_comes(notify: Notify) -> None:
    profile = notify.party()
    await notify.rig.deliver(notify.case(profile.party_id))
    await notify.send()
    assert await notify.provider.to(notify.phones[profile.party_id]) == []
    (waiting,) = await notify.rows("outgoing")
    assert waiting["state"] == "waiting"
    assert CONTACT_OVERDUE in await notify.rig.timers(waiting["id"])
    await notify.rig.deliver(profile)
    assert await notify.rig.timers(waiting["id"]) == {}
    await notify.send()
    assert len(await notify.provider.to(notify.phones[profile.party_id])) == 1
    assert await notify.told() == ["message_queued", "message_sent"]


async def test_a_profile_without_consent_ends_the_wait_without_a_message(notify: Notify) -> None:
    profile = notify.party(sms_consent=False)
    await notify.rig.deliver(notify.case(profile.party_id), profile)
    await notify.send()
    assert await notify.provider.to(notify.phones[profile.party_id]) == []
    assert await notify.told() == ["message_queued", "message_failed"]


async def test_a_message_for_a_role_waits_for_somebody_with_it(notify: Notify) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    await notify.rig.deliver(case)
    await notify.rig.deliver(LawyerPoolEmpty(dispute_id=new_id(), case_id=case.case_id, attempts=1))
    assert len(await notify.rows("errand")) == 2
    elsewhere = notify.staff(Role.DISPATCHER, "zq.441202")
    await notify.rig.deliver(elsewhere)
    assert len(await notify.rows("errand")) == 2
    dispatcher = notify.staff(Role.DISPATCHER)
    await notify.rig.deliver(dispatcher)
    (left,) = await notify.rows("errand")
    assert left["role"] == Role.SUPERVISOR.value
    posted = (await notify.rig.facts())[-1]
    assert isinstance(posted, MessagePosted)
    assert posted.recipient_id == dispatcher.staff_id


async def test_a_colleague_who_left_is_not_told_by_role(notify: Notify) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    gone = notify.staff(Role.DISPATCHER)
    left = type(gone)(
        staff_id=gone.staff_id, roles=gone.roles, org=gone.org, active=False, sealed=gone.sealed
    )
    await notify.rig.deliver(case, gone, left)
    await notify.rig.deliver(LawyerPoolEmpty(dispute_id=new_id(), case_id=case.case_id, attempts=1))
    assert len(await notify.rows("errand")) == 2


async def test_the_newest_profile_counts(notify: Notify) -> None:
    caller = await notify.known_caller()
    first = notify.phones[caller]
    await notify.rig.deliver(notify.case(caller), notify.party(caller))
    await notify.send()
    assert await notify.provider.to(first) == []
    assert len(await notify.provider.to(notify.phones[caller])) == 1
    (row,) = await notify.rows("contact")
    assert row["sealed"]
