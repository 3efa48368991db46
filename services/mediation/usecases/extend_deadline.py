"""A mediation period is moved by the consent of both sides, given before it ends (rule 19)."""

from datetime import date
from uuid import UUID

from services.mediation.domain.dispute import Dispute
from services.mediation.domain.handling import extend
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.calendar import load_calendar
from services.mediation.store.clocks import set_clocks
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.facts import dates
from shared.contracts.mediation import PeriodExtended
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["disputes"])


class ExtendDeadline(Request):
    """Which period, and its new last day."""

    kind: str
    to: date


@router.post("/disputes/{dispute_id}/extend")
async def post_extend(dispute_id: UUID, body: ExtendDeadline, cmd: Command) -> DisputeChanged:
    """Move a period's last day."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        calendar = await load_calendar(tx)
        after = extend(loaded.dispute, body.kind, body.to, loaded.scheme, calendar)
        set_clocks(tx, after, loaded.dispute)
        save_dispute(tx, loaded, after, Deeds("deadline.extend", [moved(after, body.kind)]))
        return tx.answer(changed(after, loaded.scheme))


def moved(dispute: Dispute, kind: str) -> PeriodExtended:
    """The new last day, for those who count it."""
    (period,) = dates(one for one in dispute.deadlines if one.kind == kind)
    return PeriodExtended(dispute_id=dispute.id, case_id=dispute.case_id, period=period)
