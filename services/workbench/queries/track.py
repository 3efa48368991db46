"""The worker's page: a tracking code shows how far the matter is. No sign-in, no names; guessing is slow."""

from datetime import date

from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import col
from starlette.requests import Request

from services.workbench.domain.labels import org_names
from services.workbench.domain.summary import org_of, state_of
from services.workbench.domain.text import Text
from services.workbench.domain.tracking import (
    Step,
    last_day,
    meeting_ahead,
    right_to_arbitrate,
    steps_of,
    words_of,
)
from services.workbench.gateways.throttle import LOOK_UPS_PER_MINUTE, Throttle
from services.workbench.queries.visible import TRACKING_PURPOSE
from services.workbench.store.folded import to_card
from services.workbench.tables import CardRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.context import Context
from shared.vocabulary.errors import NotFound
from shared.vocabulary.identifiers import format_tracking_code, normalise_tracking_code

router = APIRouter(tags=["track"])


class UnknownCode(NotFound):
    """No case has that code: mistyped, or registered a moment ago."""

    code = "tracking_code_unknown"
    zh = "没有查到这个查询码，请对照短信重新输入；刚登记的请过一分钟再试，或拨打 12351。"
    en = "No matter has this code. Compare it with the message, try again in a minute, or call 12351."


class Tracked(Response):
    """How far it is, in plain words."""

    code: str
    title: Text
    text: Text
    state: str
    steps: list[Step]
    answer_by: date | None
    arbitration: Text | None
    org_name: Text
    hotline: str = "12351"


@router.get("/track/{code}")
async def get_tracked(code: str, http: Request) -> Tracked:
    """The state behind a code."""
    throttle: Throttle = http.app.state.throttle
    await throttle.hit("track", http.client.host if http.client else "", LOOK_UPS_PER_MINUTE)
    context: Context = http.app.state.context
    typed = normalise_tracking_code(code)
    if typed is None:
        raise UnknownCode("tracking")
    blind = context.cipher.blind(typed, TRACKING_PURPOSE)
    row = await context.db.one(select(CardRow).where(col(CardRow.tracking_blind) == blind))
    if row is None:
        raise UnknownCode("tracking")
    card = to_card(row)
    words, meeting = words_of(card), meeting_ahead(card, now())
    text = words.text
    if meeting:
        text = Text(f"{text.zh}{meeting.zh}", f"{text.en}{meeting.en}")
    return Tracked(
        code=format_tracking_code(typed),
        title=words.title,
        text=text,
        state=state_of(card),
        steps=steps_of(card),
        answer_by=last_day(card),
        arbitration=right_to_arbitrate(card),
        org_name=org_names(org_of(card)),
    )
