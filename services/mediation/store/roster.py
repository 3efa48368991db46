"""Who can be asked: the rosters of lawyers and mediators with their load."""

from uuid import UUID

from sqlalchemy import bindparam, exists, func
from sqlmodel import col, select

from services.mediation.domain.lawyers import CASELOAD_MAX, Lawyer
from services.mediation.domain.mediators import CASELOAD_MAX as MEDIATOR_CASELOAD_MAX
from services.mediation.domain.mediators import Mediator
from services.mediation.tables import (
    DisputeRow,
    LawyerRow,
    LawyerTieRow,
    MediatorRow,
    OfferRow,
)
from shared.kernel.sql import Prepared
from shared.kernel.transaction import Tx

ROSTER_MAX = 500

_TIED = (
    exists()
    .where(col(LawyerTieRow.lawyer_id) == col(LawyerRow.id))
    .where(col(LawyerTieRow.employer_id) == bindparam("employer_id"))
)
_ASKED = (
    exists()
    .where(col(OfferRow.lawyer_id) == col(LawyerRow.id))
    .where(col(OfferRow.dispute_id) == bindparam("dispute_id"))
)
_LED = (
    select(func.count())
    .where(col(DisputeRow.lawyer_id) == col(LawyerRow.id))
    .where(col(DisputeRow.status) != "archived")
    .scalar_subquery()
)
_ON_OFFER = (
    select(func.count())
    .where(col(OfferRow.lawyer_id) == col(LawyerRow.id), col(OfferRow.state) == "open")
    .scalar_subquery()
)
_CANDIDATES = Prepared(
    select(LawyerRow, _LED.label("led"), _ON_OFFER.label("on_offer"), _TIED.label("tied"))
    .add_columns(_ASKED.label("asked"))
    .order_by(col(LawyerRow.id))
    .limit(ROSTER_MAX)
)


async def load_candidates(
    tx: Tx, dispute_id: UUID, employer_id: UUID | None
) -> tuple[list[Lawyer], set[UUID], set[UUID]]:
    """The roster with its load, who of it is near to the employer, and who was asked for the dispute before.

    One read. Open disputes count those led and those on offer.
    """
    rows = await tx.all(_CANDIDATES, dispute_id=dispute_id, employer_id=employer_id)
    lawyers = [
        Lawyer(
            row["id"],
            row["led"] + row["on_offer"],
            row["caseload_max"],
            row["is_available"],
            row["licence_until"],
        )
        for row in rows
    ]
    return (
        lawyers,
        {row["id"] for row in rows if row["tied"]},
        {row["id"] for row in rows if row["asked"]},
    )


async def load_mediator(tx: Tx, mediator_id: UUID) -> Mediator | None:
    """One mediator of the roster with the present load."""
    handled = (
        select(func.count())
        .where(col(DisputeRow.mediator_ids).contains([str(mediator_id)]))
        .where(col(DisputeRow.status) != "archived")
        .scalar_subquery()
    )
    row = await tx.one(
        select(MediatorRow, handled.label("handled")).where(col(MediatorRow.id) == mediator_id)
    )
    if row is None:
        return None
    return Mediator(row["id"], row["org"], row["handled"], row["caseload_max"], row["is_available"])


async def load_rosters_of(tx: Tx, staff_id: UUID) -> tuple[bool, bool]:
    """Whether a person is on the lawyers' roster, and on the mediators'."""
    lawyer = await tx.one(select(LawyerRow.id).where(col(LawyerRow.id) == staff_id))
    mediator = await tx.one(select(MediatorRow.id).where(col(MediatorRow.id) == staff_id))
    return lawyer is not None, mediator is not None


def save_lawyer(tx: Tx, staff_id: UUID, org: str, *, active: bool) -> None:
    """A lawyer as the staff list says."""
    values = {
        "id": staff_id,
        "org": org,
        "is_available": active,
        "caseload_max": CASELOAD_MAX,
    }
    tx.upsert(LawyerRow, values, ("id",))


def save_mediator(tx: Tx, staff_id: UUID, org: str, *, active: bool) -> None:
    """A mediator as the staff list says."""
    values = {
        "id": staff_id,
        "org": org,
        "is_available": active,
        "caseload_max": MEDIATOR_CASELOAD_MAX,
    }
    tx.upsert(MediatorRow, values, ("id",))


def save_tie(tx: Tx, lawyer_id: UUID, employer_id: UUID) -> None:
    """The lawyer disclosed a relation to the employer: not asked again in its disputes."""
    tie = {"lawyer_id": lawyer_id, "employer_id": employer_id}
    tx.upsert(LawyerTieRow, tie, ("lawyer_id", "employer_id"))
