"""DOOR 1: what a browser can ask of the workbench. Everything else under /api/ goes to the owning service."""

from fastapi import APIRouter

from services.workbench.queries import session
from services.workbench.usecases import (
    change_staff,
    create_staff,
    forward,
    set_authenticator,
    set_password,
    sign_in,
    sign_out,
)
from shared.kernel import operations

PREFIX = "/api/workbench"
OWN = (
    session.router,
    sign_in.router,
    sign_out.router,
    create_staff.router,
    change_staff.router,
    set_password.router,
    set_authenticator.router,
)

_own = APIRouter(prefix=PREFIX)
for _router in OWN:
    _own.include_router(_router)
for _router in (operations.router, operations.commands):
    _own.include_router(_router, include_in_schema=False)

ROUTERS = [_own, forward.router]
