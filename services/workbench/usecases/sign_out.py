"""The person leaves: this browser's session ends now."""

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from services.workbench.gateways.cookies import clear_cookie
from services.workbench.gateways.tokens import settings_of
from services.workbench.store.sessions import Session, close_session
from shared.kernel.context import Context

router = APIRouter(tags=["session"])


@router.delete("/session", status_code=204)
async def delete_session(http: HttpRequest) -> Response:
    """Sign out; an ended session is as good as none."""
    context: Context = http.app.state.context
    session: Session | None = getattr(http.state, "session", None)
    if session is not None:
        async with context.db.transaction(actor=session.actor) as tx:
            close_session(tx, session)
            tx.audit("session.closed", "staff", session.actor.id)
    response = Response(status_code=204)
    clear_cookie(response, settings_of(context))
    return response
