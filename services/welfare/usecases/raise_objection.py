"""Somebody objects to an application on the public list; the officer writes it down and the approval waits."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.welfare.domain.application_state import Act, State
from services.welfare.domain.dossier import Doing, Dossier, objected, require_step
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.objections import Raised, add_objection
from shared.contracts.welfare import ObjectionRaised
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["objections"])
TEXT_MAX = 2_000


class RaiseObjection(Request):
    """How it came and what it says; names are personal and stay sealed."""

    channel: Literal["phone", "letter", "visit", "web"]
    text: str = Field(min_length=1, max_length=TEXT_MAX)


@router.post("/applications/{application_id}/objections", status_code=201)
async def post_objection(
    application_id: UUID, body: RaiseObjection, cmd: Command
) -> ApplicationChanged:
    """Write an objection down."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id)
        return tx.answer(await raise_objection(dossier, body, tx))


async def raise_objection(dossier: Dossier, body: RaiseObjection, tx: Tx) -> ApplicationChanged:
    """Any of welfare's people may take an objection; it counts while the list is public."""
    require_step(dossier, State.PUBLIC, Act.APPROVE)
    raised = Raised(new_id(), body.channel, body.text)
    doing = Doing(tx.actor.id, tx.now)
    after = objected(dossier, raised.id, local_date(tx.now), doing)
    add_objection(tx, after.application.id, raised)
    told = ObjectionRaised(
        application_id=after.application.id,
        case_id=after.application.case_id,
        objection_id=raised.id,
    )
    await save_dossier(tx, dossier, after, Deed("objection.raise", [told]))
    return changed(after)
