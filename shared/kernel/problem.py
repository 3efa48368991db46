"""Every "no" of the HTTP door: RFC 9457 problem+json with a stable code, Chinese and English, and what to do.

Members beside the standard's `type`, `title`, `status`: `code`, `zh`, `en`, `errors` (a note for each field),
`trace_id`, and `details`: what a screen needs to help, like what is missing, the next free slot, or with a conflict
the `current` state to compare with. A bug is told as a 500 without any of its insides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import msgspec
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shared.kernel.problem_texts import field_error
from shared.kernel.tracing import current_trace_id, current_traceparent, trace_id_of
from shared.vocabulary.errors import FieldError, Invalid, NotSignedIn, Refusal

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:nuanliu:problem:"
FIELD_ERRORS_MAX: Final = 100
RETRY_AFTER_S: Final = 2

log = structlog.get_logger("kernel.problem")


class InvalidJson(Refusal):
    """The body is not JSON (400)."""

    status = 400
    code = "invalid_json"
    zh = "提交的内容无法识别，请刷新页面后重新提交。"
    en = "The request body is not valid JSON. Reload the page and submit again."


class BodyTooLarge(Refusal):
    """The body is larger than the door takes (413)."""

    status = 413
    code = "body_too_large"

    def __init__(self, limit_bytes: int) -> None:
        kib = limit_bytes // 1024
        super().__init__(
            zh=f"提交的内容超过 {kib} KB，请精简或分次提交。",
            en=f"The request is larger than {kib} KB. Shorten it or submit it in parts.",
        )


class MissingHeader(Refusal):
    """A header that the act cannot do without is missing or malformed (400)."""

    status = 400
    code = "missing_header"

    def __init__(self, name: str) -> None:
        super().__init__(
            zh=f"请求缺少有效的 {name} 头，请刷新页面后重试；接口调用方请按接口文档补上。",
            en=f"The request has no valid {name} header. Reload the page, or add it as the API document says.",
        )


class NoSuchAddress(Refusal):
    """No route of this service has that path (404)."""

    status = 404
    code = "no_such_address"
    zh = "没有这个地址，请从菜单重新进入。"
    en = "There is no such address. Come in through the menu again."


class WrongMethod(Refusal):
    """The path is there, but not for this method (405)."""

    status = 405
    code = "method_not_allowed"
    zh = "这个地址不支持该操作，请刷新页面后重试。"
    en = "This address does not support the method. Reload the page and try again."


class BadRequest(Refusal):
    """The request as such cannot be understood (400)."""

    status = 400
    code = "bad_request"
    zh = "请求无法识别，请刷新页面后重试。"
    en = "The request cannot be understood. Reload the page and try again."


class InternalError(Refusal):
    """A bug. Nothing about it leaves the process but the trace id (500)."""

    status = 500
    code = "internal_error"
    zh = (
        "系统出错，问题已记录。请稍后原样再提交一次（不会重复办理）；仍不行时请把追踪号告诉管理员。"
    )
    en = (
        "Something went wrong here and was recorded. Submit the same again later (it will not be doubled);"
        " if it persists, give the trace id to your administrator."
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal, ready to be sent."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The document."""
        return msgspec.json.encode(self.body, enc_hook=str)

    def response(self) -> Response:
        """The HTTP answer."""
        return Response(self.content, self.status, self.headers, MEDIA_TYPE)


def refusal_of(error: Exception) -> Refusal:
    """What an exception means to the person who asked."""
    match error:
        case Refusal():
            return error
        case RequestValidationError() | ValidationError():
            return _of_validation(error.errors())
        case HTTPException():
            return _of_http(error.status_code)
        case _:
            return InternalError()


def problem_of(error: Exception, trace_id: str) -> Problem:
    """The problem document of any exception."""
    refusal = refusal_of(error)
    body: dict[str, Any] = {
        "type": f"{TYPE_PREFIX}{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        "zh": refusal.text_zh,
        "en": refusal.text_en,
        "errors": _notes(refusal),
        "details": refusal.details,
        "trace_id": trace_id,
    }
    return Problem(refusal.status, body, _headers(refusal))


def install(app: FastAPI) -> None:
    """Make the application answer every exception with a problem document."""
    for kind in (Refusal, RequestValidationError, ValidationError, HTTPException):
        app.add_exception_handler(kind, _answer)
    app.add_exception_handler(Exception, _answer_bug)


async def _answer(_request: Request, error: Exception) -> Response:
    return problem_of(error, current_trace_id()).response()


async def _answer_bug(request: Request, error: Exception) -> Response:
    trace_id = trace_id_of(request.scope.get("traceparent") or current_traceparent())
    return problem_at_edge(error, request.method, trace_id).response()


def problem_at_edge(error: Exception, method: str, trace_id: str) -> Problem:
    """As `problem_of`, where nobody stands behind: a bug is logged here or never."""
    found = problem_of(error, trace_id)
    if found.body["code"] == InternalError.code:
        log.error("http.bug", method=method, trace_id=trace_id, exc_info=error)
    return found


def _of_validation(errors: Iterable[Mapping[str, Any]]) -> Refusal:
    listed = list(errors)
    if any(error["type"] == "json_invalid" for error in listed):
        return InvalidJson()
    return Invalid(*(field_error(error) for error in listed[:FIELD_ERRORS_MAX]))


def _of_http(status: int) -> Refusal:
    match status:
        case 404:
            return NoSuchAddress()
        case 405:
            return WrongMethod()
        case 401:
            return NotSignedIn()
        case _ if status < 500:
            return BadRequest()
        case _:
            return InternalError()


def _notes(refusal: Refusal) -> list[dict[str, str]]:
    errors: tuple[FieldError, ...] = refusal.errors if isinstance(refusal, Invalid) else ()
    return [
        {"field": one.field, "code": one.code, "zh": one.zh, "en": one.en}
        for one in errors[:FIELD_ERRORS_MAX]
    ]


def _headers(refusal: Refusal) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if refusal.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        headers["Retry-After"] = str(refusal.details.get("retry_after_s", RETRY_AFTER_S))
    return headers
