"""Finding an employer by characters, pinyin, initials or credit code."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, literal
from sqlmodel import col, select

from services.intake.queries.shapes import EmployerHit, employer_by_id, employer_hit, staff_only
from services.intake.tables import CaseRow, EmployerRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import Reader
from shared.vocabulary.errors import NotFound

router = APIRouter(tags=["employers"])
HITS_MAX = 10
TYPED_CHARACTERS_MAX = 100
ARREARS = "wage_arrears"
LOOK_BACK = timedelta(days=365)


class Employers(Response):
    """The best hits; type more to narrow them down."""

    items: list[EmployerHit]
    next_cursor: str | None = None


class EmployerCard(EmployerHit):
    """What the hotline knows of an employer."""

    cases_12_months: int
    arrears_12_months: int
    headcount: int | None
    unionised_since: int | None


@router.get("/employers")
async def get_employers(q: str, reader: Reader) -> Employers:
    """Employers whose name, short name, pinyin, initials or code contain what was typed; short names first."""
    staff_only(reader.actor)
    typed = "".join(q.split()).lower()[:TYPED_CHARACTERS_MAX]
    if not typed:
        return Employers(items=[])
    search = col(EmployerRow.search)
    rows = await reader.all(
        select(EmployerRow)
        .where(
            func.bigrams(search).op("@>")(func.bigrams(literal(typed))),
            search.contains(typed, autoescape=True),
        )
        .order_by(func.length(col(EmployerRow.name)), col(EmployerRow.name))
        .limit(HITS_MAX)
    )
    return Employers(items=[employer_hit(row) for row in rows])


@router.get("/employers/{employer_id}")
async def get_employer(employer_id: UUID, reader: Reader) -> EmployerCard:
    """One employer, with how often it was the matter in the last twelve months."""
    staff_only(reader.actor)
    row = await employer_by_id(reader, employer_id)
    if row is None:
        raise NotFound("employer", employer_id)
    counts = await reader.one(
        select(
            func.count().label("cases"),
            func.count().filter(col(CaseRow.category) == ARREARS).label("arrears"),
        ).where(
            col(CaseRow.employer_id) == employer_id, col(CaseRow.received_at) > now() - LOOK_BACK
        )
    )
    return EmployerCard(
        **employer_hit(row).model_dump(),
        cases_12_months=counts["cases"] if counts else 0,
        arrears_12_months=counts["arrears"] if counts else 0,
        headcount=row["headcount"],
        unionised_since=row["unionised_since"],
    )
