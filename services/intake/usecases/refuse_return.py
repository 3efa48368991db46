"""The dispatcher does not agree that a unit returns a case (退单不同意): the unit signs for it after all (rule 40)."""

from uuid import UUID

from services.intake.domain.case_state import Act
from services.intake.domain.dispatching import keep
from services.intake.domain.permissions import may_decide
from services.intake.domain.sla import sign_due
from services.intake.store.answers import ActForm, CaseMoved, moved, require_note
from services.intake.store.cases import load_case, save_case
from services.intake.store.course import RETURN_DECISION, await_signature
from services.intake.store.notes import Note, add_note
from services.intake.store.reference import load_reference
from shared.contracts.intake import ReturnRefused
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.people import Role

router = CommandRouter(tags=["cases"])


class RefuseReturn(ActForm):
    """Why the case is the unit's."""

    note: str = ""


@router.post("/cases/{case_id}/keep")
async def post_keep(case_id: UUID, form: RefuseReturn, cmd: Command) -> CaseMoved:
    """Leave the case with its unit."""
    async with cmd.transaction() as tx:
        return tx.answer(await refuse_return(case_id, form, tx, cmd.if_match))


async def refuse_return(
    case_id: UUID, form: RefuseReturn, tx: Tx, if_match: int | None
) -> CaseMoved:
    """Not by whoever asked for it; after the third return by a supervisor."""
    require_note(form.note, required=True)
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_case(tx, case_id, if_match)
    if not may_decide(tx.actor, Act.KEEP, stored.case.org, stored.row["operator_org"]):
        raise NotAllowed
    case = keep(stored.case, tx.actor.id, supervisor=tx.actor.has(Role.SUPERVISOR))
    due = sign_due(case.urgency, tx.now, rules.sla, rules.calendar)
    tx.cancel_timer(RETURN_DECISION, case_id)
    await_signature(tx, case, due)
    fact = ReturnRefused(case_id=case_id, refused_by=tx.actor.id, sign_due=due)
    save_case(tx, case, add_note(tx, case_id, Note(form.note)), fact, returned_by=None)
    after = {"org": case.org, "times": case.returns}
    tx.audit("case.keep", "case", case_id, before={"state": stored.case.state.value}, after=after)
    return moved(case)
