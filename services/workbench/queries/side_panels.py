"""What stands beside the operator's work: hot spots, what other services hold of a caller, answers to look up."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlmodel import col

from services.workbench.domain.categories import CATEGORIES
from services.workbench.domain.labels import (
    APPLICATION_STATES,
    PROGRAMMES,
    STAGES,
    label,
)
from services.workbench.domain.permissions import CASE_READERS, QUEUE_READERS, allow
from services.workbench.domain.scope import sees_subtree
from services.workbench.domain.text import Text
from services.workbench.gateways.services import ask
from services.workbench.queries.paging import moment
from services.workbench.queries.shapes import names_for, title_of
from services.workbench.queries.visible import visible, within
from services.workbench.store.directory import load_employers
from services.workbench.tables import ApplicationRow, CardPartyRow, CardRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader

HOT_HOURS = 24
HOT_CASES, GROUP_PEOPLE = 2, 10
SHOWN_MAX = 10
router = APIRouter(tags=["side"])


class Hotspot(Response):
    """One employer and matter, several times in a day: `group` from ten people on."""

    id: str
    level: str
    title: str
    cases: int
    people: int
    href: str


class Hotspots(Response):
    """The most people first."""

    hours: int
    items: list[Hotspot]


@router.get("/hotspots")
async def get_hotspots(reader: Reader) -> Hotspots:
    """Same employer and category within 24 hours."""
    allow(reader.actor, QUEUE_READERS)
    since = now() - timedelta(hours=HOT_HOURS)
    cases, people = func.count(), func.sum(col(CardRow.people))
    rows = await reader.all(
        select(
            col(CardRow.employer_id),
            col(CardRow.category),
            cases.label("cases"),
            people.label("people"),
        )
        .where(
            visible(reader.actor),
            col(CardRow.registered_at) > since,
            col(CardRow.employer_id).is_not(None),
        )
        .group_by(col(CardRow.employer_id), col(CardRow.category))
        .having((cases >= HOT_CASES) | (people >= GROUP_PEOPLE))
        .order_by(people.desc())
        .limit(SHOWN_MAX)
    )
    employers = await load_employers(reader.context.db, (row["employer_id"] for row in rows))
    items = []
    for row in rows:
        one = employers.get(row["employer_id"])
        matter = label(CATEGORIES, row["category"]).zh
        query = f"employer={row['employer_id']}&category={row['category']}&since={moment(since)}"
        items.append(
            Hotspot(
                id=f"{row['employer_id']}:{row['category']}",
                level="group" if row["people"] >= GROUP_PEOPLE else "watch",
                title=f"{one.short_name if one else '—'} {matter}",
                cases=row["cases"],
                people=int(row["people"]),
                href=f"/cases?{query}",
            )
        )
    return Hotspots(hours=HOT_HOURS, items=items)


class CallerService(Response):
    """Something another service works on for this caller; `id` is of the page that shows it: the case, the application."""

    service: str
    id: UUID
    title: str
    state: Text
    tone: str
    until: datetime | None


class CallerServices(Response):
    """Disputes first, then aid."""

    items: list[CallerService]


@router.get("/callers/{party_id}/services")
async def get_caller_services(party_id: UUID, reader: Reader) -> CallerServices:
    """Open disputes and applications of a worker."""
    allow(reader.actor, CASE_READERS)
    cases = select(col(CardPartyRow.case_id)).where(col(CardPartyRow.party_id) == party_id)
    rows = await reader.all(
        select(CardRow)
        .where(
            visible(reader.actor),
            col(CardRow.case_id).in_(cases),
            col(CardRow.dispute_id).is_not(None),
            col(CardRow.closed_at).is_(None),
        )
        .order_by(col(CardRow.registered_at).desc().nulls_last())
        .limit(SHOWN_MAX)
    )
    names = await names_for(reader, rows)
    items = [
        CallerService(
            service="mediation",
            id=row["case_id"],
            title=title_of(row, names),
            state=label(STAGES, row["stage"]),
            tone="over" if row["due_at"] and row["due_at"] < names.at else "normal",
            until=row["due_at"],
        )
        for row in rows
    ]
    return CallerServices(items=[*items, *await _aid(reader, party_id)])


async def _aid(reader: ReadDoor, party_id: UUID) -> list[CallerService]:
    if not sees_subtree(reader.actor):
        return []
    rows = await reader.all(
        select(ApplicationRow)
        .where(
            col(ApplicationRow.party_id) == party_id,
            within(col(ApplicationRow.org), reader.actor.org),
        )
        .order_by(col(ApplicationRow.state_since).desc().nulls_last())
        .limit(SHOWN_MAX)
    )
    return [
        CallerService(
            service="welfare",
            id=row["application_id"],
            title=label(PROGRAMMES, row["programme"]).zh,
            state=label(APPLICATION_STATES, row["state"]),
            tone="done" if row["closed_at"] else "normal",
            until=None,
        )
        for row in rows
    ]


class Article(Response):
    """An answer the desk may read aloud."""

    id: str
    title: str
    href: str


class Articles(Response):
    """At most ten."""

    items: list[Article]
    next_cursor: str | None = None


@router.get("/articles")
async def get_articles(reader: Reader, q: str = "") -> Articles:
    """The phrases of intake's catalogue that match; none while intake is away."""
    allow(reader.actor, CASE_READERS)
    found: Any = await ask(reader.context, reader.actor, "intake", "catalogue")
    phrases = found.get("phrases", []) if found else []
    wanted = q.strip().lower()
    shown = [
        Article(id=one["code"], title=one["title"], href=f"/articles/{one['code']}")
        for one in phrases
        if not wanted or wanted in one["title"].lower() or wanted in one["initials"]
    ]
    return Articles(items=shown[:SHOWN_MAX])
