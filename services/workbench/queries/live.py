"""The live stream of one browser: ids of what changed among the things its person may see."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from services.workbench.gateways.cookies import cookie_name
from services.workbench.gateways.live import Heard, Live
from services.workbench.gateways.tokens import settings_of
from services.workbench.store.sessions import load_session
from shared.kernel.clock import now
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.people import Actor

BEAT_S = 15.0
router = APIRouter(tags=["live"])


@router.get("/live", response_class=EventSourceResponse)
async def get_live_stream(
    http: Request, reader: Reader, last_event_id: Annotated[str | None, Header()] = None
) -> AsyncIterator[ServerSentEvent]:
    """`hello`, then `change` events; `beat` every 15 s; `resync` when something may have been missed."""
    live: Live = http.app.state.live
    await live.ensure()
    actor = reader.actor
    with live.listening() as queue:
        yield _at("hello")
        for heard in _missed(live, last_event_id):
            if _is_for(heard, actor):
                yield _shown(heard)
        while True:
            try:
                heard = await asyncio.wait_for(queue.get(), BEAT_S)
            except TimeoutError:
                again = await _still(http, reader, actor)
                if again is None:
                    return
                actor = again
                await live.ensure()
                yield _at("beat")
            else:
                if _is_for(heard, actor):
                    yield _shown(heard)


def _missed(live: Live, last_id: str | None) -> list[Heard]:
    """What happened since the browser's last event; a resync when that is too long ago."""
    if not last_id:
        return []
    missed = live.since(last_id)
    return [None] if missed is None else [*missed]


def _is_for(heard: Heard, actor: Actor) -> bool:
    return heard is None or heard[1].is_for(actor)


def _shown(heard: Heard) -> ServerSentEvent:
    if heard is None:
        return _at("resync")
    return ServerSentEvent(event="change", id=heard[0], data=heard[1].shown())


def _at(event: str) -> ServerSentEvent:
    data: dict[str, Any] = {"at": now().isoformat()}
    return ServerSentEvent(event=event, data=data)


async def _still(http: Request, reader: ReadDoor, actor: Actor) -> Actor | None:
    """The person as they are now; None when the session ended: the browser comes back and is asked to sign in."""
    cookie = http.cookies.get(cookie_name(settings_of(reader.context)))
    if cookie is None:
        return actor
    session = await load_session(reader.context.db, cookie)
    return None if session is None or session.is_over(now()) else session.actor
