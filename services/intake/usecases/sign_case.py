"""A member of the unit signs for a case (签收) and owns it from then on."""

from uuid import UUID

from services.intake.domain.case_state import Act
from services.intake.domain.dispatching import sign
from services.intake.domain.permissions import may_work
from services.intake.domain.sla import SIGN
from services.intake.store.answers import ActForm, CaseMoved, moved
from services.intake.store.cases import load_case, save_case
from shared.contracts.intake import CaseSigned
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])


@router.post("/cases/{case_id}/sign")
async def post_sign(case_id: UUID, _form: ActForm, cmd: Command) -> CaseMoved:
    """Sign for a case that was dispatched to one's unit."""
    async with cmd.transaction() as tx:
        return tx.answer(await sign_case(case_id, tx, cmd.if_match))


async def sign_case(case_id: UUID, tx: Tx, if_match: int | None) -> CaseMoved:
    """Nothing reminds of the signature any more; the clock of the case runs on."""
    stored = await load_case(tx, case_id, if_match)
    if not may_work(tx.actor, Act.SIGN, stored.case.org, at_hotline=stored.at_hotline):
        raise NotAllowed
    case = sign(stored.case, tx.actor.id)
    tx.cancel_timer(SIGN, case_id)
    fact = CaseSigned(case_id=case_id, signed_by=tx.actor.id)
    save_case(tx, case, fact, signed_by=case.signed_by)
    tx.audit("case.sign", "case", case_id, before={"state": stored.case.state.value})
    return moved(case)
