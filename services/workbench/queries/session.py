"""Who is signed in at this browser."""

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest

from services.workbench.store.sessions import Session
from services.workbench.store.shown_session import SessionShown, show_session
from shared.vocabulary.errors import NotSignedIn

router = APIRouter(tags=["session"])


@router.get("/session")
async def get_session(http: HttpRequest) -> SessionShown:
    """The session of this browser, with the server's time; 401 when there is none."""
    session: Session | None = getattr(http.state, "session", None)
    if session is None:
        raise NotSignedIn
    return await show_session(http.app.state.context, session.actor, session.csrf)
