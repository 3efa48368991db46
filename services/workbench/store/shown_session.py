"""What a signed-in browser is told about itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.workbench.domain.labels import org_name, title_of
from services.workbench.domain.sign_in import idle_limit_s
from services.workbench.domain.text import Text
from services.workbench.store.desks import load_settings
from services.workbench.store.staff import to_staff
from services.workbench.tables import StaffRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.context import Context
from shared.vocabulary.errors import NotSignedIn
from shared.vocabulary.people import Actor, Role


class OrgRef(Response):
    """A node of the organisation tree."""

    path: str
    name: str


class SessionShown(Response):
    """Who is signed in, how long an idle session lives, and what writes have to carry."""

    staff_id: UUID
    staff_no: str
    name: str
    roles: list[Role]
    title: Text
    org: OrgRef
    seat: Text | None
    csrf_token: str
    server_time: datetime
    idle_timeout_s: int
    has_authenticator: bool
    settings: dict[str, Any]


async def show_session(context: Context, actor: Actor, csrf: str) -> SessionShown:
    """The session of an actor."""
    row = await context.db.one(select(StaffRow).where(col(StaffRow.id) == actor.id))
    if row is None:
        raise NotSignedIn
    staff = to_staff(row, context.cipher)
    return SessionShown(
        staff_id=staff.id,
        staff_no=staff.job_number,
        name=staff.name,
        roles=sorted(staff.roles),
        title=title_of(staff.roles, staff.job_number),
        org=OrgRef(path=staff.org, name=org_name(staff.org)),
        seat=Text(staff.seat, staff.seat) if staff.seat else None,
        csrf_token=csrf,
        server_time=now(),
        idle_timeout_s=idle_limit_s(staff.roles),
        has_authenticator=staff.totp_secret is not None,
        settings=await load_settings(context.db, staff.id),
    )
