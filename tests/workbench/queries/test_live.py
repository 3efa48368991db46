"""The live stream over a real connection: who hears of what, and what a browser that comes back gets."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from services.workbench.queries import live as door
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import PASSWORD, hire, someone
from tests.workbench.story import Story


@asynccontextmanager
async def served(rig: Rig) -> AsyncIterator[httpx.AsyncClient]:
    """The rig's application behind a real socket: streams need one."""
    app = rig.http._transport.app  # type: ignore[attr-defined]
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
            yield http
    finally:
        server.should_exit = server.force_exit = True
        await running
        await app.state.live.close()


class Stream:
    """The events of one connection."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self.lines = lines

    async def next(self, within: float = 8) -> dict[str, Any]:
        event: dict[str, Any] = {}
        async with asyncio.timeout(within):
            async for line in self.lines:
                if line == "" and "data" in event:
                    return event
                name, _, value = line.partition(": ")
                if name == "data":
                    event["data"] = json.loads(value)
                elif name:
                    event[name] = value
        raise AssertionError("the stream ended")


@asynccontextmanager
async def listening(
    http: httpx.AsyncClient, rig: Rig, actor: Actor, last: str | None = None
) -> AsyncIterator[Stream]:
    headers = {**rig.headers(actor), **({"Last-Event-ID": last} if last else {})}
    async with http.stream("GET", "/api/workbench/live", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        stream = Stream(answer.aiter_lines())
        assert (await stream.next())["event"] == "hello"
        yield stream


async def test_a_change_reaches_who_may_see_the_case_and_nobody_else(workbench: Rig) -> None:
    near, far = someone(Role.OPERATOR, org="zq.441284"), someone(Role.OPERATOR, org="zq.441204")
    ours, theirs = Story(org="zq.441284"), Story(org="zq.441204")
    async with (
        served(workbench) as http,
        listening(http, workbench, near) as one,
        listening(http, workbench, far) as two,
    ):
        await workbench.deliver(ours.registered())
        await workbench.deliver(theirs.registered())
        heard, other = await one.next(), await two.next()
    assert heard["event"] == "change"
    assert heard["data"]["id"] == str(ours.case_id)
    assert set(heard["data"]) == {"type", "id", "version", "actor", "at"}
    assert other["data"]["id"] == str(theirs.case_id)


async def test_a_lawyer_hears_of_an_offer_and_a_notice_goes_to_one_person(workbench: Rig) -> None:
    story = Story()
    lawyer = Actor(story.lawyer_id, frozenset({Role.LAWYER}), "zq")
    colleague = someone(Role.OPERATOR)
    async with served(workbench) as http, listening(http, workbench, lawyer) as stream:
        await workbench.deliver(story.registered(), story.opened())
        await workbench.deliver(story.posted(colleague.id, new_id()))
        await workbench.deliver(story.offered())
        heard = await stream.next()
        await workbench.deliver(story.posted(lawyer.id, new_id()))
        notice = await stream.next()
    assert (heard["data"]["type"], heard["data"]["id"]) == ("dispute", str(story.dispute_id))
    assert notice["data"]["type"] == "notice"


async def test_who_comes_back_gets_what_was_missed_once_and_in_order(workbench: Rig) -> None:
    actor, stories = someone(Role.OPERATOR), [Story() for _ in range(4)]
    async with served(workbench) as http:
        async with listening(http, workbench, actor) as stream:
            await workbench.deliver(stories[0].registered())
            last = (await stream.next())["id"]
        for story in stories[1:]:
            await workbench.deliver(story.registered())
        async with listening(http, workbench, actor, last) as stream:
            missed = [(await stream.next())["data"]["id"] for _ in range(3)]
        async with listening(http, workbench, actor, "1.0-none-1") as stream:
            assert (await stream.next())["event"] == "resync"
    assert missed == [str(story.case_id) for story in stories[1:]]


async def test_a_broken_listener_comes_back_and_browsers_fetch_anew(
    workbench: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BEAT_S", 0.2)
    async with (
        served(workbench) as http,
        listening(http, workbench, someone(Role.OPERATOR)) as stream,
    ):
        assert (await stream.next())["event"] == "beat"
        await workbench.context.db.pool.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'workbench-live' AND datname = current_database()"
        )
        events = [(await stream.next())["event"] for _ in range(4)]
        assert "resync" in events
        story = Story()
        await workbench.deliver(story.registered())
        while (heard := await stream.next())["event"] == "beat":
            pass
        assert heard["data"]["id"] == str(story.case_id)


async def test_the_stream_ends_with_the_session(
    workbench: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BEAT_S", 0.2)
    await hire(workbench, "1207", Role.OPERATOR)
    async with served(workbench) as http:
        await http.post("/api/workbench/session", json={"staff_no": "1207", "password": PASSWORD})
        async with http.stream("GET", "/api/workbench/live") as answer:
            stream = Stream(answer.aiter_lines())
            assert (await stream.next())["event"] == "hello"
            await workbench.context.db.pool.fetch("DELETE FROM session")
            with pytest.raises(AssertionError, match="the stream ended"):
                for _ in range(5):
                    await stream.next()
