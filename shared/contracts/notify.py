"""What notify tells: what was to be said to whom, and what became of it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


class DeliveryEvent(Event, frozen=True, kw_only=True):
    """A fact about one message to one person."""

    topic: ClassVar[str] = "notify.deliveries"
    about: ClassVar[str] = "delivery_id"
    delivery_id: UUID
    case_id: UUID
    cause_id: UUID
    """The event that made the message necessary: the message hangs on that fact in the timeline."""


class MessageQueued(DeliveryEvent, frozen=True, kw_only=True):
    """A message waits to be sent, at the earliest at `send_after` (quiet hours)."""

    name: ClassVar[str] = "notify.message_queued"
    template: str
    channel: str
    audience: str
    recipient_id: UUID
    send_after: datetime


class MessagePosted(DeliveryEvent, frozen=True, kw_only=True):
    """An in-app message for a member of staff."""

    name: ClassVar[str] = "notify.message_posted"
    template: str
    audience: str
    recipient_id: UUID


class MessageSent(DeliveryEvent, frozen=True, kw_only=True):
    """The provider took the message."""

    name: ClassVar[str] = "notify.message_sent"
    provider: str
    attempt: int


class MessageDelivered(DeliveryEvent, frozen=True, kw_only=True):
    """The provider's receipt says that it arrived."""

    name: ClassVar[str] = "notify.message_delivered"


class MessageFailed(DeliveryEvent, frozen=True, kw_only=True):
    """The message will not arrive; somebody has to call (a task for the operators)."""

    name: ClassVar[str] = "notify.message_failed"
    reason: str
    call_task: bool
