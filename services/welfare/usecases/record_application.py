"""The paid application is filed; nothing is left to do."""

from uuid import UUID

from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Doing, Dossier, recorded
from services.welfare.store import facts
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.payments import load_obligation
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx

router = CommandRouter(tags=["applications"])
OUTCOME = "paid"


class RecordApplication(Request):
    """A remark for the file."""

    note: str = ""


@router.post("/applications/{application_id}/record")
async def post_record(
    application_id: UUID, body: RecordApplication, cmd: Command
) -> ApplicationChanged:
    """File it."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.RECORD, cmd.if_match)
        return tx.answer(await record_application(dossier, body, tx))


async def record_application(
    dossier: Dossier, body: RecordApplication, tx: Tx
) -> ApplicationChanged:
    """What arrived is what was owed, and the case may end."""
    after = recorded(dossier, Doing(tx.actor.id, tx.now, body.note))
    paid = (await load_obligation(tx, after.application.id)).paid_fen
    told = [facts.closed(after.application, OUTCOME, paid)]
    await save_dossier(tx, dossier, after, Deed("application.record", told, body.note))
    return changed(after)
