"""Messages whose time has come leave the house: claim, commit, call the provider, record each answer.

The provider is called with our delivery id, so a repetition after a crash or a lost answer sends nothing twice.
"""

import asyncio
from dataclasses import dataclass, replace

import msgspec

from services.notify.domain.contact import Contact
from services.notify.domain.delivery import Answer, Delivery, claim, fail, record
from services.notify.domain.messages import TEMPLATES
from services.notify.domain.plan import NO_CONTACT, failing, unsendable
from services.notify.domain.templates import render
from services.notify.gateways.sms import PROVIDER, SmsGateway, gateway_of
from services.notify.gateways.throttle import Throttle
from services.notify.store.contacts import load_contacts
from services.notify.store.deliveries import (
    Stored,
    claim_due,
    load_message,
    open_content,
    open_fields,
    save_claims,
    save_delivery,
)
from shared.kernel.context import Context
from shared.kernel.failpoint import failpoint
from shared.kernel.transaction import Tx
from shared.vocabulary.people import SYSTEM

SMS_BATCH_MAX = 50
CALLS_AT_ONCE_MAX = 10
BATCHES_PER_RUN_MAX = 20


class Content(msgspec.Struct, frozen=True):
    """What the provider is given; the same for every try of a message."""

    phone: str
    text: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message in our hands."""

    delivery: Delivery
    content: Content


_throttles: dict[str | None, Throttle] = {}


async def send_due(context: Context) -> None:
    """Batch after batch until nothing is due or the provider's limit is reached."""
    gateway, throttle = gateway_of(context), _throttle_of(context)
    at_once = asyncio.Semaphore(CALLS_AT_ONCE_MAX)
    for _ in range(BATCHES_PER_RUN_MAX):
        limit = min(SMS_BATCH_MAX, await throttle.room(PROVIDER))
        if limit == 0:
            return
        async with context.db.transaction(actor=SYSTEM) as tx:
            batch = await claim_batch(tx, limit)
        await throttle.took(PROVIDER, len(batch))
        async with asyncio.TaskGroup() as calls:
            for one in batch:
                calls.create_task(_send(context, gateway, one, at_once))
        if len(batch) < limit:
            return


async def claim_batch(tx: Tx, limit: int) -> list[Claimed]:
    """Due messages for this worker alone; the first claim fixes number and text, or finds that nobody can be texted."""
    due = await claim_due(tx, limit)
    contacts = await load_contacts(tx, {one.delivery.recipient_id for one in due})
    claimed: list[tuple[Stored, Delivery, str]] = []
    for one in due:
        said, reason = _content(tx, one, contacts.get(one.delivery.recipient_id))
        if said is None:
            _give_up(tx, one, reason)
            await tx.flush()
        else:
            claimed.append((one, claim(one.delivery, tx.now), said))
    save_claims(tx, claimed)
    return [Claimed(after, msgspec.json.decode(said, type=Content)) for _, after, said in claimed]


def _content(tx: Tx, one: Stored, contact: Contact | None) -> tuple[str | None, str]:
    """What the provider is given, or why nothing: consent or number may have gone since the message was queued."""
    if one.queued is None or contact is None:
        return None, NO_CONTACT
    template = TEMPLATES[one.queued["template"]]
    fields = open_fields(one.queued, tx.cipher)
    reason = unsendable(template, fields, contact)
    if reason or contact.mobile is None:
        return None, reason or "no_mobile"
    if said := open_content(one.queued, tx.cipher):
        return said, ""
    made = Content(contact.mobile, render(template, fields, contact.language))
    return msgspec.json.encode(made).decode(), ""


def _give_up(tx: Tx, one: Stored, reason: str) -> None:
    template = TEMPLATES[one.root["template"].partition("@")[0]]
    call_task = failing(template, reason, tx.now).call_task
    save_delivery(tx, one, replace(fail(one.delivery, reason), call_task=call_task))


async def _send(
    context: Context, gateway: SmsGateway, one: Claimed, at_once: asyncio.Semaphore
) -> None:
    async with at_once:
        failpoint("send_due.before_call")
        said = one.content
        answer, reason = await gateway.send(one.delivery.provider_key, said.phone, said.text)
        failpoint("send_due.after_call")
        async with context.db.transaction(actor=SYSTEM) as tx:
            await record_answer(tx, one.delivery, answer, reason)


async def record_answer(tx: Tx, claimed: Delivery, answer: Answer, reason: str) -> None:
    """Write down what the provider said, unless a receipt, an erasure or another worker was faster."""
    stored = await load_message(tx, claimed.id)
    if stored is None or stored.delivery != claimed:
        return
    after = record(stored.delivery, answer, tx.now, reason=reason)
    save_delivery(tx, stored, after, provider=PROVIDER)


def _throttle_of(context: Context) -> Throttle:
    """One per process and Redis; made when it is first needed."""
    redis = context.settings.redis_url
    url = redis.get_secret_value() if redis else None
    if url not in _throttles:
        _throttles[url] = Throttle(url)
    return _throttles[url]
