"""DOOR 1, HTTP: every address of intake."""

from services.intake.usecases import register_call

ROUTERS = (register_call.router,)
