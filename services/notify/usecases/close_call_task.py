"""An operator phoned the person whom a message did not reach."""

from dataclasses import replace
from enum import StrEnum
from uuid import UUID

from services.notify.domain.permissions import may_resend, may_see
from services.notify.store.deliveries import load_message, save_delivery
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed, NotFound, Refused

router = CommandRouter(tags=["call-tasks"])


class Outcome(StrEnum):
    """How the call went."""

    TOLD = "told_by_phone"
    NOT_REACHED = "not_reached_by_phone"


class NoCallTask(Refused):
    """Nobody has to be called because of this message, or somebody did."""

    code = "no_call_task"
    zh = "这条消息没有待打的电话，可能同事已经处理。请刷新列表。"
    en = "No call is due for this message; a colleague may have made it. Refresh the list."


class CloseCallTask(Request):
    """What came of the call."""

    outcome: Outcome


class CallTaskClosed(Response):
    """The task has left the list."""

    delivery_id: UUID


@router.post("/call-tasks/{delivery_id}/done")
async def post_done(delivery_id: UUID, body: CloseCallTask, cmd: Command) -> CallTaskClosed:
    """Say how the call went."""
    async with cmd.transaction() as tx:
        return tx.answer(await close_call_task(delivery_id, body, tx))


async def close_call_task(delivery_id: UUID, body: CloseCallTask, tx: Tx) -> CallTaskClosed:
    """The message stays failed; the task is done and the file says by whom."""
    stored = await load_message(tx, delivery_id)
    if stored is None or not may_see(tx.actor, stored.root["org"]):
        raise NotFound("call_task", delivery_id)
    if not may_resend(tx.actor, stored.root["org"]):
        raise NotAllowed
    if not stored.delivery.call_task:
        raise NoCallTask
    done = replace(stored.delivery, call_task=False, reason=body.outcome.value)
    save_delivery(tx, stored, done)
    before = {"reason": stored.delivery.reason}
    tx.audit(
        "call_task.done", "delivery", delivery_id, before=before, after={"reason": done.reason}
    )
    return CallTaskClosed(delivery_id=delivery_id)
