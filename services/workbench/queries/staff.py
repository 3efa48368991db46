"""Members of staff: to choose from when work is assigned, and as accounts for the security administrator."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, or_, select
from sqlmodel import col

from services.workbench.domain.labels import ROLES, coded
from services.workbench.domain.permissions import STAFF_READERS, allow
from services.workbench.domain.text import Coded
from services.workbench.queries.shapes import OrgRef, org_ref
from services.workbench.queries.visible import within
from services.workbench.store.staff import to_staff
from services.workbench.tables import CardRow, StaffRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.people import Role
from shared.vocabulary.phones import mask_phone
from shared.vocabulary.regions import REGIONS, Level, is_within

STAFF_MAX = 500
CHOOSERS = (
    Role.DISPATCHER,
    Role.MEDIATOR,
    Role.SUPERVISOR,
    Role.WELFARE_OFFICER,
    Role.SECURITY_ADMIN,
)
router = APIRouter(tags=["staff"])


class StaffChoice(Response):
    """Somebody work can be given to."""

    staff_id: UUID
    name: str
    roles: list[Role]
    org: OrgRef
    open_disputes: int


class StaffChoices(Response):
    """By job number."""

    items: list[StaffChoice]


class Account(Response):
    """An account as its administrator sees it."""

    staff_id: UUID
    version: int
    staff_no: str
    name: str
    phone_masked: str | None
    roles: list[Role]
    org: OrgRef
    seat: str | None
    active: bool
    has_authenticator: bool


class Accounts(Response):
    """By job number; with the units of the administrator's part of the organisation, towns left out, and every role
    that a person may be given.
    """

    items: list[Account]
    orgs: list[OrgRef]
    roles: list[Coded]


@router.get("/staff")
async def get_staff(reader: Reader, role: Role | None = None) -> StaffChoices:
    """Active people of one's own tree, and the outside lawyers."""
    allow(reader.actor, CHOOSERS)
    outside = col(StaffRow.roles).contains([Role.LAWYER.value])
    query = select(StaffRow).where(
        col(StaffRow.active), or_(within(col(StaffRow.org), reader.actor.org), outside)
    )
    query = query.where(col(StaffRow.roles).contains([role.value])) if role else query
    rows = await reader.all(query.order_by(col(StaffRow.job_number)).limit(STAFF_MAX))
    loads = await _loads(reader)
    return StaffChoices(
        items=[
            StaffChoice(
                staff_id=one.id,
                name=one.name,
                roles=sorted(one.roles),
                org=org_ref(one.org),
                open_disputes=loads.get(str(one.id), 0),
            )
            for one in (to_staff(row, reader.context.cipher) for row in rows)
        ]
    )


async def _loads(reader: ReadDoor) -> dict[str, int]:
    """How many open disputes everybody has, as mediator or as lawyer."""
    mediators = func.jsonb_array_elements_text(col(CardRow.mediator_ids)).label("who")
    still_open = (col(CardRow.closed_at).is_(None), col(CardRow.dispute_id).is_not(None))
    as_mediator = select(mediators).where(*still_open).subquery()
    rows: list[Any] = await reader.all(
        select(as_mediator.c.who, func.count().label("count")).group_by(as_mediator.c.who)
    )
    rows += await reader.all(
        select(col(CardRow.lawyer_id).label("who"), func.count().label("count"))
        .where(*still_open, col(CardRow.lawyer_id).is_not(None))
        .group_by(col(CardRow.lawyer_id))
    )
    return {str(row["who"]): row["count"] for row in rows}


@router.get("/accounts")
async def get_accounts(reader: Reader) -> Accounts:
    """Every account of the administrator's part of the organisation, disabled ones too."""
    allow(reader.actor, STAFF_READERS)
    rows = await reader.all(
        select(StaffRow)
        .where(within(col(StaffRow.org), reader.actor.org))
        .order_by(col(StaffRow.job_number))
        .limit(STAFF_MAX)
    )
    return Accounts(
        items=[
            Account(
                staff_id=one.id,
                version=one.version,
                staff_no=one.job_number,
                name=one.name,
                phone_masked=mask_phone(one.phone) if one.phone else None,
                roles=sorted(one.roles),
                org=org_ref(one.org),
                seat=one.seat,
                active=one.active,
                has_authenticator=one.totp_secret is not None,
            )
            for one in (to_staff(row, reader.context.cipher) for row in rows)
        ],
        orgs=[
            org_ref(region.path)
            for region in REGIONS
            if region.level is not Level.TOWN and is_within(region.path, reader.actor.org)
        ],
        roles=[coded(ROLES, role) for role in Role if role is not Role.SYSTEM],
    )
