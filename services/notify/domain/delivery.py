"""One message to one person on its way: claimed, sent, delivered, failed, or nobody knows.

A message is claimed (and the claim committed) before the provider is called, with our delivery id as the
provider's idempotency key. A refusal that may pass is tried again after a growing pause; one that will not
pass, or too many tries, ends in a task to call the person.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.vocabulary.errors import Refused

TRIES_MAX = 12
"""With the growing pauses that is about five hours: an outage of the provider fills no list of call tasks."""
LEASE_S = 120
"""How long a claim holds; a worker that dies leaves an `unknown` message, not a lost one."""
BACK_OFF_S = 30
BACK_OFF_MAX_S = 3_600
SENT_AGAIN = "sent_again"
"""The reason of a failed message that a person sent again."""
RESEND_DAYS_MAX = 7
"""Later the news is old: the person is phoned instead."""
CALL_TASK_AUDIENCES = frozenset({"caller", "claimant", "beneficiary"})


class DeliveryState(StrEnum):
    """Where the message is."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class DeliveryAct(StrEnum):
    """What our worker, the provider or a person does."""

    CLAIM = "claim"
    SEND = "send"
    RETRY = "retry"
    LOSE_ANSWER = "lose_answer"
    CONFIRM = "confirm"
    FAIL = "fail"
    RESEND = "resend"
    CANCEL = "cancel"


class Answer(StrEnum):
    """What came back from the provider."""

    TAKEN = "taken"
    TRY_LATER = "try_later"
    REFUSED = "refused"
    LOST = "lost"


class Receipt(StrEnum):
    """The provider's later word about a message it took."""

    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"


FINAL = frozenset({DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.CANCELLED})


class DeliveryNotInThisState(Refused):
    """The act does not belong to the state of the message."""

    code = "delivery_not_in_this_state"
    zh = "这条消息当前不能这样处理，请刷新后查看最新状态。"
    en = "The message is not in a state for this. Refresh and look again."

    def __init__(self, state: DeliveryState, act: DeliveryAct) -> None:
        super().__init__(state=state.value, act=act.value)


class SentAgainAlready(Refused):
    """A colleague was faster; what counts is the newer message."""

    code = "sent_again_already"
    zh = "这条消息已经重发过，请看后一条的结果。"
    en = "The message was sent again already. See what became of the newer one."


@dataclass(frozen=True, slots=True)
class Delivery:
    """The aggregate. The text and the number are sealed elsewhere."""

    id: UUID
    template: str
    audience: str
    channel: str
    recipient_id: UUID
    send_after: datetime
    urgent: bool = False
    state: DeliveryState = DeliveryState.QUEUED
    tries: int = 0
    claimed_until: datetime | None = None
    reason: str = ""
    call_task: bool = False
    version: int = 0

    @property
    def provider_key(self) -> str:
        """The same for every try: the provider takes a message once."""
        return self.id.hex

    def is_due(self, now: datetime) -> bool:
        """Whether a worker may claim it: queued and its time has come, or left behind by a dead worker."""
        if self.state in {DeliveryState.QUEUED, DeliveryState.UNKNOWN}:
            return self.send_after <= now
        lapsed = self.claimed_until is not None and self.claimed_until <= now
        return self.state is DeliveryState.CLAIMED and lapsed


def next_delivery_state(state: DeliveryState, act: DeliveryAct) -> DeliveryState:  # noqa: C901 - the whole table
    """The state an act leads to; everything not listed is refused.

    Claiming an unknown or lapsed message again is safe: the provider knows the key. A receipt may overtake
    our own record of the answer, so it counts from every state after the claim.
    """
    match state, act:
        case (
            (DeliveryState.QUEUED | DeliveryState.UNKNOWN | DeliveryState.CLAIMED),
            DeliveryAct.CLAIM,
        ):
            return DeliveryState.CLAIMED
        case DeliveryState.CLAIMED, DeliveryAct.SEND:
            return DeliveryState.SENT
        case DeliveryState.CLAIMED, DeliveryAct.RETRY:
            return DeliveryState.QUEUED
        case DeliveryState.CLAIMED, DeliveryAct.LOSE_ANSWER:
            return DeliveryState.UNKNOWN
        case (
            (
                DeliveryState.CLAIMED
                | DeliveryState.SENT
                | DeliveryState.UNKNOWN
                | DeliveryState.QUEUED
            ),
            (DeliveryAct.CONFIRM | DeliveryAct.FAIL),
        ):
            return DeliveryState.DELIVERED if act is DeliveryAct.CONFIRM else DeliveryState.FAILED
        case DeliveryState.FAILED, DeliveryAct.CONFIRM:
            return DeliveryState.DELIVERED
        case DeliveryState.DELIVERED, (DeliveryAct.CONFIRM | DeliveryAct.FAIL):
            return DeliveryState.DELIVERED
        case DeliveryState.FAILED, DeliveryAct.FAIL:
            return DeliveryState.FAILED
        case DeliveryState.FAILED, DeliveryAct.RESEND:
            return DeliveryState.FAILED
        case DeliveryState.QUEUED, DeliveryAct.CANCEL:
            return DeliveryState.CANCELLED
        case _:
            raise DeliveryNotInThisState(state, act)


def claim(delivery: Delivery, now: datetime) -> Delivery:
    """The message in the hands of one worker for the time of the lease; every claim is a try."""
    return replace(
        delivery,
        state=next_delivery_state(delivery.state, DeliveryAct.CLAIM),
        tries=delivery.tries + 1,
        claimed_until=now + timedelta(seconds=LEASE_S),
    )


def record(delivery: Delivery, answer: Answer, now: datetime, *, reason: str = "") -> Delivery:
    """The message after the provider's answer, or after none came; a receipt may have been faster."""
    if delivery.state in FINAL:
        return delivery
    match answer:
        case Answer.TAKEN:
            return _moved(delivery, DeliveryAct.SEND)
        case Answer.REFUSED:
            return fail(delivery, reason)
        case Answer.TRY_LATER | Answer.LOST if delivery.tries >= TRIES_MAX:
            return fail(delivery, reason or "tries_exhausted")
        case Answer.TRY_LATER:
            later = _moved(delivery, DeliveryAct.RETRY)
        case Answer.LOST:
            later = _moved(delivery, DeliveryAct.LOSE_ANSWER)
    return replace(later, send_after=now + back_off(delivery.tries), reason=reason)


def receive(delivery: Delivery, receipt: Receipt, *, reason: str = "") -> Delivery:
    """The message after the provider's receipt, which may come twice or early."""
    if receipt is Receipt.DELIVERED:
        arrived = _moved(delivery, DeliveryAct.CONFIRM)
        return replace(arrived, call_task=False, reason="")
    return fail(delivery, reason)


def fail(delivery: Delivery, reason: str) -> Delivery:
    """The message will not arrive; who is not of the staff is called instead."""
    failed = _moved(delivery, DeliveryAct.FAIL)
    if failed.state is not DeliveryState.FAILED or delivery.state is DeliveryState.FAILED:
        return failed
    return replace(failed, reason=reason, call_task=delivery.audience in CALL_TASK_AUDIENCES)


def sent_again(delivery: Delivery) -> Delivery:
    """A failed message whose place a new one takes: the provider takes an id once, so it stays failed.

    Nobody is called because of it any more; of the new one, if that fails too.
    """
    state = next_delivery_state(delivery.state, DeliveryAct.RESEND)
    if delivery.reason == SENT_AGAIN:
        raise SentAgainAlready
    return replace(delivery, state=state, call_task=False, reason=SENT_AGAIN)


def back_off(tries: int) -> timedelta:
    """The pause before the next try: doubled each time, up to an hour."""
    return timedelta(seconds=min(BACK_OFF_MAX_S, BACK_OFF_S * 2 ** max(0, tries - 1)))


def _moved(delivery: Delivery, act: DeliveryAct) -> Delivery:
    return replace(delivery, state=next_delivery_state(delivery.state, act), claimed_until=None)
