"""The other services over HTTP: in the name of the person who asks, with a time limit, and plain words when one is away."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from services.workbench.domain.labels import SERVICES, label
from services.workbench.gateways.tokens import settings_of, token_for
from shared.kernel.context import Context
from shared.kernel.tracing import current_traceparent
from shared.vocabulary.errors import Refusal
from shared.vocabulary.people import Actor

FORWARDED = ("intake", "mediation", "welfare", "notify")
READ_TIMEOUT_S = 10.0
CONNECT_TIMEOUT_S = 1.0
ASIDE_TIMEOUT_S = 1.5
"""For a question whose answer the page can do without."""


class ServiceAway(Refusal):
    """The service cannot be reached: nothing was sent, so nothing happened."""

    status = 503
    code = "service_away"

    def __init__(self, service: str) -> None:
        name = label(SERVICES, service)
        super().__init__(
            zh=f"{name.zh}服务暂时连不上，内容没有提交。请稍候再点一次；已填内容保存在本机，其他页面照常可用。",
            en=f"The service “{name.en}” cannot be reached; nothing was submitted. Try again shortly. What you typed"
            " is kept, and other pages work.",
            service=service,
        )


class ServiceSilent(Refusal):
    """The service took the request and did not answer in time: what became of it is not known yet."""

    status = 504
    code = "service_silent"

    def __init__(self, service: str) -> None:
        name = label(SERVICES, service)
        super().__init__(
            zh=f"{name.zh}服务 {READ_TIMEOUT_S:.0f} 秒内没有答复，是否办成尚不清楚。请原样再提交一次，系统不会重复办理。",
            en=f"The service “{name.en}” did not answer within {READ_TIMEOUT_S:.0f} seconds. Submit the same again: it"
            " will not be done twice.",
            service=service,
        )


def url_of(context: Context, service: str) -> str:
    """Where a service answers."""
    url: str = getattr(settings_of(context), f"{service}_url")
    return url.rstrip("/")


async def call(  # noqa: PLR0913 - the parts of a request
    context: Context,
    actor: Actor,
    service: str,
    method: str,
    target: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | AsyncIterator[bytes] | None = None,
    timeout_s: float = READ_TIMEOUT_S,
) -> httpx.Response:
    """One request to a service; its answer as it is, or ServiceAway, or ServiceSilent."""
    with _told(service):
        return await context.http.request(
            method,
            f"{url_of(context, service)}/{target}",
            headers={**(headers or {}), **_signed(context, actor, service)},
            content=body,
            timeout=httpx.Timeout(timeout_s, connect=CONNECT_TIMEOUT_S),
        )


async def fetch_stream(
    context: Context, actor: Actor, service: str, target: str
) -> tuple[httpx.Response, AsyncIterator[bytes]]:
    """The answer to a GET and its body piece by piece; whoever reads the pieces, or stops to, ends the request."""
    asked = context.http.build_request(
        "GET",
        f"{url_of(context, service)}/{target}",
        headers=_signed(context, actor, service),
        timeout=httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
    )
    with _told(service):
        answer = await context.http.send(asked, stream=True)

    async def pieces() -> AsyncIterator[bytes]:
        try:
            async for piece in answer.aiter_raw():
                yield piece
        finally:
            await answer.aclose()

    return answer, pieces()


def _signed(context: Context, actor: Actor, service: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {token_for(context, actor, service)}",
        "traceparent": current_traceparent(),
    }


@contextmanager
def _told(service: str) -> Iterator[None]:
    """What the network says, in the words for a person."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        raise ServiceAway(service) from None
    except httpx.HTTPError:
        raise ServiceSilent(service) from None


async def ask(context: Context, actor: Actor, service: str, target: str) -> Any:
    """The JSON of a GET the page can do without; None when there is none in time."""
    try:
        answer = await call(context, actor, service, "GET", target, timeout_s=ASIDE_TIMEOUT_S)
    except (ServiceAway, ServiceSilent):
        return None
    return answer.json() if answer.is_success else None
