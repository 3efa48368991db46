"""The HTTP door of a service: one FastAPI application, problem+json, health, metrics, operations."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig

from shared.kernel import metrics, operations, problem
from shared.kernel.context import Context
from shared.kernel.entrance import Application
from shared.kernel.health import Health
from shared.kernel.tracing import TraceMiddleware

NO_SPANS: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}
"""FastAPI's own spans carry the query of a request: what was searched for, telephones and names."""


def create_app(
    name: str, context: Context | None, routers: Sequence[APIRouter], health: Health
) -> FastAPI:
    """The application; without a context it can only describe itself (OpenAPI)."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield

    app = Application(
        title=f"暖流 {name}",
        version="1",
        telemetry=NO_SPANS,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.context = context
    for router in (*routers, operations.router, operations.commands):
        app.include_router(router)
    app.include_router(health.router(context))
    app.add_route("/metrics", metrics.endpoint)
    problem.install(app)
    app.add_middleware(TraceMiddleware)
    return app
