"""The security administrator opens an account; its owner can sign in once a password is set."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.workbench.domain.permissions import STAFF_ADMINS, allow
from services.workbench.domain.sign_in import check_roles
from services.workbench.store.staff import Staff, add_staff
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import FieldError, Invalid
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from shared.vocabulary.phones import phone
from shared.vocabulary.regions import is_within

NO_PASSWORD = "!"  # noqa: S105 - no hash at all: nothing fits
router = CommandRouter(tags=["staff"])


class CreateStaff(Request):
    """Who it is, what they do, and where."""

    staff_no: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{3,16}$")]
    name: Annotated[str, Field(min_length=1, max_length=40)]
    phone: Annotated[str, Field(max_length=40)] | None = None
    roles: Annotated[list[Role], Field(min_length=1, max_length=8)]
    org: Annotated[str, Field(pattern=r"^zq(\.[0-9A-Za-z]{1,12}){0,4}$")]
    seat: Annotated[str, Field(max_length=40)] | None = None


class StaffChanged(Response):
    """The account and its new version."""

    staff_id: UUID
    version: int


@router.post("/staff", status_code=201)
async def post_staff(account: CreateStaff, cmd: Command) -> StaffChanged:
    """Open an account."""
    async with cmd.transaction() as tx:
        return tx.answer(await create_staff(account, tx))


async def create_staff(account: CreateStaff, tx: Tx) -> StaffChanged:
    """Within the administrator's own part of the organisation, with roles one person may hold."""
    allow(tx.actor, STAFF_ADMINS)
    roles = frozenset(account.roles)
    check_roles(roles)
    if not is_within(account.org, tx.actor.org):
        raise Invalid(
            FieldError(
                "org",
                "org_outside",
                "该单位不在您的管辖范围，请选择本级或下级单位，或联系其上级管理员。",
                "This unit is outside your area. Choose one within it, or ask its administrator.",
            )
        )
    staff = Staff(
        id=new_id(),
        job_number=account.staff_no,
        name=account.name,
        phone=phone(account.phone).key if account.phone else None,
        password_hash=NO_PASSWORD,
        totp_secret=None,
        roles=roles,
        org=account.org,
        seat=account.seat,
        active=True,
        created_at=tx.now,
    )
    add_staff(tx, staff)
    tx.audit("staff.created", "staff", staff.id, after=_shown(staff))
    return StaffChanged(staff_id=staff.id, version=1)


def _shown(staff: Staff) -> dict[str, object]:
    return {"job_number": staff.job_number, "roles": sorted(staff.roles), "org": staff.org}
