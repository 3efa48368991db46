"""Somebody sends a message again that did not arrive, once the reason is gone: a number mended, a provider back."""

from datetime import timedelta
from uuid import UUID

from services.notify.domain.delivery import RESEND_DAYS_MAX, sent_again
from services.notify.domain.messages import TEMPLATES
from services.notify.domain.permissions import may_resend, may_see
from services.notify.domain.plan import NO_CONTACT, Plan, plan
from services.notify.domain.templates import Channel, Template
from services.notify.store.contacts import load_contacts
from services.notify.store.deliveries import Stored, load_message, load_planned, save_delivery
from services.notify.store.resends import add_again, code_of, open_kept
from shared.kernel.command import Command, CommandRouter, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed, NotFound, Refused

router = CommandRouter(tags=["deliveries"])


class MessageTooOld(Refused):
    """It is news no longer, or what filled its text is gone."""

    code = "message_too_old"
    zh = "这条消息已超过可重发的时间，请改为电话告知当事人。"
    en = "The message is too old to be sent again. Phone the person instead."


class StillUnreachable(Refused):
    """What made it fail still holds; `reason` says what."""

    code = "still_unreachable"
    zh = "现在仍发不出去（号码、同意或当日条数未变），请先更正资料，或改为电话告知。"
    en = "It still cannot be sent (number, consent or the day's limit). Mend that first, or phone."


class Resent(Response):
    """The message that takes the place of the failed one."""

    delivery_id: UUID


@router.post("/deliveries/{delivery_id}/resend")
async def post_resend(delivery_id: UUID, cmd: Command) -> Resent:
    """Send a failed text message again."""
    async with cmd.transaction() as tx:
        return tx.answer(await resend_message(delivery_id, tx))


async def resend_message(delivery_id: UUID, tx: Tx) -> Resent:
    """A new message about the same fact; the failed one stays in the file and asks for no call any more."""
    stored = await load_message(tx, delivery_id)
    if stored is None or not may_see(tx.actor, stored.root["org"]):
        raise NotFound("delivery", delivery_id)
    if not may_resend(tx.actor, stored.root["org"]):
        raise NotAllowed
    done = sent_again(stored.delivery)
    template, fields = TEMPLATES.get(code_of(stored.root)), open_kept(stored.root, tx.cipher)
    too_late = tx.now - stored.root["queued_at"] > timedelta(days=RESEND_DAYS_MAX)
    if template is None or fields is None or too_late:
        raise MessageTooOld
    made = await _planned(tx, stored, template, fields)
    save_delivery(tx, stored, done)
    await tx.flush()
    again = add_again(tx, stored, fields, made.send_after)
    before = {"reason": stored.delivery.reason}
    tx.audit("message.resend", "delivery", delivery_id, before=before, after={"again": str(again)})
    return Resent(delivery_id=again)


async def _planned(tx: Tx, stored: Stored, template: Template, fields: dict[str, str]) -> Plan:
    """When it may leave, in the person's quiet hours and daily limit as for any other message."""
    who = stored.delivery.recipient_id
    contact = (await load_contacts(tx, [who])).get(who)
    planned = await load_planned(tx, [who], tx.now)
    made = plan(template, fields, contact, tx.now, planned[who])
    reason = NO_CONTACT if contact is None else made.reason
    if reason or made.channel is not Channel.SMS:
        raise StillUnreachable(reason=reason or made.channel.value)
    return made
