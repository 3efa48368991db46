"""The file of an employer: who it is, what is open against it, and whether the same matter comes again and again.

The register entry is public and shown to all staff; every number counts only cases that the reader may see, so that each
opens exactly the list it was counted from.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlmodel import col

from services.workbench.domain.categories import CATEGORIES
from services.workbench.domain.labels import coded
from services.workbench.domain.permissions import CASE_READERS, allow
from services.workbench.domain.scope import sees_subtree
from services.workbench.domain.text import Coded, Text
from services.workbench.queries.paging import moment
from services.workbench.queries.shapes import OrgRef, org_ref
from services.workbench.queries.visible import visible
from services.workbench.tables import CardRow, EmployerRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.errors import NotFound
from shared.vocabulary.regions import region_of_code

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
REPEATED_CASES, GROUP_PEOPLE = 2, 10
"""Rule 11: the same employer and matter, open, within 30 days; from ten people on it should be one collective case."""
REPEATS_MAX = 5
router = APIRouter(tags=["employers"])


class Figure(Response):
    """One number and the list behind it."""

    code: str
    title: Text
    value: int
    href: str


class Repeat(Response):
    """One matter that several calls of the last thirty days are about; `group` from ten people on."""

    category: Coded
    cases: int
    people: int
    group: bool
    href: str


class EmployerFile(Response):
    """The register entry, the numbers, and the signal of repeated disputes (the most people first)."""

    employer_id: UUID
    name: str
    short_name: str
    uscc: str | None
    region: Text
    org: OrgRef
    headcount: int | None
    unionised: bool | None
    figures: list[Figure]
    repeats: list[Repeat]
    as_of: datetime


@router.get("/employers/{employer_id}")
async def get_employer_file(employer_id: UUID, reader: Reader) -> EmployerFile:
    """An outside lawyer finds only the employers of offers and disputes of their own."""
    allow(reader.actor, CASE_READERS)
    query = select(EmployerRow).where(col(EmployerRow.employer_id) == employer_id)
    row = await reader.one(query)
    if row is None or not await _may_open(reader, employer_id):
        raise NotFound("employer", employer_id)
    at, region = now(), region_of_code(row["region"])
    return EmployerFile(
        employer_id=employer_id,
        name=row["name"],
        short_name=row["short_name"],
        uscc=row["uscc"],
        region=Text(region.zh, region.en) if region else Text(row["region"], row["region"]),
        org=org_ref(row["org"]),
        headcount=row["headcount"],
        unionised=row["unionised"],
        figures=await _figures(reader, employer_id, at),
        repeats=await _repeats(reader, employer_id, at),
        as_of=at,
    )


async def _may_open(reader: ReadDoor, employer_id: UUID) -> bool:
    if sees_subtree(reader.actor):
        return True
    found = select(col(CardRow.case_id)).where(*_of(reader, employer_id)).limit(1)
    return await reader.one(found) is not None


def _of(reader: ReadDoor, employer_id: UUID) -> tuple[Any, ...]:
    return (visible(reader.actor), col(CardRow.employer_id) == employer_id)


async def _figures(reader: ReadDoor, employer_id: UUID, at: datetime) -> list[Figure]:
    still_open, year = col(CardRow.closed_at).is_(None), at - YEAR
    row: Any = await reader.one(
        select(
            func.count().filter(still_open).label("open"),
            func.count().filter(still_open, col(CardRow.due_at) < at).label("over"),
            func.count().filter(still_open, col(CardRow.is_group)).label("group"),
            func.count().filter(col(CardRow.registered_at) >= year).label("year"),
            func.count().filter(~still_open).label("closed"),
        ).where(*_of(reader, employer_id))
    )
    lists = {
        "open": (Text("在办", "In hand"), "state=open"),
        "over": (Text("已超期", "Overdue"), "due=over"),
        "group": (Text("在办群体性", "Collective, in hand"), "state=open&lens=group"),
        "year": (Text("近 12 个月", "Last 12 months"), f"state=any&since={moment(year)}"),
        "closed": (Text("已办结", "Closed"), "state=closed"),
    }
    return [
        Figure(
            code=code,
            title=title,
            value=row[code],
            href=f"/cases?employer={employer_id}&{asked}",
        )
        for code, (title, asked) in lists.items()
    ]


async def _repeats(reader: ReadDoor, employer_id: UUID, at: datetime) -> list[Repeat]:
    since = at - MONTH
    cases, people = func.count(), func.sum(col(CardRow.people))
    rows = await reader.all(
        select(col(CardRow.category), cases.label("cases"), people.label("people"))
        .where(
            *_of(reader, employer_id),
            col(CardRow.closed_at).is_(None),
            col(CardRow.registered_at) >= since,
            col(CardRow.category).is_not(None),
        )
        .group_by(col(CardRow.category))
        .having(cases >= REPEATED_CASES)
        .order_by(people.desc(), col(CardRow.category))
        .limit(REPEATS_MAX)
    )
    return [
        Repeat(
            category=coded(CATEGORIES, row["category"]),
            cases=row["cases"],
            people=int(row["people"]),
            group=row["people"] >= GROUP_PEOPLE,
            href=f"/cases?employer={employer_id}&category={row['category']}"
            f"&state=open&since={moment(since)}",
        )
        for row in rows
    ]
