"""A supervisor sends a case that was handled badly back to work (退回重办), with the reason (domain rules 41 and 44)."""

from uuid import UUID

from services.intake.domain.case import Cause
from services.intake.domain.case_state import Act
from services.intake.domain.checking import CheckReason, check_was_handled
from services.intake.domain.permissions import may_decide
from services.intake.store.answers import ActForm, CaseMoved, chosen_reason, moved
from services.intake.store.cases import load_case
from services.intake.store.course import Reopening, save_reopened
from services.intake.store.notes import Note, add_note
from services.intake.store.reference import load_reference
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])
NO_REASON = ("请选择一项退回重办的原因。", "Choose what the check found.")


class FailCheck(ActForm):
    """One of the reasons, and what is to be done."""

    reason: str | None = None
    note: str = ""


@router.post("/cases/{case_id}/fail-check")
async def post_failed_check(case_id: UUID, form: FailCheck, cmd: Command) -> CaseMoved:
    """Send a handled case back to its unit."""
    async with cmd.transaction() as tx:
        return tx.answer(await send_back(case_id, form, tx, cmd.if_match))


async def send_back(case_id: UUID, form: FailCheck, tx: Tx, if_match: int | None) -> CaseMoved:
    """The caller is not called back before it is handled again; the unit has half the time."""
    reason = chosen_reason(CheckReason, form.reason, form.note, *NO_REASON)
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_case(tx, case_id, if_match)
    if not may_decide(tx.actor, Act.FAIL_CHECK, stored.case.org, stored.row["operator_org"]):
        raise NotAllowed
    check_was_handled(stored.case)
    why = Reopening(Cause.CHECK_FAILED, reason.value, tx.actor.id)
    note = add_note(tx, case_id, Note(form.note))
    case = save_reopened(tx, stored, stored.case, rules, why, note)
    before = {"state": stored.case.state.value}
    tx.audit("case.fail_check", "case", case_id, before=before, after={"reason": reason.value})
    return moved(case)
