"""The browser speaks to one service only, through here: same body, a few headers, a token in the person's name.

The workbench decides nothing about cases: what is allowed, the owning service says.
"""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from services.workbench.gateways.services import FORWARDED, call
from shared.kernel.command import actor_of
from shared.kernel.context import Context
from shared.kernel.problem import BodyTooLarge, NoSuchAddress

BODY_BYTES_MAX: Final = 1024 * 1024
TO_SERVICE: Final = (
    "accept",
    "accept-language",
    "content-type",
    "correlation-id",
    "idempotency-key",
    "if-match",
    "if-none-match",
)
TO_BROWSER: Final = (
    "cache-control",
    "consistency-token",
    "content-disposition",
    "content-type",
    "etag",
    "idempotent-replay",
    "location",
    "retry-after",
)
CLOSED: Final = ("health", "metrics", "openapi.json")
"""What services tell machines is no business of a browser."""

router = APIRouter(tags=["forward"], include_in_schema=False)


@router.api_route("/api/{service}/{path:path}", methods=["GET", "POST", "PUT", "DELETE"])
async def forward(service: str, path: str, http: HttpRequest) -> Response:
    """Pass a request on to the service that owns the matter, and its answer back."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    target = _target(service, path, http)
    answer = await call(
        context,
        actor,
        service,
        http.method,
        target,
        headers={name: http.headers[name] for name in TO_SERVICE if name in http.headers},
        body=await _body(http) if http.method != "GET" else None,
    )
    headers = {name: answer.headers[name] for name in TO_BROWSER if name in answer.headers}
    headers.setdefault("cache-control", "no-store")
    return Response(answer.content, answer.status_code, headers)


def _target(service: str, path: str, http: HttpRequest) -> str:
    """Path and query as the browser wrote them (still encoded), if they stay inside that service's API."""
    parts = path.split("/")
    if service not in FORWARDED or parts[0] in CLOSED or {".", ".."} & set(parts) or "\\" in path:
        raise NoSuchAddress
    raw: bytes = http.scope.get("raw_path") or http.url.path.encode()
    encoded = raw.split(b"?")[0].decode("ascii").split("/", 3)[3]
    query = http.scope["query_string"].decode("ascii")
    return f"{encoded}?{query}" if query else encoded


async def _body(http: HttpRequest) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in http.stream():
        size += len(chunk)
        if size > BODY_BYTES_MAX:
            raise BodyTooLarge(BODY_BYTES_MAX)
        chunks.append(chunk)
    return b"".join(chunks)
