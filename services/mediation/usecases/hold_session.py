"""A mediation session is planned, and later recorded as held."""

from datetime import date, datetime
from uuid import UUID

from services.mediation.domain.dispute import Session
from services.mediation.domain.handling import hold_session as held
from services.mediation.domain.handling import plan_session
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import SessionHeld
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["sessions"])


class PlanSession(Request):
    """When the parties meet; `held_on` when it took place already (a call, a visit)."""

    planned_at: datetime
    held_on: date | None = None


class RecordSession(Request):
    """The day on which a planned session took place."""

    held_on: date


@router.post("/disputes/{dispute_id}/sessions", status_code=201)
async def post_session(dispute_id: UUID, body: PlanSession, cmd: Command) -> DisputeChanged:
    """Plan a session, or record one that took place."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        session = Session(new_id(), body.planned_at, body.held_on)
        after = plan_session(loaded.dispute, loaded.scheme, session)
        facts = [_told(after.id, after.case_id, len(after.sessions))] if body.held_on else []
        save_dispute(tx, loaded, after, Deeds("session.plan", facts))
        return tx.answer(changed(after, loaded.scheme))


@router.post("/disputes/{dispute_id}/sessions/{session_id}/held")
async def post_held(
    dispute_id: UUID, session_id: UUID, body: RecordSession, cmd: Command
) -> DisputeChanged:
    """Record that a planned session took place."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        on = min(body.held_on, local_date(tx.now))
        after = held(loaded.dispute, session_id, on)
        fact = _told(after.id, after.case_id, sum(1 for one in after.sessions if one.held_on))
        save_dispute(tx, loaded, after, Deeds("session.hold", [fact]))
        return tx.answer(changed(after, loaded.scheme))


def _told(dispute_id: UUID, case_id: UUID, number: int) -> SessionHeld:
    return SessionHeld(dispute_id=dispute_id, case_id=case_id, session_no=number, result="held")
