"""A unit asks for more time (申请延期), once and before the time is over, with the reason (rule 42)."""

from uuid import UUID

from services.intake.domain.extending import ExtensionReason, ask
from services.intake.domain.permissions import may_ask_for_time
from services.intake.domain.sla import morning_after
from services.intake.store.answers import ActForm, CaseMoved, chosen_reason, moved
from services.intake.store.cases import load_case, save_case
from services.intake.store.course import EXTENSION_DECISION
from services.intake.store.notes import Note, add_note
from services.intake.store.reference import load_reference
from shared.contracts.intake import ExtensionRequested
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])
NO_REASON = ("请选择一项延期原因。", "Choose one of the reasons for an extension.")


class RequestExtension(ActForm):
    """One of the reasons, and what is still to be done."""

    reason: str | None = None
    note: str = ""


@router.post("/cases/{case_id}/extension")
async def post_extension(case_id: UUID, form: RequestExtension, cmd: Command) -> CaseMoved:
    """Ask for more time."""
    async with cmd.transaction() as tx:
        return tx.answer(await request_extension(case_id, form, tx, cmd.if_match))


async def request_extension(
    case_id: UUID, form: RequestExtension, tx: Tx, if_match: int | None
) -> CaseMoved:
    """Nothing moves yet; the supervisor is asked every working morning until he decides or the time is over."""
    reason = chosen_reason(ExtensionReason, form.reason, form.note, *NO_REASON)
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_case(tx, case_id, if_match)
    if not may_ask_for_time(tx.actor, stored.case.org, at_hotline=stored.at_hotline):
        raise NotAllowed
    case = ask(stored.case, tx.actor.id, reason, local_date(tx.now))
    asked_again = morning_after(tx.now, 1, rules.calendar)
    tx.timer(EXTENSION_DECISION, case_id, asked_again, f"{case.version}")
    fact = ExtensionRequested(case_id=case_id, reason=reason.value, requested_by=tx.actor.id)
    values = {"extension_by": tx.actor.id, "extension_reason": reason.value}
    save_case(tx, case, add_note(tx, case_id, Note(form.note)), fact, **values)
    tx.audit("case.extension", "case", case_id, after={"reason": reason.value})
    return moved(case)
