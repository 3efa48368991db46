"""The operator's desk: the telephone and today's calls. Without telephony the numbers are typed by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func
from sqlmodel import col, select

from services.intake.domain.case import SATISFIED_MIN
from services.intake.domain.wording import Text, org_name
from services.intake.queries.shapes import (
    Asked,
    cases_with_callers,
    hotline_only,
    profile_for,
    state_text,
)
from services.intake.tables import CallBackRow, CaseRow, NoteRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import local_date, start_of_day
from shared.vocabulary.identifiers import mask_name

router = APIRouter(tags=["desk"])
CALLS_SHOWN_MAX = 20
PHONE_TAIL = 4


class PhoneState(Response):
    """`absent`: no telephone exchange is connected."""

    state: str = "absent"
    since: datetime | None = None
    call_id: UUID | None = None
    phone: str | None = None
    phone_masked: str | None = None
    recording: bool = False
    calls_today: int


class PhoneAct(Asked):
    """What the operator pressed."""

    act: Literal["idle", "break", "mute", "hold", "hang_up", "dial"]
    phone: str | None = None


class Share(Response):
    """So many of so many."""

    count: int
    of: int


class DayCall(Response):
    """One call of today."""

    call_id: UUID
    at: datetime
    direction: str
    who_masked: str
    phone_tail: str
    seconds: int | None
    outcome: Text
    warn: bool
    case_id: UUID | None


class Today(Response):
    """The operator's day; what only a telephone exchange can tell is zero without one."""

    shift: Text
    answered: int
    average_s: int
    quick: Share
    satisfied: Share
    calls_in: int
    calls_out: int
    calls_missed: int
    calls: list[DayCall]


@router.get("/phone")
async def get_phone(reader: Reader) -> PhoneState:
    """The state of the operator's telephone."""
    hotline_only(reader.actor)
    return PhoneState(calls_today=await _answered(reader))


@router.post("/phone")
async def post_phone(_act: PhoneAct, reader: Reader) -> PhoneState:
    """Without an exchange nothing can be switched: the state stays `absent`."""
    return await get_phone(reader)


@router.get("/today")
async def get_today(reader: Reader) -> Today:
    """What the operator did today, newest first."""
    hotline_only(reader.actor)
    mine = col(CaseRow.operator_id) == reader.actor.id
    rows = await reader.all(
        cases_with_callers()
        .where(mine, col(CaseRow.received_at) >= _morning())
        .order_by(col(CaseRow.received_at).desc())
        .limit(CALLS_SHOWN_MAX)
    )
    answered = await _answered(reader)
    asked = await reader.one(
        select(
            func.count().label("tried"),
            func.count(col(CallBackRow.satisfaction)).label("reached"),
            func.count().filter(col(CallBackRow.satisfaction) >= SATISFIED_MIN).label("satisfied"),
        ).where(col(CallBackRow.by) == reader.actor.id, col(CallBackRow.at) >= _morning())
    )
    counts: Mapping[str, Any] = asked or {"tried": 0, "reached": 0, "satisfied": 0}
    unit = org_name(reader.actor.org)
    return Today(
        shift=unit,
        answered=answered,
        average_s=0,
        quick=Share(count=0, of=0),
        satisfied=Share(count=counts["satisfied"], of=counts["reached"]),
        calls_in=answered,
        calls_out=counts["tried"],
        calls_missed=0,
        calls=_calls(reader, rows),
    )


async def _answered(reader: ReadDoor) -> int:
    """Calls the operator wrote down today: new cases and calls added to old ones."""
    cases = select(func.count()).where(
        col(CaseRow.operator_id) == reader.actor.id, col(CaseRow.received_at) >= _morning()
    )
    calls = select(func.count()).where(
        col(NoteRow.author_id) == reader.actor.id,
        col(NoteRow.kind) == "call",
        col(NoteRow.at) >= _morning(),
    )
    return int(await reader.scalar(cases)) + int(await reader.scalar(calls))


def _calls(reader: ReadDoor, rows: Sequence[Mapping[str, Any]]) -> list[DayCall]:
    calls = []
    for row in rows:
        profile = profile_for(reader, row)
        phone = profile.phone.partition(" ")[0] if profile else ""
        calls.append(
            DayCall(
                call_id=row["call_id"] or row["id"],
                at=row["received_at"],
                direction="in",
                who_masked=mask_name(profile.name) if profile else "***",
                phone_tail=phone[-PHONE_TAIL:],
                seconds=None,
                outcome=state_text(row).label,
                warn=row["danger"],
                case_id=row["id"],
            )
        )
    return calls


def _morning() -> datetime:
    return start_of_day(local_date(now()))
