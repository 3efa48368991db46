"""The file of a worker: masked, how they may be reached, what their cases and applications add up to.

It opens for those who see a case the worker is part of, or an application of theirs in their part of the organisation;
for an outside lawyer only from the acceptance on. Full values are shown by intake alone, against a reason.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from fastapi import APIRouter
from sqlalchemy import ColumnElement, false, func, select
from sqlmodel import col

from services.workbench.domain.labels import APPLICATION_STATES, PROGRAMMES, coded
from services.workbench.domain.permissions import CASE_READERS, WELFARE_READERS, allow
from services.workbench.domain.scope import sees_subtree
from services.workbench.domain.text import Coded
from services.workbench.queries.paging import PAGE_ROWS, cursor_after, earlier
from services.workbench.queries.shapes import OrgRef, PersonMasked, org_ref
from services.workbench.queries.visible import about_party, within
from services.workbench.store.directory import load_employers, load_people, person_or_unknown
from services.workbench.tables import ApplicationRow, CardRow, PartyRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.errors import NotFound
from shared.vocabulary.identifiers import mask_id

router = APIRouter(tags=["parties"])


class EmployerName(Response):
    """The employer of the latest case."""

    employer_id: UUID
    name: str


class PartyFile(PersonMasked):
    """`None` where nobody has asked yet; `erased` when the profile was forgotten at the worker's wish."""

    id_no_masked: str | None
    sex: str | None
    member: bool | None
    language: str | None
    sms_consent: bool | None
    erased: bool
    employer: EmployerName | None
    open_cases: int
    closed_cases: int
    last_registered_at: datetime | None
    last_satisfaction: int | None
    as_of: datetime


class PartyApplication(Response):
    """An application; `href` when the reader may open it."""

    application_id: UUID
    application_no: str
    programme: Coded
    state: Coded
    org: OrgRef
    since: datetime | None
    closed: bool
    href: str | None


class PartyApplications(Response):
    """A page, the latest change first."""

    items: list[PartyApplication]
    next_cursor: str | None


@router.get("/parties/{party_id}")
async def get_party_file(party_id: UUID, reader: Reader) -> PartyFile:
    """Masked; the same answer for somebody unknown and somebody who is none of the reader's business."""
    allow(reader.actor, CASE_READERS)
    await _refuse_stranger(reader, party_id)
    db, cipher = reader.context.db, reader.context.cipher
    who = person_or_unknown(await load_people(db, cipher, [party_id]), party_id)
    profile = await _profile(reader, party_id)
    counts = await _counts(reader, party_id)
    latest = await _latest(reader, party_id)
    employers = await load_employers(db, [latest["employer_id"]] if latest else [])
    number = (profile or {}).get("id_number")
    return PartyFile(
        party_id=party_id,
        name_masked=who.name_masked,
        phone_masked=who.phone_masked,
        id_no_masked=mask_id(number) if number else None,
        **{
            name: (profile or {}).get(name) for name in ("sex", "member", "language", "sms_consent")
        },
        erased=profile is None,
        employer=next(
            (
                EmployerName(employer_id=one.employer_id, name=one.name)
                for one in employers.values()
            ),
            None,
        ),
        open_cases=counts["open"],
        closed_cases=counts["closed"],
        last_registered_at=latest["registered_at"] if latest else None,
        last_satisfaction=await _satisfaction(reader, party_id),
        as_of=now(),
    )


async def _refuse_stranger(reader: ReadDoor, party_id: UUID) -> None:
    cases = select(col(CardRow.case_id)).where(about_party(reader.actor, party_id)).limit(1)
    if await reader.one(cases) is not None:
        return
    aid = select(col(ApplicationRow.application_id)).where(_applied(reader, party_id)).limit(1)
    if await reader.one(aid) is None:
        raise NotFound("party", party_id)


def _applied(reader: ReadDoor, party_id: UUID) -> ColumnElement[bool]:
    if not sees_subtree(reader.actor):
        return false()
    area = within(col(ApplicationRow.org), reader.actor.org)
    return (col(ApplicationRow.party_id) == party_id) & area


async def _profile(reader: ReadDoor, party_id: UUID) -> dict[str, Any] | None:
    sealed = await reader.scalar(
        select(col(PartyRow.sealed)).where(col(PartyRow.party_id) == party_id)
    )
    if sealed is None:
        return None
    opened: dict[str, Any] = msgspec.json.decode(reader.context.cipher.open(sealed, str(party_id)))
    return opened


async def _counts(reader: ReadDoor, party_id: UUID) -> Any:
    still_open = col(CardRow.closed_at).is_(None)
    return await reader.one(
        select(
            func.count().filter(still_open).label("open"),
            func.count().filter(~still_open).label("closed"),
        ).where(about_party(reader.actor, party_id))
    )


async def _latest(reader: ReadDoor, party_id: UUID) -> Any:
    return await reader.one(
        select(col(CardRow.employer_id), col(CardRow.registered_at))
        .where(about_party(reader.actor, party_id), col(CardRow.registered_at).is_not(None))
        .order_by(col(CardRow.registered_at).desc(), col(CardRow.case_id).desc())
        .limit(1)
    )


async def _satisfaction(reader: ReadDoor, party_id: UUID) -> int | None:
    """What the worker said at the last call-back: only a caller is called back."""
    found: int | None = await reader.scalar(
        select(col(CardRow.satisfaction))
        .where(
            about_party(reader.actor, party_id),
            col(CardRow.caller_id) == party_id,
            col(CardRow.satisfaction).is_not(None),
        )
        .order_by(col(CardRow.closed_at).desc().nulls_last())
        .limit(1)
    )
    return found


@router.get("/parties/{party_id}/applications")
async def get_party_applications(
    party_id: UUID, reader: Reader, cursor: str | None = None
) -> PartyApplications:
    """Applications of the worker in the reader's part of the organisation."""
    allow(reader.actor, CASE_READERS)
    await _refuse_stranger(reader, party_id)
    when, key = col(ApplicationRow.state_since), col(ApplicationRow.application_id)
    query = select(ApplicationRow).where(_applied(reader, party_id), when.is_not(None))
    query = query.where(earlier(when, key, cursor)) if cursor else query
    rows = await reader.all(query.order_by(when.desc(), key.desc()).limit(PAGE_ROWS + 1))
    page, may_open = rows[:PAGE_ROWS], reader.actor.has(*WELFARE_READERS)
    last = page[-1] if len(rows) > PAGE_ROWS else None
    return PartyApplications(
        items=[_application(row, may_open=may_open) for row in page],
        next_cursor=cursor_after(last["state_since"], last["application_id"]) if last else None,
    )


def _application(row: Any, *, may_open: bool) -> PartyApplication:
    return PartyApplication(
        application_id=row["application_id"],
        application_no=row["number"] or "",
        programme=coded(PROGRAMMES, row["programme"] or ""),
        state=coded(APPLICATION_STATES, row["state"]),
        org=org_ref(row["org"]),
        since=row["state_since"],
        closed=row["closed_at"] is not None,
        href=f"/welfare/applications/{row['application_id']}" if may_open else None,
    )
