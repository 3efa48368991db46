"""The officer signs the first review; from now on the amount is held in the budget."""

from uuid import UUID

from services.welfare.domain.application import NotFilledIn, Seat
from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Doing, Dossier, signed
from services.welfare.domain.fact_sheet import require_clear
from services.welfare.store import facts, holds
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx

router = CommandRouter(tags=["applications"])


class ReviewFirst(Request):
    """A remark for the file."""

    note: str = ""


@router.post("/applications/{application_id}/first-review")
async def post_first_review(
    application_id: UUID, body: ReviewFirst, cmd: Command
) -> ApplicationChanged:
    """Sign the first review."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.REVIEW_FIRST, cmd.if_match)
        return tx.answer(await review_first(dossier, body, tx))


async def review_first(dossier: Dossier, body: ReviewFirst, tx: Tx) -> ApplicationChanged:
    """The checks the handler can cure are clear, the money is there and held."""
    if dossier.form is None:
        raise NotFilledIn
    after = signed(dossier, Act.REVIEW_FIRST, Doing(tx.actor.id, tx.now, body.note))
    report = await check(tx, after, (Seat.HANDLER, tx.actor.id))
    require_clear(report, Act.REVIEW_FIRST)
    money = await holds.reserve(tx, after)
    told = [facts.ran(after.application, report), *money]
    await save_dossier(tx, dossier, after, Deed("application.first_review", told, body.note))
    return changed(after, report)
