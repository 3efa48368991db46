"""A person adds an authenticator to the account, or the security administrator takes a lost one away."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

import pyotp
from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from services.workbench.domain.permissions import allow_credentials_of
from services.workbench.store.sessions import close_sessions_of
from services.workbench.store.staff import load_staff, save_staff
from shared.kernel.command import Request, Response, actor_of
from shared.kernel.context import Context
from shared.vocabulary.errors import FieldError, Invalid

ISSUER = "暖流"
router = APIRouter(tags=["staff"])


class NewSecret(Response):
    """Shown once as a QR code; nothing is stored until a code proves that it arrived."""

    secret: str
    uri: str


class ProveSecret(Request):
    """The secret that was shown, and the code it gives now."""

    secret: Annotated[str, Field(pattern=r"^[A-Z2-7]{32}$")]
    code: Annotated[str, Field(pattern=r"^\d{6}$")]


@router.get("/authenticator")
async def get_new_secret(http: HttpRequest) -> NewSecret:
    """A fresh secret."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    secret = pyotp.random_base32()
    uri = pyotp.TOTP(secret).provisioning_uri(name=str(actor.id)[-12:], issuer_name=ISSUER)
    return NewSecret(secret=secret, uri=uri)


@router.put("/authenticator", status_code=204)
async def put_authenticator(proof: ProveSecret, http: HttpRequest) -> HttpResponse:
    """From now on signing in asks for a code."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    async with context.db.transaction(actor=actor) as tx:
        if not pyotp.TOTP(proof.secret).verify(proof.code, for_time=tx.now, valid_window=1):
            raise Invalid(
                FieldError(
                    "code",
                    "totp_wrong",
                    "动态口令不符，请用验证器重新扫码，填最新的 6 位数。",
                    "The code does not fit. Scan again and enter the newest six digits.",
                )
            )
        staff = await load_staff(tx, actor.id)
        save_staff(tx, replace(staff, totp_secret=proof.secret))
        tx.audit("staff.authenticator_added", "staff", staff.id)
    return HttpResponse(status_code=204)


@router.delete("/staff/{staff_id}/authenticator", status_code=204)
async def delete_authenticator(staff_id: UUID, http: HttpRequest) -> HttpResponse:
    """A lost telephone: the account signs in by password until a new one is added."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    allow_credentials_of(actor, staff_id)
    async with context.db.transaction(actor=actor) as tx:
        staff = await load_staff(tx, staff_id)
        save_staff(tx, replace(staff, totp_secret=None))
        close_sessions_of(tx, staff_id)
        tx.audit("staff.authenticator_removed", "staff", staff_id)
    return HttpResponse(status_code=204)
