"""What a lawyer is compared by: the disputes they lead or led, and the employers they disclosed a tie to."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ARRAY, Text, false, func, literal
from sqlalchemy.sql.elements import ClauseElement, ColumnElement
from sqlmodel import col, select

from services.mediation.domain.comparison import Comparison, OwnDispute, compare
from services.mediation.store.disputes import Loaded
from services.mediation.tables import DisputeRow, LawyerTieRow

OWN_DISPUTES_MAX = 1_000
"""The newest; at a case-load of twelve more than a working life."""
TIES_MAX = 1_000


class Rows(Protocol):
    """A transaction or a read door: both answer a statement with its rows."""

    async def all(self, statement: ClauseElement) -> Sequence[Any]:
        """Every row."""
        ...


async def load_comparison(door: Rows, lawyer_id: UUID, loaded: Loaded) -> Comparison:
    """The lawyer beside the dispute, as both stand now."""
    dispute = loaded.dispute
    own = await door.all(
        select(
            _same_employer(dispute.employer_id).label("same_employer"),
            _same_worker(loaded.claimant_ids).label("same_worker"),
        )
        .where(col(DisputeRow.lawyer_id) == lawyer_id, col(DisputeRow.id) != dispute.id)
        .order_by(col(DisputeRow.opened_at).desc())
        .limit(OWN_DISPUTES_MAX)
    )
    ties = await door.all(
        select(LawyerTieRow.employer_id)
        .where(col(LawyerTieRow.lawyer_id) == lawyer_id)
        .limit(TIES_MAX)
    )
    met = [OwnDispute(one["same_employer"], one["same_worker"]) for one in own]
    return compare(lawyer_id, dispute, met, [one["employer_id"] for one in ties])


def _same_employer(employer_id: UUID | None) -> ColumnElement[bool]:
    if employer_id is None:
        return false()
    return func.coalesce(col(DisputeRow.employer_id) == employer_id, false())


def _same_worker(claimant_ids: Sequence[UUID]) -> ColumnElement[bool]:
    ids = literal([str(one) for one in claimant_ids], ARRAY(Text))
    return func.jsonb_exists_any(col(DisputeRow.claimant_ids), ids)
