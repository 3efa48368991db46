"""The handler signs and passes the application to the reviewer."""

from uuid import UUID

from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Doing, Dossier, submitted
from services.welfare.domain.fact_sheet import require_clear
from services.welfare.store import facts
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx

router = CommandRouter(tags=["applications"])


class SubmitApplication(Request):
    """A remark for the reviewer."""

    note: str = ""


@router.post("/applications/{application_id}/submit")
async def post_submit(
    application_id: UUID, body: SubmitApplication, cmd: Command
) -> ApplicationChanged:
    """Pass it on."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.SUBMIT, cmd.if_match)
        return tx.answer(await submit_application(dossier, body, tx))


async def submit_application(
    dossier: Dossier, body: SubmitApplication, tx: Tx
) -> ApplicationChanged:
    """What the handler can cure is clear; the rest awaits the reviewer's judgement."""
    after = submitted(dossier, Doing(tx.actor.id, tx.now, body.note))
    report = await check(tx, after)
    require_clear(report, Act.SUBMIT)
    told = [facts.ran(after.application, report)]
    await save_dossier(tx, dossier, after, Deed("application.submit", told, body.note))
    return changed(after, report)
