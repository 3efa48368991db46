"""An application is sent back to be completed, rejected, or withdrawn; what it held goes back to the budget."""

from uuid import UUID

from pydantic import Field

from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Doing, Dossier, given_up
from services.welfare.store import facts, holds
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.files import remove_publicity
from shared.contracts.base import Event
from shared.contracts.welfare import ApplicationRejected
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx

router = CommandRouter(tags=["applications"])
REASON_MAX = 500
OUTCOMES = {Act.REJECT: "rejected", Act.WITHDRAW: "withdrawn"}


class GiveUp(Request):
    """Why; the applicant is told. `code` is the reason's code for statistics."""

    reason: str = Field(default="", max_length=REASON_MAX)
    code: str = Field(default="other", max_length=40, pattern=r"^[a-z_]+$")


@router.post("/applications/{application_id}/send-back")
async def post_send_back(application_id: UUID, body: GiveUp, cmd: Command) -> ApplicationChanged:
    """Back to the officer, to be completed."""
    return await _post(application_id, Act.SEND_BACK, body, cmd)


@router.post("/applications/{application_id}/reject")
async def post_reject(application_id: UUID, body: GiveUp, cmd: Command) -> ApplicationChanged:
    """No aid, with the reason."""
    return await _post(application_id, Act.REJECT, body, cmd)


@router.post("/applications/{application_id}/withdraw")
async def post_withdraw(application_id: UUID, body: GiveUp, cmd: Command) -> ApplicationChanged:
    """The applicant takes it back."""
    return await _post(application_id, Act.WITHDRAW, body, cmd)


async def _post(application_id: UUID, act: Act, body: GiveUp, cmd: Command) -> ApplicationChanged:
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, act, cmd.if_match)
        return tx.answer(await give_up(dossier, act, body, tx))


async def give_up(dossier: Dossier, act: Act, body: GiveUp, tx: Tx) -> ApplicationChanged:
    """Whatever was held is free again in the same transaction."""
    after = given_up(dossier, act, Doing(tx.actor.id, tx.now, body.reason))
    told: list[Event] = list(await holds.release(tx, after))
    application = after.application
    if act is Act.REJECT:
        told.append(
            ApplicationRejected(
                application_id=application.id, case_id=application.case_id, reason=body.code
            )
        )
    if act in OUTCOMES:
        told.append(facts.closed(application, OUTCOMES[act], paid_fen=0))
    if dossier.application.publicity is not None:
        remove_publicity(tx, after)
    await save_dossier(tx, dossier, after, Deed(f"application.{act.value}", told, body.reason))
    return changed(after)
