"""A supervisor grants more time (同意延期) or does not (不同意延期); the caller is told of a new date (rule 42)."""

from uuid import UUID

from services.intake.domain.case_state import Act
from services.intake.domain.clocks import handling_of
from services.intake.domain.extending import grant, refuse
from services.intake.domain.permissions import may_do
from services.intake.store.answers import ActForm, CaseMoved, moved, require_note
from services.intake.store.cases import Stored, deadline_fact, load_case, save_case
from services.intake.store.course import EXTENSION_DECISION, NOBODY_ASKS, watch_anew
from services.intake.store.notes import Note, add_note
from services.intake.store.reference import load_reference
from shared.contracts.intake import CaseEvent, CaseExtended, ExtensionRefused
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])


class DecideExtension(ActForm):
    """A word to the unit; a refusal says why."""

    note: str = ""


@router.post("/cases/{case_id}/grant-extension")
async def post_grant(case_id: UUID, form: DecideExtension, cmd: Command) -> CaseMoved:
    """Move the deadline."""
    async with cmd.transaction() as tx:
        return tx.answer(await grant_extension(case_id, form, tx, cmd.if_match))


@router.post("/cases/{case_id}/refuse-extension")
async def post_refusal(case_id: UUID, form: DecideExtension, cmd: Command) -> CaseMoved:
    """Leave the deadline where it is."""
    async with cmd.transaction() as tx:
        return tx.answer(await refuse_extension(case_id, form, tx, cmd.if_match))


async def grant_extension(
    case_id: UUID, form: DecideExtension, tx: Tx, if_match: int | None
) -> CaseMoved:
    """Ten working days, thirty days for a complex case; reminder and ladder begin anew. Not one's own request."""
    require_note(form.note, required=False)
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await _load(case_id, tx, if_match)
    case = grant(stored.case, tx.actor.id, local_date(tx.now), rules.sla, rules.calendar)
    new, old = handling_of(case.deadlines), handling_of(stored.case.deadlines)
    tx.cancel_timer(EXTENSION_DECISION, case_id)
    watch_anew(tx, case, rules)
    fact = CaseExtended(
        case_id=case_id,
        deadlines=tuple(deadline_fact(one) for one in case.deadlines),
        reason=new.reason,
        approved_by=tx.actor.id,
    )
    facts: list[CaseEvent] = [add_note(tx, case_id, Note(form.note))] if form.note else []
    save_case(tx, case, *facts, fact, extensions=case.extensions, **NOBODY_ASKS)
    before, after = {"due": str(old.effective)}, {"due": str(new.effective), "raw": str(new.raw)}
    tx.audit("case.extend", "case", case_id, before=before, after=after, why=new.reason)
    return moved(case)


async def refuse_extension(
    case_id: UUID, form: DecideExtension, tx: Tx, if_match: int | None
) -> CaseMoved:
    """The clock runs on as before. Not one's own request."""
    require_note(form.note, required=True)
    stored = await _load(case_id, tx, if_match)
    case = refuse(stored.case, tx.actor.id)
    tx.cancel_timer(EXTENSION_DECISION, case_id)
    fact = ExtensionRefused(case_id=case_id, refused_by=tx.actor.id)
    save_case(tx, case, add_note(tx, case_id, Note(form.note)), fact, **NOBODY_ASKS)
    tx.audit("case.extension_refused", "case", case_id)
    return moved(case)


async def _load(case_id: UUID, tx: Tx, if_match: int | None) -> Stored:
    stored = await load_case(tx, case_id, if_match)
    if not may_do(tx.actor, Act.EXTEND, stored.case.org):
        raise NotAllowed
    return stored
