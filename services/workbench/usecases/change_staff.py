"""The security administrator changes what an account may do, or disables it; its sessions end at once."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.workbench.domain.permissions import STAFF_ADMINS, allow
from services.workbench.domain.sign_in import check_roles
from services.workbench.store.sessions import close_sessions_of
from services.workbench.store.staff import Staff, load_staff, save_staff
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Conflict, NotFound, Refused
from shared.vocabulary.people import Role
from shared.vocabulary.phones import phone
from shared.vocabulary.regions import is_within

router = CommandRouter(tags=["staff"])


class OwnAccount(Refused):
    """Nobody decides about their own permissions."""

    code = "own_account"
    zh = "不能修改自己的岗位和状态，请由另一名安全管理员办理。"
    en = "You cannot change your own roles or state. Ask another security administrator."


class ChangeStaff(Request):
    """The account as it shall be; a telephone that is not mentioned stays (its administrator sees it masked)."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    phone: Annotated[str, Field(max_length=40)] | None = None
    roles: Annotated[list[Role], Field(min_length=1, max_length=8)]
    org: Annotated[str, Field(pattern=r"^zq(\.[0-9A-Za-z]{1,12}){0,4}$")]
    seat: Annotated[str, Field(max_length=40)] | None = None
    active: bool = True
    why: Annotated[str, Field(min_length=2, max_length=200)]


class StaffSaved(Response):
    """The account and its new version."""

    staff_id: UUID
    version: int


@router.put("/staff/{staff_id}")
async def put_staff(staff_id: UUID, wanted: ChangeStaff, cmd: Command) -> StaffSaved:
    """Change an account; `If-Match` says on which version."""
    async with cmd.transaction() as tx:
        return tx.answer(await change_staff(staff_id, wanted, cmd.if_match, tx))


async def change_staff(staff_id: UUID, wanted: ChangeStaff, seen: int | None, tx: Tx) -> StaffSaved:
    """Roles, place, state and person; audited with before, after and reason."""
    allow(tx.actor, STAFF_ADMINS)
    if staff_id == tx.actor.id:
        raise OwnAccount
    staff = await load_staff(tx, staff_id)
    if seen is not None and seen != staff.version:
        raise Conflict(current_version=staff.version)
    if not is_within(wanted.org, tx.actor.org):
        raise NotFound("org", wanted.org)
    roles = frozenset(wanted.roles)
    check_roles(roles)
    after = replace(
        staff,
        name=wanted.name,
        phone=_phone(wanted, staff),
        roles=roles,
        org=wanted.org,
        seat=wanted.seat,
        active=wanted.active,
    )
    saved = save_staff(tx, after)
    close_sessions_of(tx, staff_id)
    tx.audit(
        "staff.changed",
        "staff",
        staff_id,
        before=_rights(staff),
        after=_rights(after),
        why=wanted.why,
    )
    return StaffSaved(staff_id=staff_id, version=saved.version)


def _phone(wanted: ChangeStaff, staff: Staff) -> str | None:
    if "phone" not in wanted.model_fields_set:
        return staff.phone
    return phone(wanted.phone).key if wanted.phone else None


def _rights(staff: Staff) -> dict[str, object]:
    return {"roles": sorted(staff.roles), "org": staff.org, "active": staff.active}
