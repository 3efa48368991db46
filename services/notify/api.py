"""DOOR 1: everything notify can be asked over HTTP."""

from services.notify import queries
from services.notify.usecases import close_call_task, resend_message

ROUTERS = [queries.router, close_call_task.router, resend_message.router]
