"""The short way in: commands by method and path, everything else by FastAPI, the same middlewares before both."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.kernel.command import Command, CommandRouter, Response
from shared.kernel.health import Health
from shared.kernel.web import create_app
from shared.vocabulary.errors import NotAllowed

commands = CommandRouter(prefix="/things", tags=["things"])
pages = APIRouter()
THING = "0198a000-0000-7000-8000-00000000b001"


class Told(Response):
    which: str


@commands.post("/{thing_id}/close")
async def post_close(thing_id: UUID, cmd: Command) -> Told:
    raise AssertionError((thing_id, cmd))


@commands.put("/{thing_id}")
async def put_thing(thing_id: UUID, cmd: Command) -> Told:
    raise AssertionError((thing_id, cmd))


@pages.get("/things/{thing_id}")
async def get_thing(thing_id: UUID) -> Told:
    return Told(which=str(thing_id))


class Guard:
    """A middleware that turns away whoever does not know the word."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: list[Any] = scope.get("headers", [])
        if (b"word", b"please") not in headers:
            raise NotAllowed
        await self.app(scope, receive, send)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    app = create_app("bench", None, [commands, pages], Health("bench"))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
        yield client


async def test_a_command_is_found_by_method_and_path(http: httpx.AsyncClient) -> None:
    bad = await http.post("/things/nonsense/close")
    assert (bad.status_code, bad.json()["errors"][0]["code"]) == (422, "uuid_parsing")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("DELETE", f"/things/{THING}", 405, "method_not_allowed"),
        ("POST", f"/things/{THING}", 405, "method_not_allowed"),
        ("POST", f"/things/{THING}/open", 404, "no_such_address"),
        ("PUT", "/nowhere", 404, "no_such_address"),
    ],
)
async def test_what_is_no_command_is_left_to_the_router(
    http: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await http.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_pages_beside_commands_are_answered(http: httpx.AsyncClient) -> None:
    assert (await http.get(f"/things/{THING}")).json() == {"which": THING}


async def test_every_command_is_described(http: httpx.AsyncClient) -> None:
    paths = (await http.get("/openapi.json")).json()["paths"]
    described = paths["/things/{thing_id}/close"]["post"]
    assert {one["name"] for one in described["parameters"]} >= {"thing_id", "idempotency-key"}
    assert "201" in described["responses"] or "200" in described["responses"]


async def test_middlewares_stand_before_the_short_way_too() -> None:
    app = create_app("bench", None, [commands, pages], Health("bench"))
    app.add_middleware(Guard)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
        with pytest.raises(NotAllowed):
            await client.post("/things/nonsense/close")
        allowed = await client.post("/things/nonsense/close", headers={"word": "please"})
    assert allowed.status_code == 422
    assert len(allowed.headers["trace-id"]) == 32
