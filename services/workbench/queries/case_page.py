"""The page of one case: what every service knows of it, and what this person may do next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlmodel import col
from starlette.requests import Request

from services.workbench.domain.actions import dispute_actions, hinted_deeds
from services.workbench.domain.card import Card
from services.workbench.domain.case_actions import case_actions
from services.workbench.domain.clock import Clock, clocks_of
from services.workbench.domain.documents import Document, documents_of
from services.workbench.domain.labels import STAGES, STATES, coded, coded_or_none, label
from services.workbench.domain.lacks import lack
from services.workbench.domain.story import SHOWN
from services.workbench.domain.summary import is_supervised, stage_of
from services.workbench.domain.text import Coded, Text
from services.workbench.queries.case_access import load_visible
from services.workbench.queries.case_documents import applications_of, dispute_of
from services.workbench.queries.case_people import Parties, parties_of
from services.workbench.queries.case_related import count_related
from services.workbench.queries.presence import PresentStaff, present_at
from services.workbench.queries.shapes import (
    AllowedAction,
    OrgRef,
    StaffRef,
    names_for,
    org_ref,
    title_of,
)
from services.workbench.store.desks import look_at
from services.workbench.store.folded import to_card
from services.workbench.tables import FactRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader

router = APIRouter(tags=["case"])


class Guard(Response):
    """What the next step lacks."""

    code: str
    title: Text
    detail: Text | None
    cure: AllowedAction | None


class NextStep(Response):
    """Where the dispute goes from here."""

    title: Text
    action: AllowedAction | None
    missing: list[Guard]
    met: list[Text]


class Counts(Response):
    """Numbers on the tabs."""

    timeline: int
    notes: int
    materials: int
    related: int
    documents: int


class CasePage(Response):
    """Everything around one case."""

    case_id: UUID
    case_no: str
    title: str
    versions: dict[str, int]
    dispute_id: UUID | None
    application_ids: list[UUID]
    state: Coded
    stage: Coded | None
    grade: str | None
    urgency: str
    supervised: bool
    org: OrgRef
    owner: StaffRef | None
    presence: list[PresentStaff]
    allowed_actions: list[AllowedAction]
    clocks: list[Clock]
    limitation: Text | None
    counts: Counts
    next_step: NextStep | None
    parties: Parties
    as_of: datetime


@router.get("/cases/{case_id}")
async def get_case(case_id: UUID, http: Request, reader: Reader) -> CasePage:
    """The case; looking at it puts it among one's open work."""
    row = await load_visible(reader, case_id)
    card = to_card(row)
    names = await names_for(reader, [row])
    written, applications = await dispute_of(reader, card), await applications_of(reader, case_id)
    dispute = None if card.case.closed_at else written
    actions = _actions(reader, card, dispute)
    page = CasePage(
        case_id=case_id,
        case_no=row["number"] or "",
        title=title_of(row, names),
        versions=_versions(card),
        dispute_id=card.dispute_id,
        application_ids=[one.application_id for one in applications],
        state=coded(STATES, row["state"]),
        stage=coded_or_none(STAGES, stage_of(card)),
        grade=row["grade"],
        urgency=row["urgency"],
        supervised=is_supervised(card),
        org=org_ref(row["org"]),
        owner=names.person(row["owner_id"]),
        presence=await present_at(http, reader, case_id),
        allowed_actions=actions,
        clocks=clocks_of(card, names.at, names.calendar),
        limitation=_limitation(card),
        counts=await _counts(reader, row, card, documents_of(card, written, applications)),
        next_step=_next_step(card, dispute, actions),
        parties=await parties_of(reader, row, card),
        as_of=names.at,
    )
    await look_at(reader.context.db, reader.actor.id, case_id, names.at)
    return page


def _versions(card: Card) -> dict[str, int]:
    versions = {"intake": card.case.version}
    return {**versions, "mediation": card.dispute.version} if card.dispute else versions


def _actions(reader: ReadDoor, card: Card, dispute: dict[str, Any] | None) -> list[AllowedAction]:
    found = list(case_actions(reader.actor, card))
    if card.dispute and not card.dispute.closed_at:
        deeds = dispute["allowed"] if dispute else hinted_deeds(reader.actor)
        acts = dispute["acts"] if dispute else ()
        missing = len(dispute["missing"]) if dispute else len(card.dispute.missing)
        found = [*dispute_actions(card, deeds, acts, missing), *found]
    return [
        AllowedAction(
            code=one.code,
            label=one.label,
            service=one.service,
            primary=one.primary,
            blocked=one.blocked,
            form=one.form,
            href=one.href,
        )
        for one in found
    ]


def _next_step(
    card: Card, dispute: dict[str, Any] | None, actions: Sequence[AllowedAction]
) -> NextStep | None:
    side = card.dispute
    if side is None or side.closed_at:
        return None
    by_code = {one.code: one for one in actions}
    if dispute:
        missing = [
            Guard(
                code=one["code"],
                title=Text(one["zh"], one["en"]),
                detail=None,
                cure=_cure(one["cure"]),
            )
            for one in dispute["missing"]
        ]
    else:
        missing = [
            Guard(code=code, title=lack(code), detail=None, cure=None) for code in side.missing
        ]
    return NextStep(
        title=label(STAGES, _next_stage(side.stage, dispute)),
        action=by_code.get("advance"),
        missing=missing,
        met=[],
    )


def _cure(code: str) -> AllowedAction | None:
    words = Text("去办理", "Do it")
    return AllowedAction(code=code, label=words, service="mediation") if code else None


def _next_stage(stage: str | None, dispute: dict[str, Any] | None) -> str | None:
    order = [one["id"] for one in dispute["stages"]] if dispute else list(STAGES)
    if stage not in order:
        return stage
    return order[min(order.index(stage) + 1, len(order) - 1)]


def _limitation(card: Card) -> Text | None:
    side = card.dispute
    found = next((one for one in side.days if one.kind == "limitation"), None) if side else None
    if found is None:
        return None
    return Text(f"仲裁时效至 {found.effective}", f"Limitation period ends {found.effective}")


async def _counts(reader: ReadDoor, row: Any, card: Card, documents: Sequence[Document]) -> Counts:
    timeline = await reader.scalar(
        select(func.count()).where(
            col(FactRow.case_id) == card.case_id, col(FactRow.name).in_(SHOWN)
        )
    )
    related = await count_related(reader, row)
    return Counts(
        timeline=timeline,
        notes=card.case.notes,
        materials=max(card.case.materials, 0),
        related=related,
        documents=len(documents),
    )
