"""Accounts from the command line: the first security administrator of a new installation, and demonstration staff.

Whoever may run these holds the keys and the database of the server; over HTTP there is no such way. Demonstration
accounts are refused outside the profiles `demo` and `test`.
"""

import asyncio
from pathlib import Path
from uuid import UUID

import msgspec

from services.workbench.domain.sign_in import check_password, check_roles
from services.workbench.gateways.passwords import hash_password
from services.workbench.store.staff import (
    Staff,
    add_staff,
    has_security_admin,
    load_staff_by_job_number,
)
from shared.kernel.context import Context
from shared.kernel.settings import Profile
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Refused
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM, Role
from shared.vocabulary.phones import phone
from shared.vocabulary.regions import CITY_PATH


class NotInProduction(Refused):
    """Known passwords must never open a real installation."""

    code = "demo_only"
    zh = "演示账号只能在演示环境（NUANLIU_PROFILE=demo）建立；正式环境请用 first-admin 建立首个安全管理员。"
    en = "Demonstration accounts exist under NUANLIU_PROFILE=demo only. Use first-admin in production."


class AlreadyGoverned(Refused):
    """There is a security administrator, who opens all further accounts."""

    code = "already_governed"
    zh = "已有在用的安全管理员，请由其在“账号”页面建立新账号。"
    en = "There is an active security administrator: accounts are opened on the accounts page."


class SeedAccount(msgspec.Struct, forbid_unknown_fields=True):
    """One line of the demonstration's list; `id` fixes the staff id so that other seeds can refer to it."""

    staff_no: str
    name: str
    password: str
    roles: list[Role]
    org: str
    phone: str | None = None
    seat: str | None = None
    id: UUID | None = None
    totp_secret: str | None = None


async def first_admin(context: Context, arguments: list[str], password: str) -> str:
    """`first-admin JOB_NUMBER NAME`, the password on standard input; refused once there is one."""
    job_number, name = arguments
    account = SeedAccount(job_number, name, password, [Role.SECURITY_ADMIN], CITY_PATH)
    async with context.db.transaction(actor=SYSTEM) as tx:
        if await has_security_admin(tx):
            raise AlreadyGoverned
        await _open(account, tx)
    return f"security administrator {job_number} can sign in"


async def seed_staff(context: Context, arguments: list[str]) -> str:
    """`seed-staff FILE`: a JSON list of accounts; those that are there already stay as they are."""
    if context.settings.profile is Profile.PRODUCTION:
        raise NotInProduction
    [file] = arguments
    text = await asyncio.to_thread(Path(file).read_bytes)
    opened = 0
    accounts = msgspec.json.decode(text, type=list[SeedAccount])
    for account in accounts:
        async with context.db.transaction(actor=SYSTEM) as tx:
            if await load_staff_by_job_number(tx, account.staff_no) is None:
                await _open(account, tx)
                opened += 1
    return f"{opened} accounts opened, {len(accounts) - opened} already there"


async def _open(account: SeedAccount, tx: Tx) -> None:
    roles = frozenset(account.roles)
    check_roles(roles)
    check_password(account.password, account.staff_no)
    staff = Staff(
        id=account.id or new_id(),
        job_number=account.staff_no,
        name=account.name,
        phone=phone(account.phone).key if account.phone else None,
        password_hash=await hash_password(account.password),
        totp_secret=account.totp_secret,
        roles=roles,
        org=account.org,
        seat=account.seat,
        active=True,
        created_at=tx.now,
    )
    add_staff(tx, staff)
    tx.audit("staff.created", "staff", staff.id, after={"roles": sorted(roles), "org": account.org})
