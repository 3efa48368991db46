"""DOOR 1 for files: the body is the file itself, larger than any form; what is said about it stands beside it.

A file needs no parser: its name comes in `Content-Disposition` as it goes back out in downloads (RFC 5987), its codes in
the query. Every other command keeps its small limit, because only an `UploadRouter` reads more. Nothing is read of a
request that nobody signed, whose stated length is too large, or while as many others are being read as memory allows.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any, Final, get_type_hints
from urllib.parse import parse_qsl, quote, unquote
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel
from starlette.types import Receive, Scope

from shared.kernel.command import (
    Answer,
    CommandHandler,
    CommandRoute,
    actor_of,
    headers_of,
    open_door,
    run_once,
)
from shared.kernel.observe import Seen
from shared.vocabulary.errors import Refusal

UPLOAD_BYTES_MAX: Final = 10 * 1024 * 1024
UPLOAD_S: Final = 120
"""Ten megabytes at 700 kbit/s: a slow mobile line, and no longer."""
UPLOADS_AT_ONCE_MAX: Final = 4
"""In one process: each holds its file, the sealed copy and the driver's."""
TURN_S: Final = 5
DISPOSITION: Final = "content-disposition"
_NAME: Final = re.compile(r"filename\*\s*=\s*UTF-8''([^;\s]*)", re.IGNORECASE)


class FileTooLarge(Refusal):
    """The file is larger than the door takes (413)."""

    status = 413
    code = "file_too_large"

    def __init__(self, limit_bytes: int = UPLOAD_BYTES_MAX) -> None:
        mib = limit_bytes // (1024 * 1024)
        super().__init__(
            zh=f"文件超过 {mib} MB，请压缩、降低清晰度或分成几份后再上传。",
            en=f"The file is larger than {mib} MB. Compress it, lower its resolution or split it.",
            limit_bytes=limit_bytes,
        )


class UploadTooSlow(Refusal):
    """The file did not arrive in time (408)."""

    status = 408
    code = "upload_too_slow"
    zh = f"网络较慢，{UPLOAD_S} 秒内没有传完。请换用较好的网络，或缩小文件后再上传。"
    en = f"The file did not arrive within {UPLOAD_S} seconds. Use a better network or a smaller file."


class TooManyUploads(Refusal):
    """As many files as memory allows are on their way (503)."""

    status = 503
    code = "too_many_uploads"
    zh = "此刻上传的人较多，文件没有保存。请稍候再传一次。"
    en = "Many files are being uploaded just now; yours was not stored. Try again shortly."


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """What arrived: the content, its SHA-256, and the name as the sender wrote it (untrusted, may be empty)."""

    name: str
    content: bytes
    sha256: bytes


def _described(
    content_disposition: Annotated[
        str, Header(description="`attachment; filename*=UTF-8''…` (RFC 5987)")
    ],
) -> UploadedFile:
    """Only for the OpenAPI document: `UploadRoute` makes the file itself."""
    raise NotImplementedError(content_disposition)


Upload = Annotated[UploadedFile, Depends(_described)]
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class UploadHandler(CommandHandler):
    """One endpoint that takes a file: query and path → arguments, body → file → use case → bytes."""

    def __init__(
        self, endpoint: Callable[..., Coroutine[Any, Any, BaseModel]], status: int
    ) -> None:
        super().__init__(endpoint, status)
        hints = get_type_hints(endpoint)
        self.file = next(name for name, kind in hints.items() if kind is UploadedFile)
        self.paths = {name: kind for name, kind in self.paths.items() if name != self.file}

    async def run(self, scope: Scope, receive: Receive, given: Mapping[str, Any]) -> Answer | None:
        """As for every command; the file is read only from somebody who is signed in."""
        with Seen(self.name, perf_counter()) as seen:
            headers = headers_of(scope)
            seen.actor = actor_of(scope["app"].state.context, headers)
            asked = {**dict.fromkeys(self.paths, ""), **dict(parse_qsl(_query(scope))), **given}
            arguments = self._arguments(asked, b"")
            async with _turn():
                file = await _receive(receive, headers)
                if file is None:
                    return None
                said = f"{_query(scope)}\n{headers.get(DISPOSITION, '')}\n".encode()
                door = open_door(scope, said + file.sha256, self.status)
                answer = await run_once(self.endpoint, {**arguments, self.file: file}, door)
            seen.token = answer.token
            return answer


class UploadRoute(CommandRoute):
    """A route for a command that takes a file."""

    handler = UploadHandler

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        binary = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        options["openapi_extra"] = {"requestBody": {"required": True, "content": binary}}
        super().__init__(path, endpoint, **options)


def UploadRouter(**options: Any) -> APIRouter:  # noqa: N802 - reads like the class it makes
    """A router whose routes take files."""
    return APIRouter(route_class=UploadRoute, **options)


def name_in(disposition: str) -> str:
    """The file's name in a Content-Disposition header (RFC 5987); empty if it names none."""
    found = _NAME.search(disposition)
    return unquote(found[1], "utf-8", "replace") if found else ""


def attachment(name: str) -> str:
    """The Content-Disposition header of a download, which no browser shows in place."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def check_length(headers: Mapping[str, str]) -> None:
    """FileTooLarge when the request itself says that it is."""
    stated = headers.get("content-length", "")
    if stated.isdigit() and int(stated) > UPLOAD_BYTES_MAX:
        raise FileTooLarge


def _query(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return query.decode("latin-1")


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    """One of the few that hold a file in memory; TooManyUploads when none comes free in time."""
    free = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(UPLOADS_AT_ONCE_MAX))
    try:
        async with asyncio.timeout(TURN_S):
            await free.acquire()
    except TimeoutError:
        raise TooManyUploads from None
    try:
        yield
    finally:
        free.release()


async def _receive(receive: Receive, headers: Mapping[str, str]) -> UploadedFile | None:
    """The whole file, within limits of size and time; None when the client is gone."""
    check_length(headers)
    content, digest = bytearray(), hashlib.sha256()
    try:
        async with asyncio.timeout(UPLOAD_S):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                part: bytes = message.get("body", b"")
                if len(content) + len(part) > UPLOAD_BYTES_MAX:
                    raise FileTooLarge
                content += part
                digest.update(part)
                if not message.get("more_body"):
                    break
    except TimeoutError:
        raise UploadTooSlow from None
    return UploadedFile(name_in(headers.get(DISPOSITION, "")), bytes(content), digest.digest())
