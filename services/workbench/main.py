"""The workbench as a process: what browsers talk to, and the read model behind it."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from services.workbench.api import ROUTERS
from services.workbench.gateways.throttle import Throttle
from services.workbench.gateways.tokens import settings_of
from services.workbench.schedule import EVERY
from services.workbench.settings import WorkbenchSettings
from services.workbench.subscriptions import SUBSCRIPTIONS
from services.workbench.usecases.carry_session import CarrySession
from services.workbench.usecases.project import project
from shared.kernel.service import Service


def extend(app: FastAPI) -> None:
    """Sessions for what lies behind (innermost, so that refusals belong to the trace), and what processes keep in hand."""
    app.user_middleware.append(Middleware(CarrySession))
    if app.state.context is not None:
        settings = settings_of(app.state.context)
        redis = settings.redis_url.get_secret_value() if settings.redis_url else None
        app.state.throttle = Throttle(redis)


service = Service(
    name="workbench",
    settings=WorkbenchSettings,
    routers=ROUTERS,
    subscriptions=SUBSCRIPTIONS,
    projection=project,
    every=EVERY,
    extend=extend,
)

if __name__ == "__main__":
    service.run()
