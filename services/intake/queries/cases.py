"""One case in full for those who handle it, and in plain words for the worker who holds its code."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import col, select

from services.intake.domain.case_state import State
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.clocks import Clock, contact_clock
from services.intake.domain.permissions import HOTLINE, may_see_case, sees_identity
from services.intake.domain.tracking import typed, worker_words
from services.intake.domain.urgency import Urgency
from services.intake.domain.wording import Coded, Text, coded, org_name
from services.intake.queries.shapes import (
    EmployerHit,
    PersonMasked,
    case_clock,
    cases_with_callers,
    employer_by_id,
    employer_hit,
    masked,
    reference_of,
    region_coded,
    state_text,
)
from services.intake.store.cases import TRACKING, open_content
from services.intake.store.notes import open_note
from services.intake.store.people import open_profile
from services.intake.tables import CallBackRow, CasePartRow, CaseRow, ClaimantRow, NoteRow, PartyRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.crypto import place
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed, NotFound
from shared.vocabulary.people import Role

router = APIRouter(tags=["cases"])
NOTES_MAX = 200
CLAIMANTS_MAX = 200
CALL_BACKS_MAX = 50


class NoteLine(Response):
    """A note, or a further call."""

    note_id: UUID
    at: datetime
    by: UUID
    kind: str
    visibility: str
    text: str


class PartLine(Response):
    """What another service does for the case."""

    part_id: UUID
    kind: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None


class CallBackLine(Response):
    """One attempt to ask how it went."""

    at: datetime
    by: UUID
    attempt: int
    result: str
    satisfaction: int | None
    handler_at_fault: bool
    remark: str


class CaseDetail(Response):
    """Everything intake knows of a case; people are masked."""

    case_id: UUID
    case_no: str
    version: int
    title: str
    narrative: str
    urgency_reason: str
    state: Coded
    category: Coded
    track: str
    level: str
    urgency: str
    handling: str
    channel: str
    upstream_no: str | None
    org: str
    org_name: str
    desk: str
    region: Coded
    employer: EmployerHit | None
    caller: PersonMasked
    claimants: list[PersonMasked]
    claimant_count: int
    amount_fen: int | None
    arrears_months: int | None
    migrant: bool | None
    confidential: str
    call_back: str
    danger: bool
    aid_programme: str | None
    answer: str | None
    outcome: str | None
    operator_id: UUID
    received_at: datetime
    handled_at: datetime | None
    closed_at: datetime | None
    call_backs: int
    satisfaction: int | None
    reopened: int
    supervised_by: UUID | None
    clocks: list[Clock]
    notes: list[NoteLine]
    parts: list[PartLine]
    call_back_attempts: list[CallBackLine]


class Tracked(Response):
    """What the worker's page says: no names, no staff words."""

    case_no: str
    registered_on: date
    headline: Text
    text: Text
    org_name: Text
    answer_by: date | None
    closed: bool


@router.get("/cases/by-tracking")
async def get_tracked(code: str, reader: Reader) -> Tracked:
    """The state behind a tracking code; asked by the workbench for its public page, or by the hotline."""
    if not reader.actor.has(Role.SYSTEM, *HOTLINE):
        raise NotAllowed
    wanted = typed(code)
    if wanted is None:
        raise NotFound("tracking")
    blind = reader.context.cipher.blind(wanted, TRACKING)
    row = await reader.one(cases_with_callers().where(col(CaseRow.tracking_blind) == blind))
    if row is None:
        raise NotFound("tracking")
    state = State(state_text(row).code)
    words, ended = worker_words(state), row["closed_at"] is not None
    return Tracked(
        case_no=row["number"],
        registered_on=local_date(row["received_at"]),
        headline=Text(words.title_zh, words.title_en),
        text=Text(words.text_zh, words.text_en),
        org_name=org_name(row["org"]),
        answer_by=None if ended else local_date(row["due_at"]),
        closed=ended,
    )


@router.get("/cases/{case_id}")
async def get_case(case_id: UUID, reader: Reader) -> CaseDetail:
    """One case, for those in whose area it lies."""
    row = await reader.one(cases_with_callers().where(col(CaseRow.id) == case_id))
    if row is None or not may_see_case(reader.actor, row["org"], row["operator_org"]):
        raise NotFound("case", case_id)
    content = open_content(reader.context.cipher, case_id, row["content_sealed"])
    category = CATEGORIES.get(row["category"])
    label = (category.path_zh, category.en) if category else (row["category"], row["category"])
    employer = await employer_by_id(reader, row["employer_id"])
    people = await _people(reader, row)
    same = {name: row[name] for name in CaseDetail.model_fields if name in row}
    return CaseDetail(
        **{
            **same,
            "case_id": case_id,
            "case_no": row["number"],
            "title": content.title,
            "narrative": content.narrative,
            "urgency_reason": content.urgency_reason,
            "state": state_text(row),
            "category": coded(row["category"], label),
            "org_name": org_name(row["org"]).zh,
            "region": region_coded(row["region"]),
            "employer": employer_hit(employer) if employer else None,
            "caller": people[row["caller_id"]],
            "claimants": list(people.values()),
            "clocks": await _clocks(reader, row),
            "notes": await _notes(reader, case_id),
            "parts": await _parts(reader, case_id),
            "call_back_attempts": await _attempts(reader, case_id),
        }
    )


async def _people(reader: ReadDoor, row: Mapping[str, Any]) -> dict[UUID, PersonMasked]:
    """The claimants, the caller first; hidden where the caller hides (rule 45)."""
    seen = sees_identity(
        reader.actor, row["org"], row["operator_org"], hidden=row["confidential"] == "full"
    )
    rows = await reader.all(
        select(PartyRow)
        .join(ClaimantRow, col(ClaimantRow.party_id) == col(PartyRow.id))
        .where(col(ClaimantRow.case_id) == row["id"])
        .order_by(col(ClaimantRow.joined_at), col(PartyRow.id))
        .limit(CLAIMANTS_MAX)
    )
    cipher = reader.context.cipher
    return {
        one["id"]: masked(
            one["id"], open_profile(cipher, one["id"], one["profile_sealed"]) if seen else None
        )
        for one in rows
    }


async def _clocks(reader: ReadDoor, row: Mapping[str, Any]) -> list[Clock]:
    at = now()
    rules = (await reference_of(reader)).rules(at)
    clocks = [case_clock(row, rules, at)]
    if row["first_contact_due"] is not None:
        done = row["handled_at"] or row["closed_at"]
        urgency = Urgency(row["urgency"])
        contact = row["first_contact_due"]
        clocks.append(contact_clock(contact, urgency, rules.sla, rules.calendar, at, done))
    return clocks


async def _notes(reader: ReadDoor, case_id: UUID) -> list[NoteLine]:
    rows = await reader.all(
        select(NoteRow)
        .where(col(NoteRow.case_id) == case_id)
        .order_by(col(NoteRow.id).desc())
        .limit(NOTES_MAX)
    )
    return [
        NoteLine(
            note_id=row["id"],
            at=row["at"],
            by=row["author_id"],
            kind=row["kind"],
            visibility=row["visibility"],
            text=open_note(reader.context.cipher, row["id"], row["text_sealed"]),
        )
        for row in rows
    ]


async def _parts(reader: ReadDoor, case_id: UUID) -> list[PartLine]:
    rows = await reader.all(
        select(CasePartRow).where(col(CasePartRow.case_id) == case_id).order_by(col(CasePartRow.id))
    )
    fields = set(PartLine.model_fields) - {"part_id"}
    return [PartLine(part_id=row["id"], **{name: row[name] for name in fields}) for row in rows]


async def _attempts(reader: ReadDoor, case_id: UUID) -> list[CallBackLine]:
    rows = await reader.all(
        select(CallBackRow)
        .where(col(CallBackRow.case_id) == case_id)
        .order_by(col(CallBackRow.id).desc())
        .limit(CALL_BACKS_MAX)
    )
    fields = set(CallBackLine.model_fields) - {"remark"}
    cipher = reader.context.cipher
    return [
        CallBackLine(
            **{name: row[name] for name in fields},
            remark=cipher.open(row["remark_sealed"], place("call_back", "remark", row["id"]))
            if row["remark_sealed"]
            else "",
        )
        for row in rows
    ]
