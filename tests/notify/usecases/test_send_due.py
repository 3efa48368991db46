"""Messages leave once, whatever happens between us and the provider."""

import asyncio
from datetime import datetime
from typing import Any

from services.notify.domain.delivery import TRIES_MAX
from services.notify.usecases.send_due import claim_batch, send_due
from shared.vocabulary.calendar import CHINA
from shared.vocabulary.people import SYSTEM
from tests.notify.conftest import Notify, new_phone


async def told_case(notify: Notify, **said: Any) -> str:
    """A registered case of a known caller; the caller's phone."""
    caller = await notify.known_caller(**said)
    await notify.rig.deliver(notify.case(caller))
    return notify.phones[caller]


async def test_a_message_that_is_due_reaches_the_phone_once(notify: Notify) -> None:
    phone = await told_case(notify)
    await notify.send()
    await notify.send()
    (text,) = await notify.provider.to(phone)
    assert "ZQ-20261124-000123" in text
    assert "7K3M-9Q2T" in text
    assert await notify.told() == ["message_queued", "message_sent"]
    assert await notify.rows("outgoing") == []


async def test_a_caller_who_speaks_english_reads_english(notify: Notify) -> None:
    phone = await told_case(notify, language="en")
    await notify.send()
    (text,) = await notify.provider.to(phone)
    assert "Your call is registered" in text


async def test_a_lost_reply_is_repeated_and_the_phone_shows_one_message(notify: Notify) -> None:
    phone = await told_case(notify)
    await notify.provider.disturb(lose_reply=1)
    await notify.send()
    (left,) = await notify.rows("outgoing")
    assert (left["state"], left["reason"]) == ("unknown", "answer_lost")
    await notify.send()
    assert len(await notify.provider.to(phone)) == 1
    assert await notify.told() == ["message_queued", "message_sent"]


async def test_a_number_that_changes_between_two_tries_does_not_change_the_message(
    notify: Notify,
) -> None:
    profile = notify.party()
    await notify.rig.deliver(profile, notify.case(profile.party_id))
    first = notify.phones[profile.party_id]
    await notify.provider.disturb(lose_reply=1)
    await notify.send()
    await notify.rig.deliver(notify.party(profile.party_id, phone=new_phone()))
    await notify.send()
    assert len(await notify.provider.to(first)) == 1
    assert await notify.provider.to(notify.phones[profile.party_id]) == []
    assert await notify.told() == ["message_queued", "message_sent"]


async def test_a_provider_that_is_away_is_tried_again_after_a_growing_pause(
    notify: Notify,
) -> None:
    phone = await told_case(notify)
    await notify.provider.disturb(refuse=2)
    pauses = []
    for _ in range(2):
        await notify.send()
        (left,) = await notify.rows("outgoing")
        before = await notify.rig.context.db.pool.fetch("SELECT now() AS now")
        pauses.append(round((left["send_after"] - before[0]["now"]).total_seconds(), -1))
        assert (left["state"], left["reason"]) == ("queued", "provider_503")
    assert pauses == [30, 60]
    assert await notify.provider.to(phone) == []
    await notify.send()
    assert len(await notify.provider.to(phone)) == 1


async def test_after_the_last_try_somebody_has_to_call(notify: Notify) -> None:
    await told_case(notify)
    await notify.provider.disturb(refuse=TRIES_MAX)
    for _ in range(TRIES_MAX):
        await notify.send()
    assert await notify.told() == ["message_queued", "message_failed"]
    failed = (await notify.rig.facts())[-1]
    assert (failed.reason, failed.call_task) == ("provider_503", True)  # type: ignore[attr-defined]
    assert await notify.rows("outgoing") == []


async def test_two_workers_at_once_send_each_message_once(notify: Notify) -> None:
    profiles = [notify.party() for _ in range(12)]
    await notify.rig.deliver(*profiles, *(notify.case(one.party_id) for one in profiles))
    await notify.daytime()
    await asyncio.gather(*(send_due(notify.rig.context) for _ in range(3)))
    for one in profiles:
        assert len(await notify.provider.to(notify.phones[one.party_id])) == 1
    assert (await notify.told()).count("message_sent") == 12


async def test_a_message_left_behind_by_a_dead_worker_is_taken_up_after_its_lease(
    notify: Notify,
) -> None:
    phone = await told_case(notify)
    await notify.daytime()
    claim = (
        "UPDATE outgoing SET state = 'claimed', tries = 1, claimed_until = now() + interval '{}'"
    )
    content = "content_sealed IS NULL"
    await notify.rig.context.db.pool.fetch(claim.format("100 seconds") + f" WHERE {content}")
    await send_due(notify.rig.context)
    assert await notify.provider.to(phone) == []
    await notify.rig.context.db.pool.fetch(claim.format("-1 second"))
    await send_due(notify.rig.context)
    assert len(await notify.provider.to(phone)) == 1


async def test_at_night_only_urgent_messages_leave(notify: Notify) -> None:
    await told_case(notify)
    night = datetime(2030, 1, 1, 23, 30, tzinfo=CHINA)
    for urgent, count in ((False, 0), (True, 1)):
        await notify.rig.context.db.pool.fetch(f"UPDATE outgoing SET urgent = {urgent}")
        async with notify.rig.context.db.transaction(actor=SYSTEM) as tx:
            tx.now = night
            assert len(await claim_batch(tx, 50)) == count


async def test_consent_that_is_withdrawn_before_the_message_leaves_holds_it_back(
    notify: Notify,
) -> None:
    profile = notify.party()
    await notify.rig.deliver(profile, notify.case(profile.party_id))
    await notify.rig.deliver(
        notify.party(profile.party_id, phone=notify.phones[profile.party_id], sms_consent=False)
    )
    await notify.send()
    assert await notify.provider.to(notify.phones[profile.party_id]) == []
    (row,) = await notify.rows("delivery")
    assert (row["state"], row["reason"], row["call_task"]) == ("failed", "no_consent", False)
