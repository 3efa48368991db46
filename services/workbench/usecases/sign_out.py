"""The person leaves: this browser's session ends now."""

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from services.workbench.gateways.cookies import clear_cookie, cookie_name
from services.workbench.gateways.tokens import settings_of
from services.workbench.store.sessions import close_session
from shared.kernel.context import Context

router = APIRouter(tags=["session"])


@router.delete("/session", status_code=204)
async def delete_session(http: HttpRequest) -> Response:
    """Sign out; an ended session is as good as none."""
    context: Context = http.app.state.context
    settings = settings_of(context)
    cookie = http.cookies.get(cookie_name(settings))
    if cookie:
        await close_session(context.db, cookie)
    response = Response(status_code=204)
    clear_cookie(response, settings)
    return response
