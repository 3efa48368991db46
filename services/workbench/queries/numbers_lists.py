"""Beside the supervisor's numbers: collective disputes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.workbench.queries.shapes import names_for, title_of
from services.workbench.tables import CardRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor

SHOWN_MAX = 10


class GroupCase(Response):
    """A collective dispute."""

    case_id: UUID
    case_no: str
    title: str
    grade: str | None
    people: int
    due_at: datetime | None


async def group_cases(reader: ReadDoor, where: list[Any]) -> list[GroupCase]:
    """Open collective disputes, the gravest first."""
    rows = await reader.all(
        select(CardRow)
        .where(*where, col(CardRow.is_group), col(CardRow.closed_at).is_(None))
        .order_by(col(CardRow.grade).desc().nulls_last(), col(CardRow.people).desc())
        .limit(SHOWN_MAX)
    )
    names = await names_for(reader, rows)
    return [
        GroupCase(
            case_id=row["case_id"],
            case_no=row["number"] or "",
            title=title_of(row, names),
            grade=row["grade"],
            people=row["people"],
            due_at=row["due_at"],
        )
        for row in rows
    ]
