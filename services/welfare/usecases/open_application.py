"""An application for aid is opened: the caller asked for it, a mediator saw hardship, or an officer writes it down."""

from uuid import UUID

from services.welfare.domain.application import Application
from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.permissions import may_do
from services.welfare.store.dossiers import add_dossier, find_application
from services.welfare.store.people import CaseRef, load_case_ref, save_case
from services.welfare.store.reference import has_programme, load_programme
from services.welfare.store.serials import take_number
from shared.contracts.intake import CaseRegistered
from shared.contracts.mediation import HardshipFlagged
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed, Refused
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["applications"])
USUAL_PROGRAMME = "living"
"""What an unknown programme is opened under; the officer chooses the right one with the form."""


class CaseUnknown(Refused):
    """Aid is given in a case that intake has told of: else nobody would ever answer for the application."""

    code = "case_unknown"
    zh = "帮扶系统里没有这件工单。刚登记的工单请稍候片刻再试；否则请核对工单编号。"
    en = "No such case is known here. Wait a moment if it was just registered, else check its number."


class OpenApplication(Request):
    """The case and person it is for."""

    case_id: UUID
    party_id: UUID
    programme: str


class Opened(Response):
    """The application that now exists."""

    application_id: UUID
    application_no: str


@router.post("/applications", status_code=201)
async def post_application(body: OpenApplication, cmd: Command) -> Opened:
    """An officer opens an application in a case."""
    async with cmd.transaction() as tx:
        if not may_do(tx.actor, Act.FILL, tx.actor.org):
            raise NotAllowed
        await load_programme(tx, body.programme, local_date(tx.now).year)
        case = await load_case_ref(tx, body.case_id)
        if case is None:
            raise CaseUnknown
        place = CaseRef("", tx.actor.org, case.region)
        dossier = await _open(tx, body, place, "officer")
        return tx.answer(
            Opened(application_id=dossier.application.id, application_no=dossier.application.number)
        )


async def open_for_case(event: CaseRegistered, tx: Tx) -> None:
    """The caller asked for aid. Every case is noted, so that its number can be shown later."""
    case = CaseRef(event.case_number, event.org, event.region)
    save_case(tx, event.case_id, case)
    if event.aid_programme is None:
        return
    asked = OpenApplication(
        case_id=event.case_id, party_id=event.caller_id, programme=event.aid_programme
    )
    await _open_once(tx, asked, case, "caller")


async def open_for_hardship(event: HardshipFlagged, tx: Tx) -> None:
    """The mediator saw that a claimant is in hardship."""
    asked = OpenApplication(
        case_id=event.case_id, party_id=event.party_id, programme=event.programme
    )
    await _open_once(tx, asked, CaseRef("", event.org, event.region), "mediator")


async def _open_once(tx: Tx, asked: OpenApplication, place: CaseRef, origin: str) -> None:
    """A case that asks and a mediator who flags the same need open one application, whoever comes first."""
    year = local_date(tx.now).year
    known = await has_programme(tx, asked.programme, year)
    programme = asked.programme if known else USUAL_PROGRAMME
    if await find_application(tx, asked.case_id, asked.party_id, programme) is None:
        await _open(tx, asked.model_copy(update={"programme": programme}), place, origin)


async def _open(tx: Tx, asked: OpenApplication, place: CaseRef, origin: str) -> Dossier:
    today = local_date(tx.now)
    programme = await load_programme(tx, asked.programme, today.year)
    application = Application(
        id=new_id(),
        case_id=asked.case_id,
        number=await take_number(tx, today),
        party_id=asked.party_id,
        programme=programme.code,
        year=programme.year,
        org=place.org,
    )
    dossier = Dossier(application, place.region, origin, opened_at=tx.now, moved_at=tx.now)
    await add_dossier(tx, dossier, programme)
    return dossier
