"""A file on its way between browser and intake: passed on piece by piece in the person's name, never held here.

Forms go through `forward.py`, which holds a whole body; a file may be ten times as large and come over a slow line.
"""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from services.workbench.gateways.services import call, fetch_stream
from shared.kernel.command import CLIENT_WENT_AWAY, actor_of
from shared.kernel.context import Context
from shared.kernel.upload import UPLOAD_BYTES_MAX, FileTooLarge, check_length

TO_SERVICE: Final = (
    "content-disposition",
    "content-length",
    "content-type",
    "correlation-id",
    "idempotency-key",
)
STORED: Final = ("consistency-token", "content-type", "idempotent-replay", "retry-after")
SHOWN: Final = (
    "content-disposition",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-resource-policy",
    "x-content-type-options",
)
NEVER_KEPT: Final = {"cache-control": "no-store"}

router = APIRouter(tags=["forward"], include_in_schema=False)


@router.post("/api/intake/cases/{case_id}/materials")
async def post_file(case_id: UUID, http: HttpRequest) -> Response:
    """A file into a case; what is larger than intake takes is not passed on."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    check_length(http.headers)
    query = http.scope["query_string"].decode("ascii", "replace")
    headers = {name: http.headers[name] for name in TO_SERVICE if name in http.headers}
    target = f"cases/{case_id}/materials?{query}"
    try:
        answer = await call(
            context, actor, "intake", "POST", target, headers=headers, body=_pieces(http)
        )
    except ClientDisconnect:
        return Response(status_code=CLIENT_WENT_AWAY)
    told = {name: answer.headers[name] for name in STORED if name in answer.headers}
    return Response(answer.content, answer.status_code, {**told, **NEVER_KEPT})


@router.get("/api/intake/cases/{case_id}/materials/{material_id}/content")
async def get_file(case_id: UUID, material_id: UUID, http: HttpRequest) -> Response:
    """A file of a case, under the headers that keep a browser from running it."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    target = f"cases/{case_id}/materials/{material_id}/content"
    answer, pieces = await fetch_stream(context, actor, "intake", target)
    told = {name: answer.headers[name] for name in SHOWN if name in answer.headers}
    return StreamingResponse(pieces, answer.status_code, {**told, **NEVER_KEPT})


async def _pieces(http: HttpRequest) -> AsyncIterator[bytes]:
    size = 0
    async for piece in http.stream():
        size += len(piece)
        if size > UPLOAD_BYTES_MAX:
            raise FileTooLarge
        yield piece
