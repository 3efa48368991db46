"""Forwarding: what reaches the owning service, what comes back, and what a person reads when it is away."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.kernel.auth import TokenVerifier
from shared.testing.rig import Rig, ServiceRig
from shared.vocabulary.people import Role
from tests.workbench.people import browser, hire, someone

OPERATOR = someone(Role.OPERATOR, org="zq.441284")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def intake() -> FastAPI:
    """A service that tells back what it was asked."""
    app = FastAPI()

    @app.api_route("/slow", methods=["GET"])
    async def slow() -> Response:
        await asyncio.sleep(30)
        return Response()

    @app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "DELETE"])
    async def echo(path: str, http: Request) -> Response:
        told = {
            "method": http.method,
            "path": http.scope["raw_path"].decode(),
            "query": http.url.query,
            "headers": dict(http.headers),
            "body": (await http.body()).decode(),
        }
        headers = {"Consistency-Token": "abc@3", "Set-Cookie": "evil=1", "X-Inside": "secret"}
        return JSONResponse(told, 409 if path == "refused" else 200, headers)

    return app


@asynccontextmanager
async def serving(app: FastAPI, port: int) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        server.force_exit = True
        await running


@pytest.fixture
async def bench(service_rig: ServiceRig) -> AsyncIterator[Rig]:
    port = free_port()
    rig = await service_rig("workbench", intake_url=f"http://127.0.0.1:{port}")
    async with serving(intake(), port):
        yield rig


async def test_a_command_arrives_as_it_was_sent_in_the_persons_name(bench: Rig) -> None:
    answer = await bench.post(
        "/api/intake/calls?a=%E5%B7%A5", {"名": "工"}, actor=OPERATOR, key="k1", if_match=4
    )
    told = answer.json()
    assert (told["method"], told["path"], told["query"]) == ("POST", "/calls", "a=%E5%B7%A5")
    assert told["body"] == '{"名":"工"}'
    assert (told["headers"]["idempotency-key"], told["headers"]["if-match"]) == ("k1", '"4"')
    verifier = TokenVerifier(bench.context.settings.token_public_key, audience="intake")
    token = told["headers"]["authorization"].removeprefix("Bearer ")
    assert verifier.actor(token) == OPERATOR
    assert answer.headers["consistency-token"] == "abc@3"


async def test_neither_cookies_go_in_nor_surprises_come_out(bench: Rig) -> None:
    await hire(bench, "1207", Role.OPERATOR)
    one = browser(bench)
    await one.sign_in("1207")
    answer = await one.get("/api/intake/callers", phone="13800136207")
    assert "cookie" not in answer.json()["headers"]
    assert "x-csrf-token" not in answer.json()["headers"]
    assert "set-cookie" not in answer.headers
    assert "x-inside" not in answer.headers


async def test_a_refusal_of_the_service_comes_back_as_it_is(bench: Rig) -> None:
    assert (await bench.post("/api/intake/refused", {}, actor=OPERATOR)).status_code == 409


@pytest.mark.parametrize(
    "path",
    [
        "/api/intake/health/live",
        "/api/intake/metrics",
        "/api/intake/..%2Fx",
        "/api/kernel/x",
        "/api/workbench/nothing",
    ],
)
async def test_what_is_no_business_of_a_browser_has_no_address(bench: Rig, path: str) -> None:
    assert (await bench.get(path, actor=OPERATOR)).status_code == 404


async def test_a_body_over_the_limit_is_refused_here(bench: Rig) -> None:
    answer = await bench.post("/api/intake/calls", b"x" * (1024 * 1024 + 1), actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_service_that_is_away_is_named_in_chinese(workbench: Rig) -> None:
    answer = await workbench.post("/api/mediation/disputes/x/advance", {}, actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (503, "service_away")
    assert "调解服务暂时连不上，内容没有提交" in answer.text


async def test_without_a_session_nothing_is_forwarded(bench: Rig) -> None:
    for method in ("GET", "POST"):
        answer = await bench.http.request(method, "/api/intake/calls")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


async def test_an_expired_cookie_does_not_fall_back_to_a_header(bench: Rig) -> None:
    headers = {**bench.headers(OPERATOR), "Cookie": "nuanliu=stale"}
    answer = await bench.http.get("/api/intake/x", headers=headers)
    assert answer.status_code == 401
