"""The short way in for commands: method and path lead straight to the command, past FastAPI's own stack.

FastAPI still describes every command (OpenAPI) and answers everything else. Its levels of routing, exit stacks and
middlewares cost as much CPU as a command itself, so those a command has no use for are left out; middlewares that
this application added (trace, session) stand before both ways.
"""

from collections import defaultdict
from re import Pattern
from typing import Any, NamedTuple

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.convertors import Convertor, PathConvertor
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.kernel.command import Answer, CommandHandler, CommandRoute
from shared.kernel.problem import problem_at_edge
from shared.kernel.tracing import current_trace_id

COMMAND = "nuanliu.command"
"""Where the scope carries what was found, past the middlewares."""


class _Way(NamedTuple):
    """One command and the paths that lead to it."""

    regex: Pattern[str]
    convertors: dict[str, Convertor[Any]]
    handler: CommandHandler


class Application(FastAPI):
    """A FastAPI application whose commands take the short way."""

    def build_middleware_stack(self) -> ASGIApp:
        """FastAPI's stack for everything but commands."""
        short: ASGIApp = answer_command
        for middleware, args, kwargs in reversed(self.user_middleware):
            short = middleware(short, *args, **kwargs)
        return Entrance(self.routes, short, super().build_middleware_stack())


class Entrance:
    """Chooses the way: `short` for commands, `long` for all the rest."""

    def __init__(self, routes: list[BaseRoute], short: ASGIApp, long: ASGIApp) -> None:
        self.short, self.long = short, long
        self._ways: dict[tuple[str, int], list[_Way]] = defaultdict(list)
        for one in iter_route_contexts(routes):
            route = one.original_route
            if not isinstance(route, CommandRoute) or one.path is None:
                continue
            if any(isinstance(kind, PathConvertor) for kind in one.param_convertors.values()):
                continue
            way = _Way(one.path_regex, one.param_convertors, route.command)
            for method in one.methods or ():
                self._ways[method, one.path.count("/")].append(way)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI call."""
        if scope["type"] == "http":
            path: str = scope["path"]
            for way in self._ways.get((scope["method"], path.count("/")), ()):
                if found := way.regex.match(path):
                    given = {
                        key: way.convertors[key].convert(v) for key, v in found.groupdict().items()
                    }
                    scope[COMMAND] = (way.handler, given)
                    await self.short(scope, receive, send)
                    return
        await self.long(scope, receive, send)


async def answer_command(scope: Scope, receive: Receive, send: Send) -> None:
    """Run the command that was found; every exception becomes a problem document here."""
    handler, given = scope[COMMAND]
    try:
        answer: Answer | None = await handler.run(scope, receive, given)
    except Exception as error:  # noqa: BLE001 - the edge: a bug becomes a 500 and a line in the log
        answer = Answer.of_problem(problem_at_edge(error, scope["method"], current_trace_id()))
    if answer is not None:
        await answer.send(send)
