"""Receipts say what became of a message; each is read once."""

from services.notify.domain.delivery import Receipt
from services.notify.gateways.sms import Line
from services.notify.usecases.fetch_receipts import take_receipts
from shared.contracts.notify import MessageFailed
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM, Role
from tests.notify.conftest import Notify, new_phone


async def test_a_receipt_confirms_the_message_once(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller))
    await notify.send()
    await notify.receipts()
    await notify.receipts()
    assert await notify.told() == ["message_queued", "message_sent", "message_delivered"]
    (cursor,) = await notify.rows("receipt_cursor")
    assert cursor["seq"] > 0


async def test_a_phone_that_is_not_in_service_becomes_a_call_task_and_the_dispatcher_hears_of_it(
    notify: Notify,
) -> None:
    dispatcher = notify.staff(Role.DISPATCHER)
    caller = await notify.known_caller(phone=new_phone("0001"))
    await notify.rig.deliver(dispatcher, notify.case(caller))
    await notify.send()
    await notify.receipts()
    assert await notify.told() == ["message_queued", "message_sent", "message_failed"]
    failed = (await notify.rig.facts())[-1]
    assert isinstance(failed, MessageFailed)
    assert (failed.reason, failed.call_task) == ("no_such_number", True)
    await notify.rig.deliver(failed)
    posted = (await notify.rig.facts())[-1]
    assert posted.template == "message_failed.dispatcher"  # type: ignore[attr-defined]
    assert posted.recipient_id == dispatcher.staff_id  # type: ignore[attr-defined]


async def test_a_receipt_may_come_before_our_own_record_of_the_answer(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller))
    await notify.provider.disturb(lose_reply=1)
    await notify.send()
    await notify.receipts()
    assert await notify.told() == ["message_queued", "message_delivered"]
    assert await notify.rows("outgoing") == []
    await notify.send()
    assert await notify.told() == ["message_queued", "message_delivered"]


async def test_receipts_that_are_read_again_or_are_not_ours_change_nothing(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller))
    await notify.send()
    (row,) = await notify.rows("delivery")
    page = [
        Line(1, row["id"], Receipt.UNDELIVERABLE, "off"),
        Line(2, new_id(), Receipt.DELIVERED, ""),
        Line(3, None, Receipt.DELIVERED, ""),
    ]
    late = [Line(2, row["id"], Receipt.DELIVERED, "")]
    for one in (page, page, late):
        async with notify.rig.context.db.transaction(actor=SYSTEM) as tx:
            await take_receipts(one, tx)
    assert await notify.told() == ["message_queued", "message_sent", "message_failed"]
    (cursor,) = await notify.rows("receipt_cursor")
    assert cursor["seq"] == 3


async def test_a_provider_without_receipts_stops_nothing(notify: Notify) -> None:
    await notify.provider.disturb(refuse=1)
    await notify.receipts()
    assert await notify.rows("receipt_cursor") == []
