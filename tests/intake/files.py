"""Files to put into a case: the smallest of each format, and the way they are sent."""

import zipfile
from io import BytesIO
from typing import Any

import httpx

from shared.kernel.upload import attachment
from shared.testing.rig import Rig
from shared.vocabulary.people import Actor
from tests.intake.forms import OPERATOR

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
NAME = "陈某明 工资流水 (9月).pdf"


def office(part: str, *more: str, size: int = 10) -> bytes:
    """An Office file by the names in its directory."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, bytes(size))
    return out.getvalue()


async def put_in(
    intake: Rig,
    case_id: Any,
    content: bytes = PDF,
    *,
    kind: str = "wages",
    name: str = NAME,
    actor: Actor = OPERATOR,
    key: str | None = None,
) -> httpx.Response:
    """A file goes into a case."""
    headers = {**intake.headers(actor, key), "Content-Disposition": attachment(name)}
    path = f"/cases/{case_id}/materials?kind={kind}"
    return await intake.http.post(path, content=content, headers=headers)


async def material_in(intake: Rig, case_id: Any, **options: Any) -> dict[str, Any]:
    """A file that is in the case."""
    answer = await put_in(intake, case_id, **options)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told
