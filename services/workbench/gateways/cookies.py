"""The session cookie: never readable by scripts, never sent from other sites, over TLS only in production."""

from starlette.responses import Response

from services.workbench.domain.sign_in import SESSION_LIFE_S
from services.workbench.settings import WorkbenchSettings
from shared.kernel.settings import Profile


def cookie_name(settings: WorkbenchSettings) -> str:
    """`__Host-` makes browsers insist on TLS, this host and the whole path; it cannot be had over plain HTTP."""
    return "__Host-nuanliu" if _is_secure(settings) else "nuanliu"


def set_cookie(response: Response, settings: WorkbenchSettings, value: str) -> None:
    """Hand the browser its session."""
    response.set_cookie(
        cookie_name(settings),
        value,
        max_age=SESSION_LIFE_S,
        httponly=True,
        samesite="strict",
        secure=_is_secure(settings),
        path="/",
    )


def clear_cookie(response: Response, settings: WorkbenchSettings) -> None:
    """Take it away again."""
    response.delete_cookie(
        cookie_name(settings), httponly=True, samesite="strict", secure=_is_secure(settings)
    )


def _is_secure(settings: WorkbenchSettings) -> bool:
    return settings.profile is Profile.PRODUCTION
