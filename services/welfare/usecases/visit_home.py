"""The officer records the home visit; the household's hardship file is opened or re-checked by it."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Doing, Dossier, Visit, visited
from services.welfare.store import facts
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.files import save_file
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import FieldError, Invalid

router = CommandRouter(tags=["applications"])
REPORT_MAX = 2_000


class VisitHome(Request):
    """When, with whom, what was seen."""

    visited_on: date
    companion: str = Field(min_length=1, max_length=40)
    report: str = Field(min_length=1, max_length=REPORT_MAX)


@router.post("/applications/{application_id}/visit")
async def post_visit(application_id: UUID, body: VisitHome, cmd: Command) -> ApplicationChanged:
    """Record the visit."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.VISIT, cmd.if_match)
        return tx.answer(await visit_home(dossier, body, tx))


async def visit_home(dossier: Dossier, body: VisitHome, tx: Tx) -> ApplicationChanged:
    """Visits lie between the application and today."""
    if not local_date(dossier.opened_at) <= body.visited_on <= local_date(tx.now):
        raise Invalid(
            FieldError(
                "visited_on",
                "visit_day",
                "入户日期应在申请之后、今天或以前，请核对。",
                "The visit lies after the application and not in the future. Check the day.",
            )
        )
    visit = Visit(body.visited_on, body.companion, body.report)
    after = visited(dossier, visit, Doing(tx.actor.id, tx.now))
    save_file(tx, after)
    await tx.flush()
    report = await check(tx, after)
    told = [facts.ran(after.application, report)]
    await save_dossier(tx, dossier, after, Deed("application.visit", told))
    return changed(after, report)
