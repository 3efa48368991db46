"""A message that did not arrive is sent again once the reason is gone: once, as a new one, by the desk of the area."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from services.notify.domain.delivery import RESEND_DAYS_MAX
from shared.contracts.notify import MessageFailed, MessageQueued
from shared.kernel import audit
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.notify.conftest import Notify, new_phone, person

OPERATOR = person(Role.OPERATOR)


async def undeliverable(notify: Notify) -> tuple[UUID, UUID]:
    """A caller whose number is not in service: the person, and the message that did not arrive."""
    caller = await notify.known_caller(phone=new_phone("0001"))
    await notify.rig.deliver(notify.case(caller))
    await notify.send()
    await notify.receipts()
    (row,) = await notify.rows("delivery")
    assert (row["state"], row["call_task"]) == ("failed", True)
    return caller, row["id"]


async def resend(notify: Notify, message: Any, **options: Any) -> Any:
    """The desk sends it again."""
    path = f"/deliveries/{message}/resend"
    return await notify.rig.post(path, {}, actor=options.pop("by", OPERATOR), **options)


async def test_with_a_mended_number_the_same_words_arrive_as_a_new_message(notify: Notify) -> None:
    caller, message = await undeliverable(notify)
    await notify.rig.deliver(notify.party(caller))
    sent = await resend(notify, message, key="k1")
    assert sent.status_code == 200, sent.text
    assert (await resend(notify, message, key="k1")).json() == sent.json()
    assert (await notify.rig.get("/call-tasks", actor=OPERATOR)).json()["items"] == []
    await notify.send()
    await notify.receipts()
    (text,) = await notify.provider.to(notify.phones[caller])
    assert "ZQ-20261124-000123" in text
    assert "7K3M-9Q2T" in text
    rows = {str(row["id"]): row for row in await notify.rows("delivery")}
    old, new = rows[str(message)], rows[sent.json()["delivery_id"]]
    assert (old["state"], old["reason"], old["call_task"]) == ("failed", "sent_again", False)
    assert (new["state"], new["cause_id"], new["template"]) == (
        "delivered",
        old["cause_id"],
        old["template"],
    )
    assert new["fields_sealed"] is None, "what arrived keeps nothing"
    told = await notify.rig.facts()
    closed, queued = told[-4:-2]
    assert isinstance(closed, MessageFailed)
    assert (closed.delivery_id, closed.reason, closed.call_task) == (message, "sent_again", False)
    assert isinstance(queued, MessageQueued)
    assert (queued.cause_id, queued.recipient_id) == (old["cause_id"], caller)
    chain = await audit.verify(notify.rig.context.db.pool)
    assert (chain.ok, chain.links) == (True, 1)


async def test_it_is_sent_again_once_and_the_list_says_so(notify: Notify) -> None:
    caller, message = await undeliverable(notify)
    case = (await notify.rows("delivery"))[0]["case_id"]

    async def offered(by: Any = OPERATOR) -> list[bool]:
        shown = await notify.rig.get("/deliveries", actor=by, case_id=str(case))
        return [one["may_resend"] for one in shown.json()["items"]]

    assert await offered() == [True]
    assert await offered(person(Role.MEDIATOR)) == [False]
    await notify.rig.deliver(notify.party(caller))
    assert (await resend(notify, message)).status_code == 200
    assert await offered() == [False, False]
    again = await resend(notify, message)
    assert (again.status_code, again.json()["code"]) == (409, "sent_again_already")
    assert len(await notify.rows("delivery")) == 2


async def test_two_colleagues_at_once_send_one_message(notify: Notify) -> None:
    caller, message = await undeliverable(notify)
    await notify.rig.deliver(notify.party(caller))
    first = await asyncio.gather(resend(notify, message, key="a"), resend(notify, message, key="b"))
    assert sorted(one.status_code for one in first) == [200, 409]
    assert len(await notify.rows("delivery")) == 2


async def test_what_still_cannot_be_sent_is_refused_with_the_reason(notify: Notify) -> None:
    caller, message = await undeliverable(notify)
    for said, reason in (
        ({"sms_consent": False}, "no_consent"),
        ({"phone": "0758-2831234"}, "no_mobile"),
    ):
        await notify.rig.deliver(notify.party(caller, **said))
        refused = await resend(notify, message)
        assert (refused.status_code, refused.json()["code"]) == (409, "still_unreachable")
        assert refused.json()["details"] == {"reason": reason}
    (row,) = await notify.rows("delivery")
    assert row["call_task"], "somebody has still to phone"


@pytest.mark.parametrize("what", ["days", "text"])
async def test_old_news_is_told_by_phone(notify: Notify, what: str) -> None:
    _, message = await undeliverable(notify)
    change = {
        "days": f"queued_at = queued_at - interval '{RESEND_DAYS_MAX + 1} days'",
        "text": "fields_sealed = NULL",
    }[what]
    await notify.rig.context.db.pool.fetch(f"UPDATE delivery SET {change}")
    refused = await resend(notify, message)
    assert (refused.status_code, refused.json()["code"]) == (409, "message_too_old")


async def test_a_message_that_failed_before_it_left_can_be_sent_too(notify: Notify) -> None:
    caller = await notify.known_caller(sms_consent=False)
    from_case = notify.case(caller)
    await notify.rig.deliver(from_case)
    (row,) = await notify.rows("delivery")
    assert row["reason"] == "no_consent"
    await notify.rig.deliver(notify.party(caller))
    assert (await resend(notify, row["id"])).status_code == 200
    await notify.send()
    assert len(await notify.provider.to(notify.phones[caller])) == 1


@pytest.mark.parametrize(
    ("role", "org", "status"),
    [
        (Role.OPERATOR, "zq.441202", 404),
        (Role.LAWYER, "zq", 404),
        (Role.AUDITOR, "zq", 403),
        (Role.MEDIATOR, "zq", 403),
        (Role.SUPERVISOR, "zq", 200),
    ],
)
async def test_only_the_desk_of_the_area_sends_again(
    notify: Notify, role: Role, org: str, status: int
) -> None:
    caller, message = await undeliverable(notify)
    await notify.rig.deliver(notify.party(caller))
    assert (await resend(notify, message, by=person(role, org))).status_code == status


async def test_what_arrived_or_is_on_its_way_is_not_sent_again(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller))
    (row,) = await notify.rows("delivery")
    for _ in range(2):
        refused = await resend(notify, row["id"])
        assert (refused.status_code, refused.json()["code"]) == (409, "delivery_not_in_this_state")
        await notify.send()
        await notify.receipts()
    assert (await resend(notify, new_id())).status_code == 404
