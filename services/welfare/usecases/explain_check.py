"""A person judges what a check found: a reviewer believes a written explanation, a supervisor allows a second grant."""

from uuid import UUID

from pydantic import Field

from services.welfare.domain.application_state import FINAL, Act, NotThisStep
from services.welfare.domain.dossier import Doing, Dossier, explained
from services.welfare.domain.permissions import may_explain
from services.welfare.store import facts
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["applications"])
REASON_MAX = 500


class ExplainCheck(Request):
    """Which check, whether what it found is accepted, and why."""

    check: str
    accepted: bool
    reason: str = Field(max_length=REASON_MAX)


@router.post("/applications/{application_id}/explanations")
async def post_explanation(
    application_id: UUID, body: ExplainCheck, cmd: Command
) -> ApplicationChanged:
    """Put a judgement on record."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, None, cmd.if_match)
        return tx.answer(await explain_check(dossier, body, tx))


async def explain_check(dossier: Dossier, body: ExplainCheck, tx: Tx) -> ApplicationChanged:
    """The judgement counts from now on; the checks run again."""
    if not may_explain(tx.actor, body.check, dossier.application.org):
        raise NotAllowed
    if dossier.state in FINAL:
        raise NotThisStep(dossier.state, Act.CHECK)
    doing = Doing(tx.actor.id, tx.now, body.reason)
    after = explained(dossier, body.check, accepted=body.accepted, doing=doing)
    report = await check(tx, after)
    deed = Deed(f"check.explain.{body.check}", [facts.ran(after.application, report)], body.reason)
    await save_dossier(tx, dossier, after, deed)
    return changed(after, report)
