"""What an act on a case may be aimed at: the units a case may be given to."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import col, select

from services.intake.domain.dispatching import units_for
from services.intake.domain.permissions import may_see_case
from services.intake.domain.wording import Text, org_name
from services.intake.store.cases import to_case
from services.intake.tables import CaseRow
from shared.kernel.command import Response
from shared.kernel.reader import Reader
from shared.vocabulary.errors import NotFound
from shared.vocabulary.regions import county_of

router = APIRouter(tags=["cases"])


class Candidate(Response):
    """One that may be chosen; the note tells those of one name apart."""

    id: str
    name: Text
    note: Text | None


class Candidates(Response):
    """All of them, in the order of the tree."""

    items: list[Candidate]
    next_cursor: str | None = None


@router.get("/cases/{case_id}/candidates")
async def get_candidates(case_id: UUID, act: Literal["redispatch"], reader: Reader) -> Candidates:
    """The units this person may give the case to."""
    row = await reader.one(select(CaseRow).where(col(CaseRow.id) == case_id))
    if row is None or not may_see_case(reader.actor, row["org"], row["operator_org"]):
        raise NotFound("case", case_id)
    units = units_for(to_case(row, ()), reader.actor.org)
    return Candidates(items=[_unit(one.path) for one in units])


def _unit(path: str) -> Candidate:
    county = county_of(path)
    note = org_name(county) if county != path else None
    return Candidate(id=path, name=org_name(path), note=note)
