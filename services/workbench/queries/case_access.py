"""Loading a case is being allowed to: the same answer for a case that is not there and one that is not for the reader."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.workbench.domain.permissions import CASE_READERS, allow
from services.workbench.queries.visible import visible
from services.workbench.tables import CardRow
from shared.kernel.reader import ReadDoor
from shared.vocabulary.errors import NotFound


async def load_visible(reader: ReadDoor, case_id: UUID) -> Any:
    """The row of a case the reader may see."""
    allow(reader.actor, CASE_READERS)
    query = select(CardRow).where(col(CardRow.case_id) == case_id, visible(reader.actor))
    row = await reader.one(query)
    if row is None:
        raise NotFound("case", case_id)
    return row
