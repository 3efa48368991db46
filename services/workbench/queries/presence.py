"""Who else is at this case; saying so is how one is seen."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest

from services.workbench.domain.change import CHANNEL, Change, packed
from services.workbench.domain.summary import Seen, seen_by
from services.workbench.domain.text import Text
from services.workbench.gateways.presence import Presence
from services.workbench.queries.case_access import load_visible
from services.workbench.store.directory import load_names
from services.workbench.store.folded import to_card
from shared.kernel.clock import now
from shared.kernel.command import Request, Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.errors import NotFound

router = APIRouter(tags=["case"])


class Here(Request):
    """What the person does at the case."""

    state: Literal["viewing", "editing", "gone"]


class PresentStaff(Response):
    """Somebody who is at the case now."""

    staff_id: UUID
    name: str
    state: str
    doing: Text | None = None
    on_phone: bool = False


class WhoIsHere(Response):
    """Everybody at the case but oneself."""

    present: list[PresentStaff]


@router.put("/cases/{case_id}/presence")
async def put_presence(case_id: UUID, here: Here, http: HttpRequest, reader: Reader) -> WhoIsHere:
    """Say so every 20 seconds; it expires after 45.

    Who may not see the case, or no longer (it went to another unit while the page stood open), is nowhere to be seen.
    """
    try:
        row = await load_visible(reader, case_id)
    except NotFound:
        return WhoIsHere(present=[])
    presence: Presence = http.app.state.presence
    if await presence.tell(case_id, reader.actor.id, here.state):
        await _announce(reader, case_id, seen_by(to_card(row)))
    return WhoIsHere(present=await present_at(http, reader, case_id))


async def present_at(http: HttpRequest, reader: ReadDoor, case_id: UUID) -> list[PresentStaff]:
    """The others at a case."""
    presence: Presence = http.app.state.presence
    there = await presence.present(case_id)
    there.pop(reader.actor.id, None)
    names = await load_names(reader.context.db, reader.context.cipher, there)
    return [
        PresentStaff(staff_id=who, name=names.get(who, "—"), state=state)
        for who, state in sorted(there.items())
    ]


async def _announce(reader: ReadDoor, case_id: UUID, seen: Seen) -> None:
    change = Change("presence", case_id, 0, reader.actor.id, now(), seen)
    for payload in packed([change]):
        await reader.context.db.pool.fetch("SELECT pg_notify($1, $2)", CHANNEL, payload)
