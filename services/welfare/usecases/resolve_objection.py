"""A reviewer or supervisor looked into an objection and records what was found."""

from uuid import UUID

from pydantic import Field

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import Act, State
from services.welfare.domain.dossier import Doing, Dossier, objection_resolved, require_step
from services.welfare.domain.permissions import may_resolve_objection
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.objections import save_finding
from shared.contracts.welfare import ObjectionResolved
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["objections"])
FINDING_MAX = 2_000


class ResolveObjection(Request):
    """Whether the objection is right, and what was found."""

    upheld: bool
    finding: str = Field(min_length=1, max_length=FINDING_MAX)


@router.post("/applications/{application_id}/objections/{objection_id}/resolve")
async def post_resolution(
    application_id: UUID, objection_id: UUID, body: ResolveObjection, cmd: Command
) -> ApplicationChanged:
    """Record the finding."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id)
        return tx.answer(await resolve_objection(dossier, objection_id, body, tx))


async def resolve_objection(
    dossier: Dossier, objection_id: UUID, body: ResolveObjection, tx: Tx
) -> ApplicationChanged:
    """Not by the handler: an upheld objection stops the approval until content or decision change."""
    application = dossier.application
    if not may_resolve_objection(tx.actor, application.org):
        raise NotAllowed
    if application.seat(Seat.HANDLER) == tx.actor.id:
        raise NotAllowed
    require_step(dossier, State.PUBLIC, Act.APPROVE)
    doing = Doing(tx.actor.id, tx.now, body.finding)
    after = objection_resolved(dossier, objection_id, upheld=body.upheld, doing=doing)
    save_finding(tx, objection_id, body.finding, upheld=body.upheld)
    told = ObjectionResolved(
        application_id=application.id,
        case_id=application.case_id,
        objection_id=objection_id,
        upheld=body.upheld,
    )
    await save_dossier(tx, dossier, after, Deed("objection.resolve", [told]))
    return changed(after)
