"""Beside the supervisor's numbers: the ladder of overdue cases, and collective disputes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.workbench.domain.text import Text
from services.workbench.queries.shapes import CaseRow as Shown
from services.workbench.queries.shapes import case_row, names_for, title_of
from services.workbench.tables import CardRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor

SHOWN_MAX = 10


class LadderStep(Response):
    """A step of rule 41, how many stand on it, the worst of them, and the list of all."""

    code: str
    title: Text
    count: int
    cases: list[Shown]
    href: str


class GroupCase(Response):
    """A collective dispute."""

    case_id: UUID
    case_no: str
    title: str
    grade: str | None
    people: int
    due_at: datetime | None


async def ladder_of(reader: ReadDoor, where: list[Any]) -> list[LadderStep]:
    """Reminded, and overdue."""
    steps = (
        (
            "reminded",
            Text("提醒：用时过 80%", "Reminder: 80 % used"),
            col(CardRow.reminded) & ~col(CardRow.overdue),
        ),
        ("overdue", Text("已超期", "Overdue"), col(CardRow.overdue)),
    )
    found = []
    for code, title, condition in steps:
        here = [
            *where,
            col(CardRow.closed_at).is_(None),
            col(CardRow.handled_at).is_(None),
            condition,
        ]
        count = await reader.scalar(select(func.count()).select_from(CardRow).where(*here))
        rows = await reader.all(
            select(CardRow)
            .where(*here)
            .order_by(col(CardRow.due_at).nulls_last(), col(CardRow.case_id))
            .limit(SHOWN_MAX)
        )
        names = await names_for(reader, rows)
        found.append(
            LadderStep(
                code=code,
                title=title,
                count=count,
                cases=[case_row(row, names) for row in rows],
                href=f"/cases?state=open&lens={code}",
            )
        )
    return found


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
