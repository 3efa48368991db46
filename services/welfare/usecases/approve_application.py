"""The approver signs the exact content after the publicity; what was held in the budget is now owed, once for ever."""

from uuid import UUID

from pydantic import Field

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import Act, State
from services.welfare.domain.dossier import Doing, Dossier, approved, require_step
from services.welfare.domain.fact_sheet import require_clear
from services.welfare.store import facts, holds
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.payments import add_obligation
from services.welfare.store.reference import load_programme
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["applications"])
OPINION_MAX = 500


class ApproveApplication(Request):
    """The content the approver saw (its hash from the page), and an opinion."""

    content_hash: str = ""
    opinion: str = Field(default="", max_length=OPINION_MAX)


@router.post("/applications/{application_id}/approve")
async def post_approval(
    application_id: UUID, body: ApproveApplication, cmd: Command
) -> ApplicationChanged:
    """Approve."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.APPROVE, cmd.if_match)
        return tx.answer(await approve_application(dossier, body, tx))


async def approve_application(
    dossier: Dossier, body: ApproveApplication, tx: Tx
) -> ApplicationChanged:
    """Three different people signed, nobody objects, every check is clear, the money was held."""
    require_step(dossier, State.PUBLIC, Act.APPROVE)
    after = approved(
        dossier, Doing(tx.actor.id, tx.now, body.opinion), local_date(tx.now), body.content_hash
    )
    report = await check(tx, after, (Seat.APPROVER, tx.actor.id))
    require_clear(report, Act.APPROVE)
    application = after.application
    programme = await load_programme(tx, application.programme, application.year)
    await holds.post(tx, after)
    await add_obligation(tx, after, programme)
    told = [facts.ran(application, report), facts.approved(application)]
    await save_dossier(tx, dossier, after, Deed("application.approve", told, body.opinion))
    return changed(after, report)
