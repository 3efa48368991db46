"""The workbench as a process: what browsers talk to, and the read model behind it.

Besides the commands of every service: `rebuild` and `diff` of the read model, `first-admin` to open the account that
opens all others, and `seed-staff` for demonstrations.
"""

import asyncio
import sys

from fastapi import FastAPI
from starlette.middleware import Middleware

import shared.kernel.lean  # noqa: F401 - the first, before the libraries
from services.workbench.api import PAGES, ROUTERS
from services.workbench.gateways.live import Live
from services.workbench.gateways.presence import Presence
from services.workbench.gateways.throttle import Throttle
from services.workbench.gateways.tokens import settings_of
from services.workbench.schedule import EVERY
from services.workbench.settings import WorkbenchSettings
from services.workbench.subscriptions import SUBSCRIPTIONS
from services.workbench.tables import SEALED
from services.workbench.usecases.carry_session import CarrySession
from services.workbench.usecases.project import project
from services.workbench.usecases.rebuild import rebuild, rebuild_and_diff
from services.workbench.usecases.seed_staff import first_admin, seed_staff
from shared.kernel import logs
from shared.kernel.service import Service
from shared.kernel.valkey import Valkey
from shared.vocabulary.errors import Invalid, Refusal


def extend(app: FastAPI) -> None:
    """Sessions for what lies behind (innermost, so that refusals belong to the trace), what the process keeps in hand,
    and the web pages for every address that nothing else answers.
    """
    app.user_middleware.append(Middleware(CarrySession))
    app.include_router(PAGES)
    if app.state.context is None:
        return
    settings = settings_of(app.state.context)
    valkey = Valkey(settings.redis_url.get_secret_value()) if settings.redis_url else None
    app.state.throttle = Throttle(valkey)
    app.state.presence = Presence(valkey)
    app.state.live = Live(settings.database_url.get_secret_value())


service = Service(
    name="workbench",
    settings=WorkbenchSettings,
    routers=ROUTERS,
    subscriptions=SUBSCRIPTIONS,
    projection=project,
    every=EVERY,
    sealed=SEALED,
    extend=extend,
)


async def _own(command: str, rest: list[str]) -> int:
    """The commands only this service has; the exit code."""
    settings = WorkbenchSettings.load()
    logs.configure(service.name, settings)
    url = settings.database_url.get_secret_value()
    match command:
        case "rebuild":
            done = await rebuild(url)
            _say(f"{done.facts} facts of {done.cases} cases, {done.per_second:.0f} facts/s")
        case "diff":
            found = await rebuild_and_diff(url)
            for one in found:
                _say(f"{one.table} {one.key}: {', '.join(one.columns) or 'differs'}")
            return 1 if found else 0
        case "first-admin":
            async with service.context(settings) as context:
                _say(await first_admin(context, rest, sys.stdin.readline().rstrip("\n")))
        case _:
            async with service.context(settings) as context:
                _say(await seed_staff(context, rest))
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _run(command: str, rest: list[str]) -> int:
    try:
        return asyncio.run(_own(command, rest))
    except Refusal as refusal:
        notes = refusal.errors if isinstance(refusal, Invalid) else ()
        for text in (refusal.text_zh, refusal.text_en, *(note.zh for note in notes)):
            sys.stderr.write(text + "\n")
        return REFUSED


REFUSED = 2
OWN_COMMANDS = ("rebuild", "diff", "first-admin", "seed-staff")

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in OWN_COMMANDS:
        sys.exit(_run(sys.argv[1], sys.argv[2:]))
    service.run()
