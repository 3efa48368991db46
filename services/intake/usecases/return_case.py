"""A unit says that a case is not its own (退单), with the reason; somebody else decides (rule 40)."""

from uuid import UUID

from services.intake.domain.case_state import Act
from services.intake.domain.dispatching import ReturnReason, give_back
from services.intake.domain.permissions import may_work
from services.intake.domain.sla import SIGN, morning_after
from services.intake.store.answers import ActForm, CaseMoved, chosen_reason, moved
from services.intake.store.cases import load_case, save_case
from services.intake.store.course import EXTENSION_DECISION, NOBODY_ASKS, RETURN_DECISION
from services.intake.store.notes import Note, add_note
from services.intake.store.reference import load_reference
from shared.contracts.intake import CaseReturned
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])
NO_REASON = ("请选择一项退单原因。", "Choose one of the reasons for returning a case.")


class ReturnCase(ActForm):
    """One of the reasons, and what exactly is wrong."""

    reason: str | None = None
    note: str = ""


@router.post("/cases/{case_id}/return")
async def post_return(case_id: UUID, form: ReturnCase, cmd: Command) -> CaseMoved:
    """Ask to be relieved of a case."""
    async with cmd.transaction() as tx:
        return tx.answer(await return_case(case_id, form, tx, cmd.if_match))


async def return_case(case_id: UUID, form: ReturnCase, tx: Tx, if_match: int | None) -> CaseMoved:
    """The unit keeps the case, and its clock runs, until the dispatcher decides; he is asked every working morning."""
    reason = chosen_reason(ReturnReason, form.reason, form.note, *NO_REASON)
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_case(tx, case_id, if_match)
    if not may_work(tx.actor, Act.RETURN, stored.case.org, at_hotline=stored.at_hotline):
        raise NotAllowed
    case = give_back(stored.case, tx.actor.id, local_date(tx.now), rules.calendar)
    tx.cancel_timer(SIGN, case_id)
    tx.cancel_timer(EXTENSION_DECISION, case_id)
    asked_again = morning_after(tx.now, 1, rules.calendar)
    tx.timer(RETURN_DECISION, case_id, asked_again, f"{case.version}")
    fact = CaseReturned(
        case_id=case_id, reason=reason.value, returned_by=tx.actor.id, times=case.returns
    )
    note = add_note(tx, case_id, Note(form.note))
    values = {"returned_by": case.returned_by, "returns": case.returns, "signed_by": None}
    save_case(tx, case, note, fact, **values, **NOBODY_ASKS)
    before = {"state": stored.case.state.value}
    after = {"reason": reason.value, "times": case.returns}
    tx.audit("case.return", "case", case_id, before=before, after=after)
    return moved(case)
