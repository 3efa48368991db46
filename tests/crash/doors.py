"""Every function through which a service is made to commit something, and why some need no crash scenario."""

import importlib
from collections.abc import Callable, Iterator
from pkgutil import iter_modules
from typing import Any

from shared.kernel.service import Service

SERVICES = ("intake", "mediation", "welfare", "notify", "workbench")
LOOKS = "shows a value and keeps no answer (it would lie there unsealed): who asks again looks again, both on record"
ONE_ROW = "one statement without a key: who repeats it ends where an undisturbed attempt ends"
WITHOUT_SCENARIO: dict[str, str] = {
    "intake.reveal_party.post_reveal": LOOKS,
    "welfare.reveal_value.post_reveal": LOOKS,
    "workbench.sign_in.post_session": "no key: who signs in again has another session, the lost one ends by itself",
    "workbench.sign_out.delete_session": ONE_ROW,
    "workbench.set_password.put_password": ONE_ROW,
    "workbench.set_password.put_own_password": ONE_ROW,
    "workbench.set_authenticator.put_authenticator": "a code proves a secret once: who repeats it shows the next code",
    "workbench.set_authenticator.delete_authenticator": ONE_ROW,
    "workbench.forward_file.post_file": "commits nothing itself; intake's command has its scenario",
    "workbench.forward.forward": "commits nothing itself; the owner's command has its scenario",
}
"""`service.module.function` → the reason."""


def doors_of(service: str) -> set[str]:
    """HTTP commands, handlers of facts, timers, periodic work: what lies in `usecases/` of what the service is wired with."""
    wired: Service = importlib.import_module(f"services.{service}.main").service
    room = f"services.{service}.usecases."
    return {
        f"{one.__module__.removeprefix(room)}.{one.__name__}"
        for one in (*_commands(room), *_reactions(wired))
        if one.__module__.startswith(room)
    }


def _commands(room: str) -> Iterator[Callable[..., Any]]:
    package = importlib.import_module(room.rstrip("."))
    for found in iter_modules(package.__path__):
        router = getattr(importlib.import_module(room + found.name), "router", None)
        for route in getattr(router, "routes", ()):
            if set(route.methods) - {"GET", "HEAD"}:
                yield route.endpoint


def _reactions(wired: Service) -> Iterator[Callable[..., Any]]:
    for handlers in wired.subscriptions.values():
        yield from handlers
    yield from wired.timers.values()
    yield from (one.run for one in wired.every)
    if wired.projection:
        yield wired.projection
