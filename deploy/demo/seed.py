"""Demo data, entered through the APIs like people would; may be interrupted and run again.

Only under the demo profile: a production installation starts without any account.
"""

import os
import sys
from pathlib import Path
from uuid import UUID

from deploy.demo.aid import tell_aid
from deploy.demo.client import SEED, Services
from deploy.demo.desk import tell_the_desk
from deploy.demo.employers import Employer, employers
from deploy.demo.people import PASSWORD, ROLE_NAMES, STAFF, Person
from deploy.demo.story import tell
from shared.vocabulary.ids import derived_id
from shared.vocabulary.people import Actor, Role

ADMIN = Actor(derived_id(SEED, "first administrator"), frozenset({Role.SECURITY_ADMIN}), "zq")


def main() -> int:
    """Accounts, employers, budgets, cases in every stage; then the page of accounts for the launcher."""
    if os.environ.get("NUANLIU_PROFILE") != "demo":
        print("只在演示环境录入演示数据 demo data is entered under the demo profile only")
        return 2
    services = Services()
    staff = {person.number: enter(services, person) for person in STAFF}
    print(f"账号 accounts: {len(staff)}", flush=True)
    ids = [_employer(services, staff["1207"], one) for one in employers()]
    print(f"用人单位 employers: {len(ids)}", flush=True)
    tell(services, staff)
    tell_aid(services, staff)
    print("帮扶申请 applications: 2", flush=True)
    tell_the_desk(services, staff)
    if file := os.environ.get("DEMO_ACCOUNTS_FILE"):
        Path(file).write_text(accounts_page(), encoding="utf-8")
    return 0


def enter(services: Services, person: Person) -> Actor:
    """An account with its password; who it is for the services."""
    body = {
        "staff_no": person.number,
        "name": person.name,
        "phone": person.phone,
        "roles": [person.role.value],
        "org": person.org,
        "seat": person.seat,
    }
    account = services.post("workbench", "/api/workbench/staff", body, ADMIN)
    staff_id = account["staff_id"]
    path = f"/api/workbench/staff/{staff_id}/password"
    services.send("PUT", "workbench", path, {"password": PASSWORD}, ADMIN)
    return Actor(UUID(staff_id), frozenset({person.role}), person.org)


def _employer(services: Services, operator: Actor, one: Employer) -> str:
    body = {
        "name": one.name,
        "uscc": one.uscc,
        "region": one.region,
        "headcount": one.headcount,
        "unionised_since": one.union_since,
    }
    recorded: str = services.post("intake", "/employers", body, operator)["employer_id"]
    return recorded


def accounts_page() -> str:
    """Who can sign in: number, role, name; one password for all."""
    lines = [f"演示账号 demo accounts, 口令 password {PASSWORD}", ""]
    lines += [
        f"  {person.number}  {ROLE_NAMES[person.role]:<34} {person.name}  {person.org}"
        for person in STAFF
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
