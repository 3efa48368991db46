"""Offers of a dispute to the lawyers of the roster, one after the other."""

from uuid import UUID

from sqlmodel import col, select

from services.mediation.domain.comparison import declared_near
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.grade import Grade
from services.mediation.domain.lawyers import (
    DeclineReason,
    Offer,
    OfferClosed,
    OfferState,
    choose_lawyer,
    offer,
    withdrawn,
)
from services.mediation.store.facts import offered
from services.mediation.store.roster import load_candidates
from services.mediation.tables import DisputeRow, OfferRow
from shared.contracts.base import Event
from shared.contracts.mediation import LawyerPoolEmpty
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotFound
from shared.vocabulary.ids import new_id

OFFER_EXPIRED = "offer_expired"
URGENT_FROM = Grade.G3


async def add_next_offer(tx: Tx, dispute: Dispute, *, but_not: UUID | None = None) -> list[Event]:
    """Ask the next lawyer, or tell that nobody is left; the fact to tell with the dispute.

    Nobody is asked for a dispute that has a lawyer, has ended or is suspended. `but_not` is the lawyer
    whose refusal or silence is recorded in this same transaction.
    """
    if not dispute.seeks_lawyer:
        return []
    lawyers, tied, asked = await load_candidates(tx, dispute.id, dispute.employer_id)
    declined = asked | ({but_not} if but_not else set())
    conflicts = tied | dispute.mediated_by | declared_near(dispute)
    choice = choose_lawyer(lawyers, conflicts, declined, local_date(tx.now))
    if choice.lawyer_id is None:
        return [
            LawyerPoolEmpty(dispute_id=dispute.id, case_id=dispute.case_id, attempts=len(asked))
        ]
    made = offer(
        new_id(), dispute.id, choice.lawyer_id, tx.now, urgent=dispute.grade >= URGENT_FROM
    )
    attempt = len(asked) + 1
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
    """One offer, with its dispute locked: acceptance, refusal, expiry and withdrawal race for it.

    Everybody locks the dispute first and reads the offer under that lock, so that nobody waits in a circle.
    """
    its = select(OfferRow.dispute_id).where(col(OfferRow.id) == offer_id).scalar_subquery()
    await tx.one(select(DisputeRow.id).where(col(DisputeRow.id) == its).with_for_update())
    row = await tx.one(select(OfferRow).where(col(OfferRow.id) == offer_id))
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


async def has_open_offer(tx: Tx, dispute_id: UUID) -> bool:
    """Whether a lawyer is being asked."""
    return await _open_offer_id(tx, dispute_id) is not None


async def withdraw_open_offer(tx: Tx, dispute_id: UUID) -> bool:
    """Take back the open offer of a dispute that is loaded (and so locked); whether there was one."""
    offer_id = await _open_offer_id(tx, dispute_id)
    if offer_id is not None:
        save_offer(tx, withdrawn(await load_offer(tx, offer_id)))
    return offer_id is not None


async def _open_offer_id(tx: Tx, dispute_id: UUID) -> UUID | None:
    found: UUID | None = await tx.scalar(
        select(OfferRow.id).where(
            col(OfferRow.dispute_id) == dispute_id, col(OfferRow.state) == OfferState.OPEN.value
        )
    )
    return found


def save_offer(tx: Tx, what: Offer) -> None:
    """What became of the offer; its timer is no longer needed."""
    reason = what.decline_reason.value if what.decline_reason else None
    tx.change(OfferRow, what.id, {"state": what.state.value, "decline_reason": reason})
    if what.state is not OfferState.EXPIRED:
        tx.cancel_timer(OFFER_EXPIRED, what.id)
