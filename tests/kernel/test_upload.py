"""The door for files: one that is too large, too slow or one too many is turned away, early and by name."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from shared.kernel import upload
from shared.kernel.command import BODY_BYTES_MAX
from shared.kernel.upload import UPLOAD_BYTES_MAX, attachment, name_in
from shared.testing.rig import Rig, ServiceRig
from shared.vocabulary.ids import new_id
from tests.intake.files import PDF
from tests.intake.forms import OPERATOR

PATH = f"/cases/{new_id()}/materials?kind=wages"


@pytest.fixture
async def rig(service_rig: ServiceRig) -> Rig:
    return await service_rig("intake")


async def sent(rig: Rig, content: Any, **headers: str) -> httpx.Response:
    """A file for a case that does not exist: what gets through is answered 404."""
    return await rig.http.post(PATH, content=content, headers={**rig.headers(OPERATOR), **headers})


class Body:
    """A body sent in pieces of 64 KiB, that counts how many were taken; it may dawdle."""

    def __init__(self, pieces: int, pause_s: float = 0) -> None:
        self.pieces, self.pause_s, self.taken = pieces, pause_s, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self.pieces):
            self.taken += 1
            await asyncio.sleep(self.pause_s)
            yield PDF.ljust(64 * 1024, b" ")


async def test_a_file_is_taken_that_no_form_may_be_as_large_as(rig: Rig) -> None:
    large = PDF.ljust(BODY_BYTES_MAX + 1, b" ")
    assert (await sent(rig, large)).status_code == 404
    form = await rig.post(f"/cases/{new_id()}/notes", large, actor=OPERATOR)
    assert (form.status_code, form.json()["code"]) == (413, "body_too_large")


async def test_what_says_that_it_is_too_large_is_not_read_at_all(rig: Rig) -> None:
    body = Body(1_000)
    answer = await sent(rig, body, **{"Content-Length": str(UPLOAD_BYTES_MAX + 1)})
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert answer.json()["details"] == {"limit_bytes": UPLOAD_BYTES_MAX}
    assert body.taken == 0


async def test_what_does_not_say_so_is_read_up_to_the_limit(rig: Rig) -> None:
    body = Body(1_000)
    answer = await sent(rig, body)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert body.taken <= UPLOAD_BYTES_MAX // (64 * 1024) + 2


async def test_a_file_that_dawdles_is_turned_away(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "UPLOAD_S", 0.05)
    answer = await sent(rig, Body(3, pause_s=1))
    assert (answer.status_code, answer.json()["code"]) == (408, "upload_too_slow")
    assert "没有传完" in answer.json()["zh"]


async def test_one_too_many_waits_its_turn_and_no_longer(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "TURN_S", 0.05)
    slow = [
        asyncio.create_task(sent(rig, Body(2, pause_s=0.3)))
        for _ in range(upload.UPLOADS_AT_ONCE_MAX)
    ]
    await asyncio.sleep(0.1)
    answer = await sent(rig, PDF)
    assert (answer.status_code, answer.json()["code"]) == (503, "too_many_uploads")
    assert answer.headers["Retry-After"]
    assert [one.status_code for one in await asyncio.gather(*slow)] == [404] * len(slow)
    assert (await sent(rig, PDF)).status_code == 404


async def test_a_file_without_a_key_is_refused(rig: Rig) -> None:
    answer = await sent(rig, PDF, **{"Idempotency-Key": ""})
    assert (answer.status_code, answer.json()["code"]) == (400, "missing_header")


@pytest.mark.parametrize("name", ["工资条 (9月).pdf", "a;b\"c'd.pdf", "100%.txt", ""])
def test_a_name_comes_back_as_it_went_out(name: str) -> None:
    told = attachment(name)
    assert told.isascii()
    assert name_in(told) == name


@pytest.mark.parametrize("said", ["", "attachment", 'attachment; filename="plain.pdf"'])
def test_a_header_that_names_no_file_gives_none(said: str) -> None:
    assert name_in(said) == ""


async def test_the_document_says_that_the_body_is_a_file(rig: Rig) -> None:
    paths = (await rig.http.get("/openapi.json")).json()["paths"]
    told = paths["/cases/{case_id}/materials"]["post"]
    assert list(told["requestBody"]["content"]) == ["application/octet-stream"]
    asked = {one["name"]: one["in"] for one in told["parameters"]}
    assert (asked["kind"], asked["content-disposition"]) == ("query", "header")
