"""A side's answer is written down: to the mediation, to a longer period, to a mediator who stands near."""

from datetime import date
from uuid import UUID

from services.mediation.domain.consent import Consent, Purpose, Side
from services.mediation.domain.days import past_day
from services.mediation.domain.handling import with_consent
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["disputes"])


class RecordConsent(Request):
    """`on` is the day of the answer, today if not given; `about` the person of a conflict waiver."""

    side: Side
    purpose: Purpose
    given: bool
    on: date | None = None
    about: UUID | None = None


@router.post("/disputes/{dispute_id}/consents")
async def post_consent(dispute_id: UUID, body: RecordConsent, cmd: Command) -> DisputeChanged:
    """Record an answer; a later one replaces an earlier one."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        today = local_date(tx.now)
        on = past_day("on", body.on, today)
        consent = Consent(body.side, body.purpose, body.given, on, body.about)
        after = with_consent(loaded.dispute, consent)
        save_dispute(tx, loaded, after, Deeds("dispute.consent"))
        return tx.answer(changed(after, loaded.scheme))
