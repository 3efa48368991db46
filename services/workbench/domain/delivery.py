"""One message to one person and what became of it, folded from what notify tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.workbench.domain.fact import Fact, put

IN_APP = "in_app"
SENT_AGAIN = "sent_again"
"""The reason of a failed message whose place a newer one took."""


@dataclass(slots=True)
class Delivery:
    """A message; it hangs on the fact that made it necessary (`cause_id`)."""

    delivery_id: UUID
    case_id: UUID
    cause_id: UUID
    version: int = 0
    template: str | None = None
    channel: str | None = None
    audience: str | None = None
    recipient_id: UUID | None = None
    state: str = "queued"
    """`queued`, `sent`, `delivered`, `failed`; `posted` for a message inside the workbench."""
    send_after: datetime | None = None
    reason: str | None = None
    call_task: bool = False
    told_at: datetime | None = None
    """When the message was queued or posted."""
    state_at: datetime | None = None


def fold_delivery(before: Delivery, fact: Fact) -> Delivery:
    """The message after one more fact."""
    act = _FOLDS.get(fact.name)
    return put(act(before, fact) if act else before, version=fact.number)


def _queued(before: Delivery, fact: Fact) -> Delivery:
    told = fact.body
    return put(
        before,
        template=told.template,
        channel=told.channel,
        audience=told.audience,
        recipient_id=told.recipient_id,
        send_after=told.send_after,
        told_at=fact.at,
        state_at=fact.at,
    )


def _posted(before: Delivery, fact: Fact) -> Delivery:
    told = fact.body
    return put(
        before,
        template=told.template,
        channel=IN_APP,
        audience=told.audience,
        recipient_id=told.recipient_id,
        state="posted",
        told_at=fact.at,
        state_at=fact.at,
    )


def _state(state: str) -> Callable[[Delivery, Fact], Delivery]:
    return lambda before, fact: put(before, state=state, state_at=fact.at)


def _failed(before: Delivery, fact: Fact) -> Delivery:
    told = fact.body
    return put(
        before, state="failed", reason=told.reason, call_task=told.call_task, state_at=fact.at
    )


_FOLDS: dict[str, Callable[[Delivery, Fact], Delivery]] = {
    "notify.message_queued": _queued,
    "notify.message_posted": _posted,
    "notify.message_sent": _state("sent"),
    "notify.message_delivered": _state("delivered"),
    "notify.message_failed": _failed,
}
