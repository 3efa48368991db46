"""Who is calling? Shown while the operator types the eleventh digit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import func
from sqlmodel import col, select

from services.intake.domain.categories import TOP_NAMES
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.wording import SATISFACTION, Text
from services.intake.queries.shapes import (
    OPEN_STATES,
    EmployerHit,
    OpenCase,
    PersonMasked,
    cases_with_callers,
    employer_by_id,
    employer_hit,
    hotline_only,
    in_scope,
    masked,
    open_case,
    reference_of,
)
from services.intake.store.people import PHONE, open_profile
from services.intake.tables import CaseRow, ClaimantRow, NoteRow, PartyRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import local_date
from shared.vocabulary.identifiers import age_on, id_number, mask_id
from shared.vocabulary.phones import phone as read_phone

router = APIRouter(tags=["callers"])
LOOK_BACK = timedelta(days=365)
CASES_MAX = 200
OPEN_SHOWN_MAX = 20


class CallerParty(PersonMasked):
    """The person behind the number."""

    gender: str | None
    age: int | None
    id_no_masked: str | None


class ClosedKind(Response):
    """How many closed cases of a kind."""

    label: Text
    count: int


class Caller(Response):
    """The caller card; empty when the number is new."""

    party: CallerParty | None = None
    member: bool = False
    calls_12_months: int = 0
    last_call_on: date | None = None
    last_satisfaction: Text | None = None
    employer: EmployerHit | None = None
    open_cases: list[OpenCase] = Field(default_factory=list)
    closed_count: int = 0
    closed_kinds: list[ClosedKind] = Field(default_factory=list)


@router.get("/callers")
async def get_caller(phone: str, reader: Reader) -> Caller:
    """The person, how often they called, what is open and what was closed."""
    hotline_only(reader.actor)
    blind = reader.context.cipher.blind(read_phone(phone).key, PHONE)
    latest = func.max(col(ClaimantRow.joined_at))
    found = (
        select(col(PartyRow.id))
        .outerjoin(ClaimantRow, col(ClaimantRow.party_id) == col(PartyRow.id))
        .where(col(PartyRow.phone_blind) == blind)
        .group_by(col(PartyRow.id))
        .order_by(latest.desc().nulls_last(), col(PartyRow.id).desc())
        .limit(1)
    )
    parties = await reader.all(select(PartyRow).where(col(PartyRow.id) == found.scalar_subquery()))
    return await _card(reader, parties[0]) if parties else Caller()


async def _card(reader: ReadDoor, party: Mapping[str, Any]) -> Caller:
    at = now()
    rules = (await reference_of(reader)).rules(at)
    cases = await reader.all(
        cases_with_callers()
        .join(ClaimantRow, col(ClaimantRow.case_id) == col(CaseRow.id))
        .where(col(ClaimantRow.party_id) == party["id"], in_scope(reader.actor))
        .order_by(col(CaseRow.received_at).desc())
        .limit(CASES_MAX)
    )
    recent = [case for case in cases if case["received_at"] > at - LOOK_BACK]
    unfinished = [case for case in cases if case["state"] in OPEN_STATES]
    closed = [case for case in cases if case["state"] not in OPEN_STATES]
    employer = next((case["employer_id"] for case in cases if case["employer_id"]), None)
    row = await employer_by_id(reader, employer)
    further = await _further_calls(reader, party["id"])
    return Caller(
        party=_person(reader, party),
        member=bool(party["member"]),
        calls_12_months=len(recent) + further,
        last_call_on=local_date(cases[0]["received_at"]) if cases else None,
        last_satisfaction=_satisfaction(cases),
        employer=employer_hit(row) if row else None,
        open_cases=[open_case(reader, case, rules, at) for case in unfinished[:OPEN_SHOWN_MAX]],
        closed_count=len(closed),
        closed_kinds=_kinds(closed),
    )


async def _further_calls(reader: ReadDoor, party_id: UUID) -> int:
    """Calls of this person that were added to cases."""
    counted = select(func.count()).where(
        col(NoteRow.party_id) == party_id,
        col(NoteRow.kind) == "call",
        col(NoteRow.at) > now() - LOOK_BACK,
    )
    return int(await reader.scalar(counted))


def _person(reader: ReadDoor, party: Mapping[str, Any]) -> CallerParty:
    profile = open_profile(reader.context.cipher, party["id"], party["profile_sealed"])
    today = local_date(now())
    card = id_number(profile.id_number, today=today) if profile.id_number else None
    return CallerParty(
        **masked(party["id"], profile).model_dump(),
        gender=profile.sex or None,
        age=age_on(card.birth, today) if card else None,
        id_no_masked=mask_id(profile.id_number) if profile.id_number else None,
    )


def _satisfaction(cases: Sequence[Mapping[str, Any]]) -> Text | None:
    stars = next((case["satisfaction"] for case in cases if case["satisfaction"]), None)
    return Text(*SATISFACTION[stars]) if stars else None


def _kinds(closed: Sequence[Mapping[str, Any]]) -> list[ClosedKind]:
    rows = (CATEGORIES.get(case["category"]) for case in closed)
    counts = Counter(row.top for row in rows if row is not None)
    return [ClosedKind(label=Text(*TOP_NAMES[top]), count=n) for top, n in counts.most_common()]
