"""DOOR 1, the writing half: a route that goes body → model → use case → bytes, each command done once.

`CommandRoute` has the signature and the OpenAPI of an ordinary route; it leaves out FastAPI's per-request dependency
solving and response validation, which cost twice as much as the command itself.
"""

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from time import perf_counter
from typing import Annotated, Any, ClassVar, get_type_hints

from fastapi import APIRouter, Depends, Header
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse
from starlette.types import Receive, Scope, Send

from shared.kernel.auth import bearer
from shared.kernel.context import Context
from shared.kernel.database import Database, Transaction
from shared.kernel.idempotency import Request as Repeatable
from shared.kernel.idempotency import hash_body, recall
from shared.kernel.observe import Seen
from shared.kernel.problem import MEDIA_TYPE as PROBLEM
from shared.kernel.problem import BodyTooLarge, MissingHeader, Problem, refusal_of
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
CLIENT_WENT_AWAY = 499
JSON = "application/json"
REPLAYED = {"Idempotent-Replay": "true"}


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

    def bytes_of(self, model: BaseModel) -> bytes:
        """The answer as JSON; what the transaction remembered is not written out again."""
        if self._tx and self._tx.answered and self._tx.answered[0] is model:
            return self._tx.answered[1]
        return model.model_dump_json().encode()


def _described(
    idempotency_key: Annotated[str, Header(description="One key for each act of a person")],
    if_match: Annotated[str | None, Header(description='The version that was read, "7"')] = None,
) -> CommandDoor:
    """Only for the OpenAPI document: `CommandRoute` makes the door itself."""
    raise NotImplementedError((idempotency_key, if_match))


Command = Annotated[CommandDoor, Depends(_described)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the client."""

    status: int
    body: bytes
    token: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON

    @classmethod
    def of_problem(cls, problem: Problem) -> "Answer":
        """A refusal or a bug, as bytes."""
        return cls(problem.status, problem.content, None, problem.headers, PROBLEM)

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers of the command's own answer; length and type are added where it is sent."""
        token = {"Consistency-Token": self.token} if self.token else {}
        return {**token, **self.headers}

    async def send(self, send: Send) -> None:
        """The answer as ASGI messages."""
        headers = [
            (name.lower().encode(), text.encode()) for name, text in self.all_headers.items()
        ]
        body = b"" if self.status == HTTPStatus.NO_CONTENT else self.body
        if self.status != HTTPStatus.NO_CONTENT:
            headers.append((b"content-length", b"%d" % len(body)))
            headers.append((b"content-type", self.media_type.encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def response(self) -> HttpResponse:
        """The answer for a router that wants one."""
        none = self.status == HTTPStatus.NO_CONTENT
        return HttpResponse(
            None if none else self.body, self.status, self.all_headers, None if none else JSON
        )


class CommandHandler:
    """One endpoint as a command: body → model → use case → bytes."""

    def __init__(
        self, endpoint: Callable[..., Coroutine[Any, Any, BaseModel]], status: int
    ) -> None:
        self.endpoint = endpoint
        self.status = status
        self.name = endpoint.__module__.removeprefix("services.").replace(".usecases.", ".")
        self.body_name, self.body_type, self.paths = _parameters(endpoint)

    async def run(self, scope: Scope, receive: Receive, given: Mapping[str, Any]) -> Answer | None:
        """Do it once; None when the client went away before it had said what it wants."""
        started = perf_counter()
        raw = await _body(receive)
        if raw is None:
            return None
        arguments = self._arguments(given, raw)
        with Seen(self.name, started) as seen:
            door = open_door(scope, raw, self.status)
            seen.actor = door.actor
            answer = await run_once(self.endpoint, arguments, door)
            seen.token = answer.token
            return answer

    def _arguments(self, given: Mapping[str, Any], raw: bytes) -> dict[str, Any]:
        """The endpoint's arguments; wrong input is told apart from a bug by being caught here."""
        try:
            arguments = {key: kind.validate_python(given[key]) for key, kind in self.paths.items()}
            if self.body_type is not None:
                arguments[self.body_name] = self.body_type.model_validate_json(raw or b"{}")
        except ValidationError as error:
            raise refusal_of(error) from None
        return arguments


class CommandRoute(APIRoute):
    """A route for commands; see the module. `entrance` takes `command` from it and runs it without the router."""

    command: CommandHandler
    handler: ClassVar[type[CommandHandler]] = CommandHandler

    def get_route_handler(self) -> Callable[[HttpRequest], Coroutine[Any, Any, HttpResponse]]:
        """The command behind a router that is not ours."""
        self.command = command = self.handler(self.endpoint, self.status_code or 200)

        async def handle(http: HttpRequest) -> HttpResponse:
            answer = await command.run(http.scope, http.receive, http.path_params)
            return answer.response() if answer else HttpResponse(status_code=CLIENT_WENT_AWAY)

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


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when the client is gone."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        return _bounded(message.get("body", b""))
    chunks = b""
    while message["type"] == "http.request":
        chunks = _bounded(chunks + message.get("body", b""))
        if not message.get("more_body"):
            return chunks
        message = await receive()
    return None


def _bounded(body: bytes) -> bytes:
    if len(body) > BODY_BYTES_MAX:
        raise BodyTooLarge(BODY_BYTES_MAX)
    return body


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers as they came, by their names in lower case."""
    return {name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]}


def open_door(scope: Scope, raw: bytes, status: int) -> CommandDoor:
    """The door of a request: whose it is, under which key; `raw` is what a repetition must equal."""
    context: Context = scope["app"].state.context
    headers = headers_of(scope)
    actor = actor_of(context, headers)
    key = headers.get("idempotency-key", "")
    if not key or len(key) > KEY_CHARACTERS_MAX:
        raise MissingHeader("Idempotency-Key")
    match = headers.get("if-match", "").strip('" ')
    request = Repeatable(
        key=key,
        body_hash=hash_body(scope["path"], raw),
        correlation_id=correlation_of(headers.get("correlation-id")),
        traceparent=current_traceparent(),
        status=status,
    )
    return CommandDoor(context, actor, request, int(match) if match.isdigit() else None)


def actor_of(context: Context, headers: Mapping[str, str]) -> Actor:
    """The actor whose token came with the request; NotSignedIn without a valid one."""
    return context.verifier.actor(bearer(headers.get("authorization")))


async def run_once(
    endpoint: Callable[..., Coroutine[Any, Any, BaseModel]],
    arguments: dict[str, Any],
    door: CommandDoor,
) -> Answer:
    """Run the use case, or give the answer it gave before."""
    for attempt in range(1, TRIES_MAX + 1):
        try:
            model = await endpoint(**arguments, cmd=door)
            return Answer(door.request.status, door.bytes_of(model), door.token)
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
            return Answer(before[0].status, before[0].body, before[1], REPLAYED)
    raise Unavailable
