"""What is read of mediation: the page of one dispute, a lawyer's offers, rosters, rooms, schemes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import col

from services.mediation.domain.comparison import SOURCE, Comparison
from services.mediation.domain.lawyers import OfferState
from services.mediation.domain.permissions import Deed, allowed_deeds, may
from services.mediation.domain.scheme import LawyerFee, Scheme
from services.mediation.domain.stages import allowed_acts, guards_now, leads_to
from services.mediation.domain.tracks import is_track_open, latest_extension
from services.mediation.store.answers import MissingItem, missing_items
from services.mediation.store.comparison import load_comparison
from services.mediation.store.disputes import Loaded, authorised, opened
from services.mediation.store.papers import OPINION, paper_content
from services.mediation.store.schemes import load_schemes
from services.mediation.tables import (
    BookingRow,
    DisputeRow,
    LawyerRow,
    MediatorRow,
    OfferRow,
    PaperRow,
)
from shared.kernel.auth import require
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.errors import NotFound
from shared.vocabulary.people import Role

router = APIRouter(tags=["disputes"])
OFFERS_SHOWN_MAX = 100
ROSTER_SHOWN_MAX = 500
BOOKINGS_SHOWN_MAX = 200


class StageShown(Response):
    """One stage of the scheme."""

    id: str
    kind: str
    zh: str
    en: str
    checklist: list[dict[str, Any]]
    sign_off: list[str]


class GuardShown(Response):
    """One condition of the way out of the present stage, and how many things it finds missing."""

    code: str
    missing: int


class DisputePage(Response):
    """Everything the actor may see of one dispute. `content` is null for those who may not read it (rule 35)."""

    dispute_id: UUID
    version: int
    case_id: UUID
    org: str
    employer_id: UUID | None
    stage: str
    status: str
    grade: str
    claimant_count: int
    claimant_ids: list[UUID]
    amount_fen: int
    stages: list[StageShown]
    next_stage: str | None
    guards: list[GuardShown]
    ladder: dict[str, int]
    missing: list[MissingItem]
    allowed: list[str]
    acts: list[str]
    mediator_ids: list[UUID]
    lawyer_id: UUID | None
    track: str
    track_open: bool
    deadlines: list[dict[str, Any]]
    offers: list[dict[str, Any]]
    content: dict[str, Any] | None
    opinion: dict[str, Any] | None


@router.get("/disputes/{dispute_id}")
async def get_dispute(dispute_id: UUID, reader: Reader) -> DisputePage:
    """The dispute as its people work on it."""
    row = await reader.one(select(DisputeRow).where(col(DisputeRow.id) == dispute_id))
    offers = await reader.all(
        select(OfferRow)
        .where(col(OfferRow.dispute_id) == dispute_id)
        .order_by(col(OfferRow.attempt).desc())
        .limit(OFFERS_SHOWN_MAX)
    )
    offered_to = [one["lawyer_id"] for one in offers if one["state"] == "open"]
    loaded = authorised(row, dispute_id, reader.actor, Deed.SEE, offered_to, reader.context.cipher)
    return await _page(loaded, offers, offered_to, reader)


async def _page(
    loaded: Loaded, offers: list[Any], offered_to: list[UUID], reader: Reader
) -> DisputePage:
    dispute, scheme, actor = loaded.dispute, loaded.scheme, reader.actor
    inside = may(actor, Deed.READ_CONTENT, dispute, offered_to)
    return DisputePage(
        dispute_id=dispute.id,
        version=dispute.version,
        case_id=dispute.case_id,
        org=dispute.org,
        employer_id=dispute.employer_id,
        stage=dispute.stage,
        status=dispute.status.value,
        grade=dispute.grade.value,
        claimant_count=dispute.claimant_count,
        claimant_ids=list(loaded.claimant_ids) if inside else [],
        amount_fen=dispute.amount_fen,
        stages=_stages(scheme),
        next_stage=leads_to(scheme, dispute),
        guards=[
            GuardShown(code=code, missing=len(found))
            for code, found in guards_now(scheme, dispute).items()
        ],
        ladder=scheme.ladder.steps,
        missing=missing_items(dispute, scheme),
        allowed=[deed.value for deed in allowed_deeds(actor, dispute, offered_to)],
        acts=[act.value for act in allowed_acts(scheme, dispute)],
        mediator_ids=list(dispute.mediators),
        lawyer_id=dispute.lawyer,
        track=dispute.track.value,
        track_open=is_track_open(dispute, scheme),
        deadlines=[
            one.to_dict() | {"latest": latest_extension(one, scheme)} for one in dispute.deadlines
        ],
        offers=[_offer(one) for one in offers] if inside else [],
        content=_content(loaded) if inside else None,
        opinion=await _opinion(loaded, reader) if inside else None,
    )


def _stages(scheme: Scheme) -> list[StageShown]:
    return [
        StageShown(
            id=stage.id,
            kind=stage.kind.value,
            zh=stage.zh,
            en=stage.en,
            checklist=[
                {"id": item.id, "zh": item.zh, "en": item.en, "from_grade": item.from_grade.value}
                for item in stage.checklist
            ],
            sign_off=[role.value for role in stage.sign_off],
        )
        for stage in scheme.stages
    ]


_HIDDEN = ("id", "case_id", "org", "version", "deadlines", "mediated_by")


def _content(loaded: Loaded) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(loaded.dispute)
    for field in _HIDDEN:
        plain.pop(field, None)
    for shown, one in zip(plain["assessments"], loaded.dispute.assessments, strict=True):
        shown["content_hash"] = one.content_hash
    if loaded.dispute.agreement is not None:
        plain["agreement"]["amount_in_words"] = loaded.dispute.agreement.amount_in_words
        plain["agreement"]["paid_fen"] = loaded.dispute.agreement.paid_fen
    return plain


def _offer(row: Any) -> dict[str, Any]:
    shown = (
        "id",
        "lawyer_id",
        "attempt",
        "state",
        "decline_reason",
        "explanation_zh",
        "explanation_en",
    )
    times = {name: row[name].isoformat() for name in ("offered_at", "expires_at")}
    return {name: row[name] for name in shown} | times


async def _opinion(loaded: Loaded, reader: Reader) -> dict[str, Any] | None:
    row = await reader.one(
        select(PaperRow)
        .where(col(PaperRow.dispute_id) == loaded.dispute.id, col(PaperRow.kind) == OPINION)
        .order_by(col(PaperRow.written_at).desc())
        .limit(1)
    )
    return None if row is None else paper_content(row, reader.context.cipher)


class ComparisonShown(Response):
    """What was compared before a lawyer takes a dispute, and what was found; numbers and codes, no names."""

    conflict: bool
    found: list[str]
    cases: int
    related: int
    same_employer: int
    same_worker: int
    source: str


class FeeShown(Response):
    """What the federation pays, in fen, and whose figure it is."""

    fen: int
    zh: str
    en: str


class OfferShown(Response):
    """An offer as its lawyer sees it: no name, telephone or ID number before acceptance (U50).

    How the dispute stands is null once it is no longer this lawyer's business. `check`: compared at this moment,
    while the offer is open.
    """

    offer_id: UUID
    dispute_id: UUID
    state: str
    offered_at: datetime
    expires_at: datetime
    case_id: UUID | None = None
    employer_id: UUID | None = None
    claimant_count: int | None = None
    amount_fen: int | None = None
    grade: str | None = None
    stage: str | None = None
    org: str | None = None
    asks: list[str] | None = None
    fee: FeeShown | None = None
    check: ComparisonShown | None = None


@router.get("/offers")
async def get_offers(reader: Reader) -> list[OfferShown]:
    """The actor's own offers, newest first, answered ones too."""
    require(reader.actor, Role.LAWYER)
    offers = await reader.all(
        select(OfferRow)
        .where(col(OfferRow.lawyer_id) == reader.actor.id)
        .order_by(col(OfferRow.offered_at).desc(), col(OfferRow.id).desc())
        .limit(OFFERS_SHOWN_MAX)
    )
    ids = {one["dispute_id"] for one in offers}
    rows = await reader.all(select(DisputeRow).where(col(DisputeRow.id).in_(ids)))
    disputes = {row["id"]: opened(row, reader.context.cipher) for row in rows}
    return [await _own_offer(one, disputes[one["dispute_id"]], reader) for one in offers]


async def _own_offer(row: Any, loaded: Loaded, reader: ReadDoor) -> OfferShown:
    is_open, dispute, actor = row["state"] == OfferState.OPEN, loaded.dispute, reader.actor
    shown = OfferShown(
        offer_id=row["id"],
        **{name: row[name] for name in ("dispute_id", "state", "offered_at", "expires_at")},
    )
    if not may(actor, Deed.SEE, dispute, [actor.id] if is_open else []):
        return shown
    names = ("case_id", "employer_id", "claimant_count", "amount_fen", "grade", "stage", "org")
    stands = {name: getattr(dispute, name) for name in names} | {
        "asks": [task.value for task in loaded.scheme.lawyer_tasks(dispute.grade)],
        "fee": _fee(loaded.scheme.lawyer_fee),
        "check": _compared(await load_comparison(reader, actor.id, loaded)) if is_open else None,
    }
    return shown.model_copy(update=stands)


def _fee(fee: LawyerFee | None) -> FeeShown | None:
    return FeeShown(fen=fee.fen, zh=fee.zh, en=fee.en) if fee else None


def _compared(what: Comparison) -> ComparisonShown:
    return ComparisonShown(
        conflict=what.conflict,
        found=[one.value for one in what.found],
        cases=what.disputes,
        related=what.employers,
        same_employer=what.same_employer,
        same_worker=what.same_worker,
        source=SOURCE,
    )


@router.get("/disputes/{dispute_id}/lawyers/{lawyer_id}/comparison")
async def get_comparison(dispute_id: UUID, lawyer_id: UUID, reader: Reader) -> ComparisonShown:
    """A lawyer beside a dispute, before the coordinator assigns them by name."""
    row = await reader.one(select(DisputeRow).where(col(DisputeRow.id) == dispute_id))
    loaded = authorised(
        row, dispute_id, reader.actor, Deed.OFFER_TO_LAWYER, [], reader.context.cipher
    )
    known = await reader.one(select(col(LawyerRow.id)).where(col(LawyerRow.id) == lawyer_id))
    if known is None:
        raise NotFound("lawyer", lawyer_id)
    return _compared(await load_comparison(reader, lawyer_id, loaded))


class RosterRow(Response):
    """One person of a roster."""

    id: UUID
    org: str
    caseload_max: int
    is_available: bool


@router.get("/rosters/{kind}")
async def get_roster(kind: str, reader: Reader) -> list[RosterRow]:
    """`lawyers` or `mediators`."""
    require(reader.actor, Role.MEDIATOR, Role.SUPERVISOR, Role.DISPATCHER)
    queries = {
        "lawyers": select(LawyerRow).order_by(col(LawyerRow.id)),
        "mediators": select(MediatorRow).order_by(col(MediatorRow.id)),
    }
    if kind not in queries:
        raise NotFound("roster", kind)
    rows = await reader.all(queries[kind].limit(ROSTER_SHOWN_MAX))
    return [RosterRow(**{name: row[name] for name in RosterRow.model_fields}) for row in rows]


class BookingShown(Response):
    """A room taken."""

    id: UUID
    dispute_id: UUID
    room: str
    starts_at: datetime
    ends_at: datetime


@router.get("/bookings")
async def get_bookings(since: date, reader: Reader) -> list[BookingShown]:
    """Meetings from a day on, earliest first."""
    require(reader.actor, Role.MEDIATOR, Role.SUPERVISOR)
    rows = await reader.all(
        select(BookingRow)
        .where(col(BookingRow.ends_at) >= datetime.fromisoformat(f"{since}T00:00:00+08:00"))
        .order_by(col(BookingRow.starts_at), col(BookingRow.id))
        .limit(BOOKINGS_SHOWN_MAX)
    )
    return [BookingShown(**{name: row[name] for name in BookingShown.model_fields}) for row in rows]


@router.get("/schemes")
async def get_schemes(reader: Reader) -> list[dict[str, Any]]:
    """Every scheme and version, for the diagram and the board's columns."""
    require(reader.actor, Role.MEDIATOR, Role.SUPERVISOR, Role.AUDITOR, Role.SYSTEM_ADMIN)
    return [
        {
            "id": scheme.id,
            "version": scheme.version,
            "zh": scheme.zh,
            "en": scheme.en,
            "reading": scheme.reading,
            "stages": [stage.model_dump() for stage in _stages(scheme)],
        }
        for scheme in load_schemes().values()
    ]
