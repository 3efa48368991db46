"""Offers of a dispute to the lawyers of the roster, one after the other."""

from uuid import UUID

from sqlmodel import col, select

from services.mediation.domain.dispute import Dispute
from services.mediation.domain.grade import Grade
from services.mediation.domain.lawyers import (
    DeclineReason,
    Offer,
    OfferClosed,
    OfferState,
    choose_lawyer,
    offer,
)
from services.mediation.store.facts import offered
from services.mediation.store.roster import load_lawyers, load_tied_lawyers
from services.mediation.tables import OfferRow
from shared.contracts.base import Event
from shared.contracts.mediation import LawyerPoolEmpty
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotFound
from shared.vocabulary.ids import new_id

OFFER_EXPIRED = "offer_expired"
OFFERS_PER_DISPUTE_MAX = 100
URGENT_FROM = Grade.G3


async def add_next_offer(tx: Tx, dispute: Dispute, *, but_not: UUID | None = None) -> list[Event]:
    """Ask the next lawyer, or tell that nobody is left; the fact to tell with the dispute.

    `but_not` is the lawyer whose refusal or silence is recorded in this same transaction.
    """
    rows = await tx.all(
        select(OfferRow.lawyer_id)
        .where(col(OfferRow.dispute_id) == dispute.id)
        .limit(OFFERS_PER_DISPUTE_MAX)
    )
    declined = {row["lawyer_id"] for row in rows} | ({but_not} if but_not else set())
    conflicts = await load_tied_lawyers(tx, dispute.employer_id) | dispute.mediated_by
    choice = choose_lawyer(await load_lawyers(tx), conflicts, declined, local_date(tx.now))
    if choice.lawyer_id is None:
        return [LawyerPoolEmpty(dispute_id=dispute.id, case_id=dispute.case_id, attempts=len(rows))]
    made = offer(
        new_id(), dispute.id, choice.lawyer_id, tx.now, urgent=dispute.grade >= URGENT_FROM
    )
    attempt = len(rows) + 1
    tx.on_duplicate("offer_one_open", OfferClosed(state=OfferState.OPEN.value))
    tx.insert(
        OfferRow,
        {
            "id": made.id,
            "dispute_id": made.dispute_id,
            "lawyer_id": made.lawyer_id,
            "attempt": attempt,
            "offered_at": made.offered_at,
            "expires_at": made.expires_at,
            "state": made.state.value,
            "explanation_zh": choice.zh,
            "explanation_en": choice.en,
        },
    )
    tx.timer(OFFER_EXPIRED, made.id, made.expires_at)
    return [offered(dispute, made, choice, attempt)]


async def load_offer(tx: Tx, offer_id: UUID) -> Offer:
    """One offer, its row locked: acceptance, refusal and expiry race for it."""
    row = await tx.one(select(OfferRow).where(col(OfferRow.id) == offer_id).with_for_update())
    if row is None:
        raise NotFound("offer", offer_id)
    reason = DeclineReason(row["decline_reason"]) if row["decline_reason"] else None
    return Offer(
        row["id"],
        row["dispute_id"],
        row["lawyer_id"],
        row["offered_at"],
        row["expires_at"],
        OfferState(row["state"]),
        reason,
    )


async def load_open_offer(tx: Tx, dispute_id: UUID) -> Offer | None:
    """The open offer of a dispute, if there is one."""
    row = await tx.one(
        select(OfferRow.id).where(
            col(OfferRow.dispute_id) == dispute_id, col(OfferRow.state) == OfferState.OPEN.value
        )
    )
    return None if row is None else await load_offer(tx, row["id"])


def save_offer(tx: Tx, what: Offer) -> None:
    """What became of the offer; its timer is no longer needed."""
    reason = what.decline_reason.value if what.decline_reason else None
    tx.change(OfferRow, what.id, {"state": what.state.value, "decline_reason": reason})
    if what.state is not OfferState.EXPIRED:
        tx.cancel_timer(OFFER_EXPIRED, what.id)
