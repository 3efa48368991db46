"""Who can be asked: the rosters of lawyers and mediators with their load."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func
from sqlalchemy import select as sql_select
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
from shared.kernel.transaction import Record, Tx

ROSTER_MAX = 500


async def load_lawyers(tx: Tx) -> list[Lawyer]:
    """The roster; open disputes count those led and those on offer."""
    return [_lawyer(row) for row in await tx.all(_roster())]


async def load_candidates(
    tx: Tx, dispute_id: UUID, employer_id: UUID | None
) -> tuple[list[Lawyer], set[UUID], set[UUID]]:
    """The roster, who of it is tied to the employer, and who was asked for the dispute before; in one read."""
    tied = (
        exists()
        .where(col(LawyerTieRow.lawyer_id) == col(LawyerRow.id))
        .where(col(LawyerTieRow.employer_id) == employer_id)
    )
    asked = (
        exists()
        .where(col(OfferRow.lawyer_id) == col(LawyerRow.id))
        .where(col(OfferRow.dispute_id) == dispute_id)
    )
    rows = await tx.all(_roster().add_columns(tied.label("tied"), asked.label("asked")))
    return (
        [_lawyer(row) for row in rows],
        {row["id"] for row in rows if row["tied"]},
        {row["id"] for row in rows if row["asked"]},
    )


def _roster() -> Select[Any]:
    led = (
        sql_select(func.count())
        .where(col(DisputeRow.lawyer_id) == col(LawyerRow.id))
        .where(col(DisputeRow.status) != "archived")
        .scalar_subquery()
    )
    on_offer = (
        sql_select(func.count())
        .where(col(OfferRow.lawyer_id) == col(LawyerRow.id), col(OfferRow.state) == "open")
        .scalar_subquery()
    )
    return sql_select(LawyerRow, led.label("led"), on_offer.label("on_offer")).limit(ROSTER_MAX)


def _lawyer(row: Record) -> Lawyer:
    return Lawyer(
        row["id"],
        row["led"] + row["on_offer"],
        row["caseload_max"],
        row["is_available"],
        row["licence_until"],
    )


async def load_tied_lawyers(tx: Tx, employer_id: UUID | None) -> set[UUID]:
    """Lawyers who act for or are near to the employer."""
    if employer_id is None:
        return set()
    ties = select(LawyerTieRow.lawyer_id).where(col(LawyerTieRow.employer_id) == employer_id)
    return {row["lawyer_id"] for row in await tx.all(ties)}


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
