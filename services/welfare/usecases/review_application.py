"""The reviewer passes the application; the masked list is public from now on, until the end of its last day."""

from uuid import UUID

from pydantic import Field

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import Act, State
from services.welfare.domain.dossier import Doing, Dossier, published, require_step
from services.welfare.domain.fact_sheet import require_class, require_clear
from services.welfare.domain.publicity import start
from services.welfare.store import facts
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.counting import check
from services.welfare.store.dossiers import PUBLICITY_OVER, Deed, load_dossier, save_dossier
from services.welfare.store.files import save_publicity
from services.welfare.store.reference import load_calendar, load_programme
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import end_of_day, local_date

router = CommandRouter(tags=["applications"])
OPINION_MAX = 500


class ReviewApplication(Request):
    """The reviewer's opinion."""

    opinion: str = Field(default="", max_length=OPINION_MAX)


@router.post("/applications/{application_id}/review")
async def post_review(
    application_id: UUID, body: ReviewApplication, cmd: Command
) -> ApplicationChanged:
    """Pass and publish."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.CHECK, cmd.if_match)
        return tx.answer(await review_application(dossier, body, tx))


async def review_application(
    dossier: Dossier, body: ReviewApplication, tx: Tx
) -> ApplicationChanged:
    """Every check is clear or judged, the class fits the programme; the timer wakes at the list's end."""
    require_step(dossier, State.SUBMITTED, Act.CHECK)
    application = dossier.application
    programme = await load_programme(tx, application.programme, application.year)
    report = await check(tx, dossier, (Seat.REVIEWER, tx.actor.id))
    require_clear(report, Act.CHECK)
    require_class(dossier, programme)
    calendar = await load_calendar(tx)
    publicity = start(local_date(tx.now), programme.publicity_workdays, calendar)
    after = published(dossier, publicity, Doing(tx.actor.id, tx.now, body.opinion))
    save_publicity(tx, after)
    tx.timer(PUBLICITY_OVER, application.id, end_of_day(publicity.ends_on))
    told = [
        facts.ran(after.application, report),
        facts.published(after.application, publicity),
    ]
    deed = Deed("application.review", told, body.opinion, via=[State.CHECKED])
    await save_dossier(tx, dossier, after, deed)
    return changed(after, report)
