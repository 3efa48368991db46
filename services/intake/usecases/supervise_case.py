"""A supervisor puts a case under supervision (督办), or lifts that (解除督办): a mark on the lists, a shorter ladder."""

from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.permissions import may_supervise
from services.intake.domain.supervising import lift, moved_step, supervise
from services.intake.store.answers import ActForm, CaseMoved, moved, require_note
from services.intake.store.cases import Stored, load_case, save_case
from services.intake.store.notes import Note, add_note
from services.intake.store.reference import load_reference
from shared.contracts.intake import CaseSupervised, SupervisionLifted
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])


class SuperviseCase(ActForm):
    """What is asked of the unit; when it is lifted, why."""

    note: str = ""


@router.post("/cases/{case_id}/supervise")
async def post_supervision(case_id: UUID, form: SuperviseCase, cmd: Command) -> CaseMoved:
    """Put a case under supervision."""
    async with cmd.transaction() as tx:
        return tx.answer(await supervise_case(case_id, form, tx, cmd.if_match))


@router.post("/cases/{case_id}/lift-supervision")
async def post_lifting(case_id: UUID, form: SuperviseCase, cmd: Command) -> CaseMoved:
    """End the supervision of a case."""
    async with cmd.transaction() as tx:
        return tx.answer(await lift_supervision(case_id, form, tx, cmd.if_match))


async def supervise_case(
    case_id: UUID, form: SuperviseCase, tx: Tx, if_match: int | None
) -> CaseMoved:
    """What of the ladder is still to come comes sooner; the deadline stays."""
    require_note(form.note, required=True)
    stored = await _load(case_id, tx, if_match)
    case = supervise(stored.case, tx.actor.id)
    await _change_pace(tx, stored.case, case)
    fact = CaseSupervised(case_id=case_id, supervised_by=tx.actor.id)
    save_case(tx, case, add_note(tx, case_id, Note(form.note)), fact, supervised_by=tx.actor.id)
    tx.audit("case.supervise", "case", case_id, after={"state": case.state.value})
    return moved(case)


async def lift_supervision(
    case_id: UUID, form: SuperviseCase, tx: Tx, if_match: int | None
) -> CaseMoved:
    """A reminder that is still to come comes when it comes for any case."""
    require_note(form.note, required=True)
    stored = await _load(case_id, tx, if_match)
    case = lift(stored.case)
    await _change_pace(tx, stored.case, case)
    fact = SupervisionLifted(case_id=case_id, lifted_by=tx.actor.id)
    save_case(tx, case, add_note(tx, case_id, Note(form.note)), fact, supervised_by=None)
    tx.audit("case.lift_supervision", "case", case_id, after={"state": case.state.value})
    return moved(case)


async def _change_pace(tx: Tx, before: Case, case: Case) -> None:
    rules = (await load_reference(tx.pool)).rules(tx.now)
    step = moved_step(before, case, tx.now, rules.sla, rules.calendar)
    if step:
        tx.cancel_timer(step[0].value, case.id)
        tx.timer(step[0].value, case.id, step[1], f"s{case.version}")


async def _load(case_id: UUID, tx: Tx, if_match: int | None) -> Stored:
    stored = await load_case(tx, case_id, if_match)
    places = (stored.case.org, stored.row["operator_org"])
    if not any(may_supervise(tx.actor, place) for place in places):
        raise NotAllowed
    return stored
