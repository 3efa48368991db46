"""Mediation and welfare take up their parts of a case and finish them; with the last part the case is handled."""

from uuid import UUID

from services.intake.domain.case import Cause, PartKind, PartState, part_closed, part_opened
from services.intake.domain.case_state import Act, State, may_happen
from services.intake.domain.registration import PART_EXPECTED
from services.intake.domain.sla import SIGN
from services.intake.store.cases import Stored, add_part, load_standing, save_case
from services.intake.store.cases import close_part as store_closed
from services.intake.store.course import (
    CALL_BACK,
    RETURN_DECISION,
    Reopening,
    save_handled,
    save_reopened,
    watch,
)
from services.intake.store.materials import name_lawyer
from services.intake.store.reference import load_reference
from shared.contracts.intake import ReturnRefused
from shared.contracts.mediation import DisputeClosed, DisputeOpened, LawyerAssigned
from shared.contracts.welfare import ApplicationClosed, ApplicationOpened
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotFound


async def follow_dispute(event: DisputeOpened, tx: Tx) -> None:
    """A mediator's desk has the dispute."""
    await open_part(event.case_id, PartKind.DISPUTE, event.dispute_id, tx)


async def follow_application(event: ApplicationOpened, tx: Tx) -> None:
    """The welfare centre has the application."""
    await open_part(event.case_id, PartKind.AID, event.application_id, tx)


async def end_dispute(event: DisputeClosed, tx: Tx) -> None:
    """The dispute's file is complete."""
    await close_part(event.case_id, PartKind.DISPUTE, event.dispute_id, event.outcome, tx)


async def end_application(event: ApplicationClosed, tx: Tx) -> None:
    """The application is paid, rejected or withdrawn."""
    await close_part(event.case_id, PartKind.AID, event.application_id, event.outcome, tx)


async def follow_lawyer(event: LawyerAssigned, tx: Tx) -> None:
    """A lawyer leads the dispute and may read the materials; who led it before no longer may."""
    name_lawyer(tx, event.dispute_id, event.lawyer_id)


async def open_part(case_id: UUID, kind: PartKind, ref: UUID, tx: Tx) -> None:
    """The case waits for this part; a closed case is taken up again for it, a merged one leads to the other."""
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_standing(tx, case_id)
    case = stored.case
    case_id = case.id
    if any(part.ref == ref for part in case.parts):
        return
    after = part_opened(case, kind, ref)
    add_part(tx, case_id, next(part for part in after.parts if part.ref == ref))
    if any(part.ref is None and part.kind is kind for part in case.parts):
        tx.cancel_timer(PART_EXPECTED, case_id)
        watch(tx, case, rules, _round(stored))
    elif may_happen(case.state, Act.REOPEN):
        save_reopened(tx, stored, case, rules, Reopening(Cause.PART_OPENED))
    elif case.state is State.HANDLED:
        tx.cancel_timer(CALL_BACK, case_id)
        watch(tx, case, rules, _round(stored))
    elif case.state is State.RETURNED:
        tx.cancel_timer(RETURN_DECISION, case_id)
        lapsed = ReturnRefused(case_id=case_id, refused_by=None, sign_due=None)
        save_case(tx, after, lapsed, returned_by=None)
    else:
        tx.cancel_timer(SIGN, case_id)


async def close_part(case_id: UUID, kind: PartKind, ref: UUID, outcome: str, tx: Tx) -> None:
    """The last part makes the case handled; the caller is called back the next workday."""
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_standing(tx, case_id)
    known = next((part for part in stored.case.parts if part.ref == ref), None)
    if known is None:
        raise NotFound("part", ref)
    if known.state is PartState.CLOSED:
        return
    store_closed(tx, ref, outcome)
    after = part_closed(stored.case, kind, ref, outcome)
    if after.state is State.HANDLED:
        save_handled(tx, stored, after, rules)


def _round(stored: Stored) -> str:
    """The timers of a reopened case are told apart from those of its first round."""
    times = stored.row["reopened"]
    return str(times) if times else ""
