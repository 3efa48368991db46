"""A mediation session is planned, and later recorded as held."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from services.mediation.domain.days import past_day
from services.mediation.domain.dispute import Dispute, Session
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

    planned_at: AwareDatetime
    held_on: date | None = None


class RecordSession(Request):
    """The day on which a planned session took place."""

    held_on: date


@router.post("/disputes/{dispute_id}/sessions", status_code=201)
async def post_session(dispute_id: UUID, body: PlanSession, cmd: Command) -> DisputeChanged:
    """Plan a session, or record one that took place."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        on = past_day("held_on", body.held_on, local_date(tx.now)) if body.held_on else None
        session = Session(new_id(), body.planned_at, on)
        after = plan_session(loaded.dispute, loaded.scheme, session)
        facts = [_told(after, session.id)] if on else []
        save_dispute(tx, loaded, after, Deeds("session.plan", facts))
        return tx.answer(changed(after, loaded.scheme))


@router.post("/disputes/{dispute_id}/sessions/{session_id}/held")
async def post_held(
    dispute_id: UUID, session_id: UUID, body: RecordSession, cmd: Command
) -> DisputeChanged:
    """Record that a planned session took place."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        on = past_day("held_on", body.held_on, local_date(tx.now))
        after = held(loaded.dispute, session_id, on)
        save_dispute(tx, loaded, after, Deeds("session.hold", [_told(after, session_id)]))
        return tx.answer(changed(after, loaded.scheme))


def _told(dispute: Dispute, session_id: UUID) -> SessionHeld:
    number = [one.id for one in dispute.sessions].index(session_id) + 1
    return SessionHeld(
        dispute_id=dispute.id, case_id=dispute.case_id, session_no=number, result="held"
    )
