"""A returned or reopened case is given to another unit (改派); for a returned one that grants the return (rule 40)."""

from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import Act
from services.intake.domain.dispatching import redispatch, units_for
from services.intake.domain.permissions import may_decide
from services.intake.domain.problems import Problems
from services.intake.domain.sla import sign_due
from services.intake.store.answers import ActForm, CaseMoved, moved, require_note
from services.intake.store.cases import load_case, save_case
from services.intake.store.course import RETURN_DECISION, await_signature
from services.intake.store.notes import Note, add_note
from services.intake.store.reference import load_reference
from shared.contracts.intake import CaseEvent, CaseRedispatched
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.people import Role

router = CommandRouter(tags=["cases"])


class RedispatchCase(ActForm):
    """The path of the unit, and a word to it."""

    target: str | None = None
    note: str = ""


@router.post("/cases/{case_id}/redispatch")
async def post_redispatch(case_id: UUID, form: RedispatchCase, cmd: Command) -> CaseMoved:
    """Give the case to another unit."""
    async with cmd.transaction() as tx:
        return tx.answer(await redispatch_case(case_id, form, tx, cmd.if_match))


async def redispatch_case(
    case_id: UUID, form: RedispatchCase, tx: Tx, if_match: int | None
) -> CaseMoved:
    """The deadline of the case stays; the time to sign begins anew. Not by whoever returned it."""
    require_note(form.note, required=False)
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_case(tx, case_id, if_match)
    if not may_decide(tx.actor, Act.DISPATCH, stored.case.org, stored.row["operator_org"]):
        raise NotAllowed
    org = _checked(form.target, stored.case, tx)
    today = local_date(tx.now)
    case = redispatch(
        stored.case, org, tx.actor.id, today, supervisor=tx.actor.has(Role.SUPERVISOR)
    )
    due = sign_due(case.urgency, tx.now, rules.sla, rules.calendar)
    tx.cancel_timer(RETURN_DECISION, case_id)
    await_signature(tx, case, due)
    facts: list[CaseEvent] = [add_note(tx, case_id, Note(form.note))] if form.note else []
    facts.append(
        CaseRedispatched(case_id=case_id, org=org, dispatched_by=tx.actor.id, sign_due=due)
    )
    values = {"org": org, "dispatched_on": today, "returned_by": None, "signed_by": None}
    save_case(tx, case, *facts, **values)
    before = {"state": stored.case.state.value, "org": stored.case.org}
    tx.audit("case.redispatch", "case", case_id, before=before, after={"org": org})
    return moved(case)


def _checked(target: str | None, case: Case, tx: Tx) -> str:
    problems = Problems()
    if target not in {one.path for one in units_for(case, tx.actor.org)}:
        zh = "不能改派给该单位：须为本辖区或市总的其他单位，投诉件不得转给被投诉单位。请从列表中选择。"
        en = "Choose another unit of your area or the city; a complaint never goes to whom it is about."
        problems.add("target", "unit_not_possible", zh, en)
    problems.stop()
    return str(target)
