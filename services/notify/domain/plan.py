"""How one person is told one thing: by which channel, when at the earliest, or why not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.audience import SAID_ANYWAY, channel_for
from services.notify.domain.contact import Contact
from services.notify.domain.delivery import CALL_TASK_AUDIENCES
from services.notify.domain.quiet_hours import send_after
from services.notify.domain.templates import Channel, FieldTooLong, MissingField, Template, render

ERASED = "erased"
NO_CONTACT = "no_contact"
NOT_WANTED = frozenset({"no_consent", "no_mobile"})


@dataclass(frozen=True, slots=True)
class Plan:
    """`reason` says why a message cannot be sent; `waits` that the person is not known yet."""

    channel: Channel
    send_after: datetime
    reason: str = ""
    call_task: bool = False
    waits: bool = False


def plan(
    template: Template,
    fields: Mapping[str, str],
    contact: Contact | None,
    now: datetime,
    planned: Collection[datetime],
) -> Plan:
    """What to do with a message; `planned` are the moments of the person's other messages."""
    if template.channel is Channel.IN_APP:
        return Plan(Channel.IN_APP, now)
    if reason := unsendable(template, fields, contact):
        return failing(template, reason, now)
    if contact is not None and _channel(template, contact) is Channel.IN_APP:
        return Plan(Channel.IN_APP, now)
    moment = send_after(now, urgent=template.urgent, planned=planned)
    if moment is None:
        return failing(template, "too_many_messages", now)
    return Plan(Channel.SMS, moment, waits=contact is None)


def failing(template: Template, reason: str, now: datetime) -> Plan:
    """A message that cannot be sent: who is not of the staff is phoned, unless it is said on the phone anyway."""
    silent = reason == ERASED or (reason in NOT_WANTED and template.code in SAID_ANYWAY)
    call = not silent and template.audience in CALL_TASK_AUDIENCES
    return Plan(Channel.SMS, now, reason, call_task=call)


def unsendable(template: Template, fields: Mapping[str, str], contact: Contact | None) -> str:
    """Why a text message cannot go to the person; empty when it can, or when the person is not known yet."""
    try:
        render(template, fields)
    except (MissingField, FieldTooLong) as refusal:
        return refusal.code
    if contact is None:
        return ""
    if contact.erased:
        return ERASED
    if _channel(template, contact) is not None:
        return ""
    return "no_consent" if contact.mobile else "no_mobile"


def _channel(template: Template, contact: Contact) -> Channel | None:
    return channel_for(
        template, phone_known=contact.mobile is not None, sms_consent=contact.sms_consent
    )
