"""All services at a glance for the people who run the system; one that does not answer is shown as such."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, literal, or_, select
from sqlmodel import col
from starlette.requests import Request

from services.workbench.domain.fact_labels import fact_title, timer_title
from services.workbench.domain.labels import SERVICES, label
from services.workbench.domain.permissions import OPERATIONS_READERS, allow
from services.workbench.domain.text import Text
from services.workbench.gateways.live import Live
from services.workbench.gateways.services import FORWARDED, ask
from services.workbench.queries.paging import PAGE_ROWS
from services.workbench.queries.visible import matching
from services.workbench.tables import CardRow, FactRow
from shared.kernel import operations as kernel
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.errors import NotFound

FLOW_FACTS_MAX = 200
LATEST_FACTS_MAX = 40
"""What the page begins with, before a case is chosen."""
router = APIRouter(tags=["operations"])


class ServiceState(Response):
    """A service: its own overview with a title for each kind of timer, or that it does not answer."""

    service: str
    name: Text
    reachable: bool
    overview: dict[str, Any] | None


class Parked(Response):
    """A parked message and whose it is; replay and skip go to that service."""

    service: str
    case_id: UUID | None
    case_no: str | None
    title: Text
    row: dict[str, Any]


class Operations(Response):
    """The whole page."""

    services: list[ServiceState]
    parked: list[Parked]
    browsers: int
    as_of: datetime


class Hop(Response):
    """A fact on its way: told at, known here at, both in milliseconds since the first."""

    event_id: UUID
    cause_id: UUID | None
    case_no: str
    service: str
    name: str
    title: Text
    told_ms: float
    known_ms: float


class Flow(Response):
    """How one case went through the services, or the latest facts of all; `began_at`: the first fact shown."""

    case_id: UUID | None
    case_no: str
    began_at: datetime | None
    hops: list[Hop]


@router.get("/overview")
async def get_operations(http: Request, reader: Reader) -> Operations:
    """Asked of all services at the same time."""
    allow(reader.actor, OPERATIONS_READERS)
    answers = await asyncio.gather(*(_of(reader, service) for service in FORWARDED), _own(reader))
    services = [_state(service, overview) for service, overview, _ in answers]
    rows = [(service, row) for service, _, found in answers for row in found or ()]
    rows.sort(key=lambda one: str(one[1]["parked_at"]))
    live: Live = http.app.state.live
    return Operations(
        services=services,
        parked=await _parked(reader, rows[:PAGE_ROWS]),
        browsers=live.browsers,
        as_of=now(),
    )


async def _of(reader: ReadDoor, service: str) -> tuple[str, Any, Any]:
    context, actor = reader.context, reader.actor
    overview, parked = await asyncio.gather(
        ask(context, actor, service, "operations/overview"),
        ask(context, actor, service, "operations/parked"),
    )
    return service, overview, parked


async def _own(reader: ReadDoor) -> tuple[str, Any, Any]:
    """This service, asked like the others: with Kafka away its lag is unknown, and the page still opens."""
    overview, parked = await asyncio.gather(
        kernel.get_overview(reader), kernel.get_parked(reader), return_exceptions=True
    )
    return (
        "workbench",
        None if isinstance(overview, BaseException) else overview.model_dump(mode="json"),
        []
        if isinstance(parked, BaseException)
        else [row.model_dump(mode="json") for row in parked],
    )


def _state(service: str, overview: Any) -> ServiceState:
    return ServiceState(
        service=service,
        name=label(SERVICES, service),
        reachable=overview is not None,
        overview=overview and overview | {"timers": _titled(service, overview["timers"])},
    )


def _titled(service: str, timers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"title": timer_title(service, one["kind"])} for one in timers]


async def _parked(reader: ReadDoor, rows: list[tuple[str, dict[str, Any]]]) -> list[Parked]:
    """With the case each one is about, where the read model knows it."""
    about = [UUID(row["aggregate_id"]) for _, row in rows]
    if not about:
        return []
    found = await reader.all(
        select(col(CardRow.case_id), col(CardRow.dispute_id), col(CardRow.number)).where(
            or_(col(CardRow.case_id).in_(about), col(CardRow.dispute_id).in_(about))
        )
    )
    known = {one["case_id"]: one for one in found}
    known |= {one["dispute_id"]: one for one in found if one["dispute_id"]}
    shown = []
    for service, row in rows:
        case = known.get(UUID(row["aggregate_id"]))
        shown.append(
            Parked(
                service=service,
                case_id=case["case_id"] if case else None,
                case_no=case["number"] if case else None,
                title=fact_title(row["name"]),
                row=row,
            )
        )
    return shown


@router.get("/flow")
async def get_flow(reader: Reader, case: str = "") -> Flow:
    """By case id or number: every fact with the time it was told and the time the workbench had it; without a case, the
    latest facts of all. Ids, numbers and times only.
    """
    allow(reader.actor, OPERATIONS_READERS)
    if not case.strip():
        return _flow(None, "", await _latest(reader))
    card = await reader.one(
        select(col(CardRow.case_id), col(CardRow.number)).where(_named(reader, case)).limit(1)
    )
    if card is None:
        raise NotFound("case", case)
    rows = await reader.all(
        select(FactRow, literal(card["number"] or "").label("number"))
        .where(col(FactRow.case_id) == card["case_id"])
        .order_by(col(FactRow.at), col(FactRow.id))
        .limit(FLOW_FACTS_MAX)
    )
    if not rows:
        raise NotFound("case", case)
    return _flow(card["case_id"], card["number"] or "", rows)


async def _latest(reader: ReadDoor) -> list[Any]:
    """In the order of their ids, which is that of their making: an order the primary key has at hand."""
    rows = await reader.all(
        select(FactRow, func.coalesce(col(CardRow.number), "").label("number"))
        .outerjoin(CardRow, col(CardRow.case_id) == col(FactRow.case_id))
        .order_by(col(FactRow.id).desc())
        .limit(LATEST_FACTS_MAX)
    )
    return sorted(rows, key=lambda row: (row["at"], row["id"]))


def _flow(case_id: UUID | None, number: str, rows: Sequence[Any]) -> Flow:
    began: datetime | None = rows[0]["at"] if rows else None
    return Flow(
        case_id=case_id,
        case_no=number,
        began_at=began,
        hops=[
            Hop(
                event_id=row["id"],
                cause_id=row["causation_id"],
                case_no=row["number"],
                service=row["service"],
                name=row["name"],
                title=fact_title(row["name"]),
                told_ms=_ms(row["at"], began),
                known_ms=_ms(row["recorded_at"], began),
            )
            for row in rows
            if began
        ],
    )


def _named(reader: ReadDoor, text: str) -> Any:
    try:
        return col(CardRow.case_id) == UUID(text)
    except ValueError:
        return matching(reader.actor, text, reader.context.cipher)


def _ms(at: datetime, began: datetime) -> float:
    return round((at - began).total_seconds() * 1000, 1)
