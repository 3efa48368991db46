"""Every request of a browser carries its session: the doors behind see a signed actor, as in every other service.

Pure ASGI, innermost middleware. A valid cookie becomes an `Authorization` header with a token for this service; a
write without the session's CSRF token is refused. What a machine repeats by itself (the live stream, the badges,
presence, refetches marked `X-Background`) does not count as activity of a person.
"""

import hmac

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from services.workbench.gateways.cookies import cookie_name
from services.workbench.gateways.tokens import settings_of, token_for
from services.workbench.store import sessions
from shared.kernel.clock import now
from shared.kernel.context import Context
from shared.kernel.problem import problem_of
from shared.kernel.tracing import current_trace_id
from shared.vocabulary.errors import NotAllowed, NotSignedIn, Refusal

API = "/api/"
SIGN_IN = ("POST", "/api/workbench/session")
OPEN_TO_ALL = "/api/workbench/track/"
"""The worker's page: a tracking code is all it takes."""
MACHINE_PATHS = frozenset({"/api/workbench/live", "/api/workbench/desk"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class WrongCsrfToken(NotAllowed):
    """The write did not come from a page of this session."""

    code = "csrf_failed"
    zh = "页面已过期，请刷新后再提交；已填内容保存在本机。"
    en = "This page is out of date. Reload it and submit again; what you typed is kept on this device."


class CarrySession:
    """See the module."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI call."""
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self.app(scope, receive, send)
            return
        try:
            await _carry(scope)
        except Refusal as refusal:
            await problem_of(refusal, current_trace_id()).response()(scope, receive, send)
            return
        await self.app(scope, receive, send)


async def _carry(scope: Scope) -> None:
    context: Context = scope["app"].state.context
    headers = Headers(scope=scope)
    cookie = cookie_parser(headers.get("cookie", "")).get(cookie_name(settings_of(context)))
    if cookie is None and "authorization" in headers:
        return
    scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"authorization"]
    session = await sessions.load_session(context.db, cookie) if cookie else None
    at = now()
    if session is None or session.is_over(at):
        if _is_open(scope):
            return
        raise NotSignedIn
    if scope["method"] not in READING and not _is_open(scope):
        given = headers.get("x-csrf-token", "")
        if not hmac.compare_digest(given.encode(), session.csrf.encode()):
            raise WrongCsrfToken
    if not _is_machine(scope["path"], headers):
        await sessions.touch_session(context.db, session, at)
    token = token_for(context, session.actor, context.settings.service)
    scope["headers"].append((b"authorization", f"Bearer {token}".encode()))
    scope.setdefault("state", {})["session"] = session


def _is_open(scope: Scope) -> bool:
    return (scope["method"], scope["path"]) == SIGN_IN or scope["path"].startswith(OPEN_TO_ALL)


def _is_machine(path: str, headers: Headers) -> bool:
    return path in MACHINE_PATHS or path.endswith("/presence") or "x-background" in headers
