"""A file between browser and intake: passed on piece by piece in the person's name, within limits, harmless on its way back."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from shared.kernel.auth import TokenVerifier
from shared.kernel.upload import UPLOAD_BYTES_MAX, attachment
from shared.testing.rig import Rig, ServiceRig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.workbench.people import browser, hire, someone
from tests.workbench.usecases.test_forward import free_port, serving

OPERATOR = someone(Role.OPERATOR, org="zq.441284")
PLACE = f"/api/intake/cases/{new_id()}/materials"
CONTENT = f"{PLACE}/{new_id()}/content"
PIECE = bytes(64 * 1024)


class Intake:
    """A service that notes what arrives, piece by piece."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.query, self.received, self.first = "", 0, asyncio.Event()
        self.refuses = False

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/cases/{case_id}/materials")
        async def take(http: Request) -> Response:
            self.headers, self.query = dict(http.headers), http.url.query
            async for piece in http.stream():
                self.received += len(piece)
                self.first.set()
            told = {"Consistency-Token": "abc@3", "Set-Cookie": "evil=1"}
            return JSONResponse({"code": "x"}, 409 if self.refuses else 201, told)

        @app.get("/cases/{case_id}/materials/{material_id}/content")
        async def give(http: Request) -> Response:
            self.headers = dict(http.headers)

            async def pieces() -> AsyncIterator[bytes]:
                for _ in range(3):
                    yield PIECE

            headers = {
                "Content-Type": "application/pdf",
                "Content-Disposition": attachment("工资条.pdf"),
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                "X-Inside": "secret",
            }
            return StreamingResponse(pieces(), headers=headers)

        return app


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.fixture
async def bench(service_rig: ServiceRig, intake: Intake) -> AsyncIterator[Rig]:
    port = free_port()
    rig = await service_rig("workbench", intake_url=f"http://127.0.0.1:{port}")
    async with serving(intake.app(), port):
        yield rig


async def sent(bench: Rig, content: Any, **headers: str) -> Any:
    told = {**bench.headers(OPERATOR, "k1"), "Content-Disposition": attachment("工资条.pdf")}
    return await bench.http.post(
        f"{PLACE}?kind=wages", content=content, headers={**told, **headers}
    )


async def test_a_file_arrives_as_it_was_sent_in_the_persons_name(
    bench: Rig, intake: Intake
) -> None:
    answer = await sent(bench, bytes(UPLOAD_BYTES_MAX))
    assert (answer.status_code, answer.headers["consistency-token"]) == (201, "abc@3")
    assert "set-cookie" not in answer.headers
    assert (intake.received, intake.query) == (UPLOAD_BYTES_MAX, "kind=wages")
    assert intake.headers["content-length"] == str(UPLOAD_BYTES_MAX)
    assert intake.headers["content-disposition"] == attachment("工资条.pdf")
    assert intake.headers["idempotency-key"] == "k1"
    verifier = TokenVerifier(bench.context.settings.token_public_key, audience="intake")
    assert verifier.actor(intake.headers["authorization"].removeprefix("Bearer ")) == OPERATOR


async def test_a_piece_goes_on_before_the_next_has_come(bench: Rig, intake: Intake) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield PIECE
        await asyncio.wait_for(intake.first.wait(), timeout=5)
        yield PIECE

    assert (await sent(bench, pieces())).status_code == 201
    assert intake.received == 2 * len(PIECE)


async def test_a_file_that_says_it_is_too_large_is_not_passed_on(
    bench: Rig, intake: Intake
) -> None:
    answer = await sent(bench, b"x", **{"Content-Length": str(UPLOAD_BYTES_MAX + 1)})
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert intake.headers == {}


async def test_a_file_that_does_not_say_so_is_stopped_at_the_limit(
    bench: Rig, intake: Intake
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(UPLOAD_BYTES_MAX // len(PIECE) + 1):
            yield PIECE

    answer = await sent(bench, pieces())
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert intake.received <= UPLOAD_BYTES_MAX


async def test_a_refusal_comes_back_as_it_is(bench: Rig, intake: Intake) -> None:
    intake.refuses = True
    assert (await sent(bench, b"x")).status_code == 409


async def test_a_file_comes_back_under_the_headers_that_keep_it_harmless(
    bench: Rig, intake: Intake
) -> None:
    answer = await bench.get(CONTENT, actor=OPERATOR)
    assert (answer.status_code, answer.content) == (200, PIECE * 3)
    assert answer.headers["content-disposition"] == attachment("工资条.pdf")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "x-inside" not in answer.headers


async def test_a_page_of_another_site_puts_nothing_in(bench: Rig, intake: Intake) -> None:
    await hire(bench, "1207", Role.OPERATOR)
    one = browser(bench)
    await one.sign_in("1207")
    headers = {"Idempotency-Key": "k2", "X-CSRF-Token": "guessed"}
    answer = await one.http.post(f"{PLACE}?kind=wages", content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert intake.headers == {}


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_intake_being_away_is_said_in_chinese(workbench: Rig, method: str) -> None:
    path = CONTENT if method == "GET" else f"{PLACE}?kind=wages"
    answer = await workbench.http.request(
        method, path, content=b"x", headers=workbench.headers(OPERATOR)
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "service_away")
    assert "暂时连不上" in answer.json()["zh"]
