"""What an act on a case may be aimed at: the units it may be given to, the cases it may be merged into."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from services.intake.domain.case import Case
from services.intake.domain.dispatching import units_for
from services.intake.domain.merging import GOES_ON
from services.intake.domain.permissions import may_see_case
from services.intake.domain.wording import Text, org_name
from services.intake.queries.shapes import (
    cases_with_callers,
    hotline_only,
    in_scope,
    title_of,
)
from services.intake.store.cases import to_case
from services.intake.tables import CaseRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.errors import NotFound
from shared.vocabulary.regions import county_of

CASES_MAX = 20
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
async def get_candidates(
    case_id: UUID, act: Literal["redispatch", "merge"], reader: Reader
) -> Candidates:
    """The units this person may give the case to; the cases in work that are the same matter, newest first."""
    row = await reader.one(select(CaseRow).where(col(CaseRow.id) == case_id))
    if row is None or not may_see_case(reader.actor, row["org"], row["operator_org"]):
        raise NotFound("case", case_id)
    if act == "merge":
        return Candidates(items=await _same_matter(reader, to_case(row, ())))
    units = units_for(to_case(row, ()), reader.actor.org)
    return Candidates(items=[_unit(one.path) for one in units])


async def _same_matter(reader: ReadDoor, case: Case) -> list[Candidate]:
    hotline_only(reader.actor)
    same: ColumnElement[bool] = col(CaseRow.caller_id) == case.caller_id
    if case.employer_id is not None:
        same = or_(same, col(CaseRow.employer_id) == case.employer_id)
    rows = await reader.all(
        cases_with_callers()
        .where(
            in_scope(reader.actor),
            same,
            col(CaseRow.category) == case.category,
            col(CaseRow.id) != case.id,
            col(CaseRow.state).in_([one.value for one in GOES_ON]),
        )
        .order_by(col(CaseRow.received_at).desc(), col(CaseRow.id).desc())
        .limit(CASES_MAX)
    )
    return [_case(reader, row) for row in rows]


def _case(reader: ReadDoor, row: Mapping[str, Any]) -> Candidate:
    name = f"{row['number']} {title_of(reader.context.cipher, row)}"
    return Candidate(id=str(row["id"]), name=Text(name, name), note=org_name(row["org"]))


def _unit(path: str) -> Candidate:
    county = county_of(path)
    note = org_name(county) if county != path else None
    return Candidate(id=path, name=org_name(path), note=note)
