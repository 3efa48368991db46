"""DOOR 1, the writing half: a route that goes body → model → use case → bytes, each command done once.

`CommandRoute` has the signature and the OpenAPI of an ordinary route; it leaves out FastAPI's per-request dependency
solving and response validation, which cost twice as much as the command itself.
"""

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import perf_counter
from typing import Annotated, Any, get_type_hints

from fastapi import APIRouter, Depends, Header
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from shared.kernel.auth import bearer
from shared.kernel.context import Context
from shared.kernel.database import Database, Transaction
from shared.kernel.idempotency import Request as Repeatable
from shared.kernel.idempotency import hash_body, recall
from shared.kernel.observe import observe_command
from shared.kernel.problem import BodyTooLarge, MissingHeader, refusal_of
from shared.kernel.storage import KeyTaken, TryAgain
from shared.kernel.tracing import correlation_of, current_traceparent
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Refusal, Unavailable
from shared.vocabulary.people import Actor

BODY_BYTES_MAX = 256 * 1024
KEY_CHARACTERS_MAX = 100
TRIES_MAX = 4
"""How often a command is run again after a deadlock or a race for a link of an audit chain."""
PAUSE_S = 0.02


class Request(BaseModel):
    """Base of every command's body: strict, nothing unknown."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True, frozen=True)


class Response(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(frozen=True)


@dataclass(slots=True)
class CommandDoor:
    """What an endpoint gets besides its body: who asks, on which version, and the way to a transaction."""

    context: Context
    actor: Actor
    request: Repeatable
    if_match: int | None
    _tx: Tx | None = None

    @property
    def db(self) -> Database:
        """The service's database."""
        return self.context.db

    def transaction(self) -> Transaction:
        """The command's unit of work: its answer is stored with its effect."""
        transaction = self.context.db.transaction(actor=self.actor, request=self.request)
        self._tx = transaction.tx
        return transaction

    @property
    def token(self) -> str | None:
        """The consistency token of what was written."""
        return self._tx.token if self._tx else None


def _described(
    idempotency_key: Annotated[str, Header(description="One key for each act of a person")],
    if_match: Annotated[str | None, Header(description='The version that was read, "7"')] = None,
) -> CommandDoor:
    """Only for the OpenAPI document: `CommandRoute` makes the door itself."""
    raise NotImplementedError((idempotency_key, if_match))


Command = Annotated[CommandDoor, Depends(_described)]


class CommandRoute(APIRoute):
    """A route for commands; see the module."""

    def get_route_handler(self) -> Callable[[HttpRequest], Coroutine[Any, Any, HttpResponse]]:
        """The lean handler."""
        endpoint: Callable[..., Coroutine[Any, Any, BaseModel]] = self.endpoint
        body_name, body_type, paths = _parameters(endpoint)
        status = self.status_code or 200
        name = endpoint.__module__.removeprefix("services.").replace(".usecases.", ".")

        async def handle(http: HttpRequest) -> HttpResponse:
            started = perf_counter()
            context: Context = http.app.state.context
            raw = await _body(http)
            arguments = _arguments(http.path_params, paths, body_name, body_type, raw)
            with observe_command(name, started) as seen:
                door = _open(context, http, raw, status)
                seen.actor = door.actor
                answer = await _run_once(endpoint, arguments, door)
                seen.token = answer.headers.get("Consistency-Token")
                return answer

        return handle


def CommandRouter(**options: Any) -> APIRouter:  # noqa: N802 - reads like the class it makes
    """A router whose routes are commands."""
    return APIRouter(route_class=CommandRoute, **options)


def _parameters(
    endpoint: Callable[..., Any],
) -> tuple[str, type[BaseModel] | None, Mapping[str, TypeAdapter[Any]]]:
    """The body's parameter, its model, and the path parameters of an endpoint."""
    body_name, body_type = "", None
    paths: dict[str, TypeAdapter[Any]] = {}
    hints = get_type_hints(endpoint)
    for name in inspect.signature(endpoint).parameters:
        kind = hints[name]
        if kind is CommandDoor:
            continue
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            body_name, body_type = name, kind
        else:
            paths[name] = TypeAdapter(kind)
    return body_name, body_type, paths


def _arguments(
    given: Mapping[str, Any],
    paths: Mapping[str, TypeAdapter[Any]],
    body_name: str,
    body_type: type[BaseModel] | None,
    raw: bytes,
) -> dict[str, Any]:
    """The endpoint's arguments; wrong input is told apart from a bug by being caught here."""
    try:
        arguments = {key: kind.validate_python(given[key]) for key, kind in paths.items()}
        if body_type is not None:
            arguments[body_name] = body_type.model_validate_json(raw or b"{}")
    except ValidationError as error:
        raise refusal_of(error) from None
    return arguments


async def _body(http: HttpRequest) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in http.stream():
        size += len(chunk)
        if size > BODY_BYTES_MAX:
            raise BodyTooLarge(BODY_BYTES_MAX)
        chunks.append(chunk)
    return b"".join(chunks)


def _open(context: Context, http: HttpRequest, raw: bytes, status: int) -> CommandDoor:
    headers = http.headers
    actor = actor_of(context, headers)
    key = headers.get("idempotency-key", "")
    if not key or len(key) > KEY_CHARACTERS_MAX:
        raise MissingHeader("Idempotency-Key")
    match = headers.get("if-match", "").strip('" ')
    request = Repeatable(
        key=key,
        body_hash=hash_body(http.url.path, raw),
        correlation_id=correlation_of(headers.get("correlation-id")),
        traceparent=current_traceparent(),
        status=status,
    )
    return CommandDoor(context, actor, request, int(match) if match.isdigit() else None)


def actor_of(context: Context, headers: Mapping[str, str]) -> Actor:
    """The actor whose token came with the request; NotSignedIn without a valid one."""
    return context.verifier.actor(bearer(headers.get("authorization")))


async def _run_once(
    endpoint: Callable[..., Coroutine[Any, Any, BaseModel]],
    arguments: dict[str, Any],
    door: CommandDoor,
) -> HttpResponse:
    """Run the use case, or give the answer it gave before."""
    for attempt in range(1, TRIES_MAX + 1):
        try:
            answer = await endpoint(**arguments, cmd=door)
            return _respond(door.request.status, answer.model_dump_json().encode(), door.token)
        except TryAgain:
            if attempt == TRIES_MAX:
                raise Unavailable from None
            await asyncio.sleep(PAUSE_S * attempt)
        except Unavailable:
            raise
        except (KeyTaken, Refusal):
            before = await recall(door.db.pool, door.actor, door.request)
            if before is None:
                raise
            return _respond(before[0].status, before[0].body, before[1], replayed=True)
    raise Unavailable


def _respond(
    status: int, body: bytes, token: str | None, *, replayed: bool = False
) -> HttpResponse:
    headers = {"Consistency-Token": token} if token else {}
    if replayed:
        headers["Idempotent-Replay"] = "true"
    if status == HTTPStatus.NO_CONTENT:
        return HttpResponse(None, status, headers)
    return HttpResponse(body, status, headers, media_type="application/json")
