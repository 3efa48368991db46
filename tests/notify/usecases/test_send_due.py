"""Messages leave once, whatever happens between us and the provider."""

from tests.notify.conftest import Notify


async def test_a_message_that_is_due_reaches_the_phone_once(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller))
    await notify.send()
    await notify.send()
    (text,) = await notify.provider.to(notify.phones[caller])
    assert "ZQ-20261124-000123" in text
    assert "7K3M-9Q2T" in text
    assert await notify.told() == ["message_queued", "message_sent"]
    assert await notify.rows("outgoing") == []
