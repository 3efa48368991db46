"""A password is set: by the security administrator for somebody, or by a person for themselves.

These requests carry no idempotency key: the kernel would keep a plain hash of the body, and setting the same password
again changes nothing.
"""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from services.workbench.domain.permissions import allow_credentials_of
from services.workbench.domain.sign_in import check_password
from services.workbench.gateways.passwords import hash_password, is_password
from services.workbench.store.sessions import close_sessions_of
from services.workbench.store.staff import Staff, load_staff, save_staff
from shared.kernel.command import Request, actor_of
from shared.kernel.context import Context
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import FieldError, Invalid

Password = Annotated[str, Field(min_length=1, max_length=128)]
router = APIRouter(tags=["staff"])


class SetPassword(Request):
    """The new one; it is to be changed by its owner at the first chance."""

    password: Password


class ChangePassword(Request):
    """The old one proves who is asking."""

    old: Password
    password: Password


@router.put("/staff/{staff_id}/password", status_code=204)
async def put_password(staff_id: UUID, wanted: SetPassword, http: HttpRequest) -> Response:
    """Set somebody's password; their sessions end."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    allow_credentials_of(actor, staff_id)
    async with context.db.transaction(actor=actor) as tx:
        staff = await load_staff(tx, staff_id)
        await set_password(staff, wanted.password, tx)
    return Response(status_code=204)


@router.put("/password", status_code=204)
async def put_own_password(wanted: ChangePassword, http: HttpRequest) -> Response:
    """Change one's own password; every session of this person ends, so everybody signs in anew."""
    context: Context = http.app.state.context
    actor = actor_of(context, http.headers)
    async with context.db.transaction(actor=actor) as tx:
        staff = await load_staff(tx, actor.id)
        if not await is_password(staff.password_hash, wanted.old):
            raise Invalid(
                FieldError(
                    "old",
                    "password_wrong",
                    "原密码不对，请核对后重填；忘记了请联系安全管理员重设。",
                    "The old password is wrong. If you forgot it, ask the security administrator.",
                )
            )
        await set_password(staff, wanted.password, tx)
    return Response(status_code=204)


async def set_password(staff: Staff, password: str, tx: Tx) -> None:
    """Check, hash and store; audited without a trace of the password."""
    check_password(password, staff.job_number)
    save_staff(tx, replace(staff, password_hash=await hash_password(password)))
    close_sessions_of(tx, staff.id)
    tx.audit("staff.password_set", "staff", staff.id)
