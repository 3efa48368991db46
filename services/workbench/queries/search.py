"""The search box of every page: cases, applications, employers and workers, each only for those who may open it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import col

from services.workbench.domain.labels import APPLICATION_STATES, PROGRAMMES, STATES, label, org_name
from services.workbench.domain.permissions import CASE_READERS
from services.workbench.domain.scope import sees_subtree
from services.workbench.domain.text import Text
from services.workbench.queries.shapes import names_for, title_of
from services.workbench.queries.visible import (
    SEARCH_CHARACTERS_MIN,
    employers_like,
    matching,
    naming,
    parties_like,
    visible,
    within,
)
from services.workbench.store.directory import load_people
from services.workbench.tables import ApplicationRow, CardPartyRow, CardRow, EmployerRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.regions import region_of_code

HITS_MAX = 12
FILES_MAX = 3
"""Employers and workers shown below the cases, of each kind."""
router = APIRouter(tags=["desk"])


class SearchHit(Response):
    """Something found."""

    kind: str
    id: UUID
    case_no: str | None
    title: str
    state: Text
    org_name: str


class SearchHits(Response):
    """At most twelve."""

    items: list[SearchHit]
    next_cursor: str | None = None


@router.get("/search")
async def get_search(reader: Reader, q: str = "") -> SearchHits:
    """Number, telephone (whole or last four), full name, employer; the newest cases first, then the files."""
    if not q.strip():
        return SearchHits(items=[])
    files = [*await _applications(reader, q), *await _employers(reader, q)]
    files += await _workers(reader, q)
    cases = await _cases(reader, q)
    return SearchHits(items=[*cases[: HITS_MAX - len(files)], *files])


async def _cases(reader: ReadDoor, q: str) -> list[SearchHit]:
    rows = await reader.all(
        select(CardRow)
        .where(visible(reader.actor), matching(reader.actor, q, reader.context.cipher))
        .order_by(col(CardRow.registered_at).desc().nulls_last(), col(CardRow.case_id).desc())
        .limit(HITS_MAX)
    )
    names = await names_for(reader, rows)
    return [
        SearchHit(
            kind="case",
            id=row["case_id"],
            case_no=row["number"],
            title=title_of(row, names),
            state=label(STATES, row["state"]),
            org_name=org_name(row["org"]),
        )
        for row in rows
    ]


async def _applications(reader: ReadDoor, q: str) -> list[SearchHit]:
    if not sees_subtree(reader.actor):
        return []
    rows = await reader.all(
        select(ApplicationRow)
        .where(
            col(ApplicationRow.number) == q.strip().upper(),
            within(col(ApplicationRow.org), reader.actor.org),
        )
        .limit(FILES_MAX)
    )
    return [
        SearchHit(
            kind="application",
            id=row["application_id"],
            case_no=row["number"],
            title=label(PROGRAMMES, row["programme"]).zh,
            state=label(APPLICATION_STATES, row["state"]),
            org_name=org_name(row["org"]),
        )
        for row in rows
    ]


async def _employers(reader: ReadDoor, q: str) -> list[SearchHit]:
    """By a piece of the name; an outside lawyer goes by the cases."""
    typed = "".join(q.split())
    if not sees_subtree(reader.actor) or typed.isdigit() or len(typed) < SEARCH_CHARACTERS_MIN:
        return []
    rows = await reader.all(
        select(EmployerRow)
        .where(col(EmployerRow.employer_id).in_(employers_like(typed)))
        .order_by(col(EmployerRow.name), col(EmployerRow.employer_id))
        .limit(FILES_MAX)
    )
    return [
        SearchHit(
            kind="employer",
            id=row["employer_id"],
            case_no=None,
            title=row["name"],
            state=_place(row),
            org_name=org_name(row["org"]),
        )
        for row in rows
    ]


def _place(row: Any) -> Text:
    region = region_of_code(row["region"])
    return Text(region.zh, region.en) if region else Text(row["region"], row["region"])


async def _workers(reader: ReadDoor, q: str) -> list[SearchHit]:
    """By whole number, last four digits or full name, and only out of cases whose people the reader may know."""
    found = parties_like(q, reader.context.cipher)
    if found is None or not reader.actor.has(*CASE_READERS):
        return []
    party = col(CardPartyRow.party_id)
    rows = await reader.all(
        select(party)
        .join(CardRow, col(CardRow.case_id) == col(CardPartyRow.case_id))
        .where(naming(reader.actor), party.in_(found))
        .group_by(party)
        .order_by(party.desc())
        .limit(FILES_MAX)
    )
    ids = [row["party_id"] for row in rows]
    people = await load_people(reader.context.db, reader.context.cipher, ids)
    return [
        SearchHit(
            kind="party",
            id=one.party_id,
            case_no=None,
            title=one.name_masked,
            state=Text(one.phone_masked or "—", one.phone_masked or "—"),
            org_name="",
        )
        for one in people.values()
    ]
