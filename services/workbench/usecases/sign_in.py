"""A member of staff signs in with job number and password, and with the authenticator where the account has one."""

from typing import Annotated

import pyotp
from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from services.workbench.domain.sign_in import (
    LoginLocked,
    LoginWrong,
    TotpNeeded,
    TotpWrong,
    Tries,
    after_failure,
)
from services.workbench.gateways.cookies import set_cookie
from services.workbench.gateways.passwords import is_password
from services.workbench.gateways.throttle import LOGINS_PER_MINUTE, Throttle
from services.workbench.gateways.tokens import settings_of
from services.workbench.store.sessions import (
    forget_tries,
    is_code_used,
    load_tries,
    open_session,
    save_tries,
    use_code,
)
from services.workbench.store.shown_session import SessionShown, show_session
from services.workbench.store.staff import Staff, load_staff_by_job_number
from shared.kernel.command import Request
from shared.kernel.context import Context
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Refusal
from shared.vocabulary.people import SYSTEM

TOTP_STEP_S = 30
TOTP_DRIFT_STEPS = 1

router = APIRouter(tags=["session"])


class SignIn(Request):
    """What the form holds."""

    staff_no: Annotated[str, Field(min_length=1, max_length=32)]
    password: Annotated[str, Field(min_length=1, max_length=128)]
    totp: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None


@router.post("/session", status_code=201, response_model=SessionShown)
async def post_session(form: SignIn, http: HttpRequest) -> Response:
    """Sign in; the cookie comes with the answer."""
    context: Context = http.app.state.context
    throttle: Throttle = http.app.state.throttle
    await throttle.hit("login", http.client.host if http.client else "", LOGINS_PER_MINUTE)
    refusal: Refusal | None = None
    async with context.db.transaction(actor=SYSTEM) as tx:
        try:
            staff = await check(form, tx)
        except (LoginWrong, LoginLocked, TotpWrong) as wrong:
            refusal = wrong  # the attempt is counted, so the transaction commits
        else:
            cookie, csrf = open_session(tx, staff.id)
            tx.audit("session.opened", "staff", staff.id)
    if refusal:
        raise refusal
    shown = await show_session(context, staff.actor, csrf)
    response = JSONResponse(shown.model_dump(mode="json"), 201)
    set_cookie(response, settings_of(context), cookie)
    return response


async def check(form: SignIn, tx: Tx) -> Staff:
    """The account, if everything fits; unknown, disabled and wrong look the same and take as long."""
    tries = await load_tries(tx, form.staff_no)
    if tries.locked_until and tries.is_locked(tx.now):
        raise LoginLocked(tries.locked_until, tx.now)
    staff = await load_staff_by_job_number(tx, form.staff_no)
    fits = await is_password(staff.password_hash if staff else None, form.password)
    if staff is None or not staff.active or not fits:
        raise _failed(tx, form.staff_no, tries, LoginWrong, staff)
    if staff.totp_secret:
        if form.totp is None:
            raise TotpNeeded
        step = _step(staff.totp_secret, form.totp, tx)
        if step is None or await is_code_used(tx, staff.id, step):
            raise _failed(tx, form.staff_no, tries, TotpWrong, staff)
        use_code(tx, staff.id, step)
    forget_tries(tx, form.staff_no)
    return staff


def _failed(
    tx: Tx,
    job_number: str,
    tries: Tries,
    wrong: type[LoginWrong] | type[TotpWrong],
    staff: Staff | None,
) -> Refusal:
    """Count the failure; the last one that is allowed locks."""
    after = after_failure(tries, tx.now)
    save_tries(tx, job_number, after)
    if staff is not None:
        tx.audit("session.refused", "staff", staff.id, after={"failures": after.failures})
    if after.locked_until:
        return LoginLocked(after.locked_until, tx.now)
    return wrong(after)


def _step(secret: str, code: str, tx: Tx) -> int | None:
    """The time step a code belongs to, the neighbours included because telephones' clocks drift."""
    current = int(tx.now.timestamp()) // TOTP_STEP_S
    authenticator = pyotp.TOTP(secret, interval=TOTP_STEP_S)
    for step in range(current - TOTP_DRIFT_STEPS, current + TOTP_DRIFT_STEPS + 1):
        if pyotp.utils.strings_equal(authenticator.generate_otp(step), code):
            return step
    return None
