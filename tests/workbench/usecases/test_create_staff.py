"""Opening accounts: what is stored, told and audited, and which ones are refused."""

from typing import Any

import pytest
from sqlalchemy import select, text

from services.workbench.tables import StaffRow
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import (
    PASSWORD,
    SECURITY_ADMIN,
    account,
    audited,
    browser,
    hire,
    person_in,
    profiles,
    someone,
)

STAFF = "/api/workbench/staff"
SIHUI_ADMIN = Actor(new_id(), frozenset({Role.SECURITY_ADMIN}), "zq.441284")
WANG: dict[str, Any] = {
    "staff_no": "1300",
    "name": "王磊",
    "phone": "138 0013 6207",
    "roles": ["mediator", "dispatcher"],
    "org": "zq.441284",
    "seat": "2 号窗口",
}


async def test_an_account_is_stored_sealed_told_and_audited(workbench: Rig) -> None:
    answer = await workbench.post(STAFF, WANG, actor=SECURITY_ADMIN)
    assert (answer.status_code, answer.json()["version"]) == (201, 1)
    staff_id = answer.json()["staff_id"]
    row = await account(workbench, staff_id)
    assert (row["job_number"], row["org"], row["seat"], row["active"], row["version"]) == (
        "1300",
        "zq.441284",
        "2 号窗口",
        True,
        1,
    )
    assert row["roles"] == ["dispatcher", "mediator"]
    assert "王磊" not in row["name_sealed"]
    assert "6207" not in row["phone_sealed"]
    [told] = await profiles(workbench, staff_id)
    assert (told.roles, told.org, told.active) == (("dispatcher", "mediator"), "zq.441284", True)
    assert person_in(workbench, told) == {
        "name": "王磊",
        "phone": "13800136207",
        "job_number": "1300",
    }
    [entry] = await audited(workbench, staff_id)
    assert (entry["action"], entry["actor"]) == ("staff.created", str(SECURITY_ADMIN.id))
    assert entry["after"] == {
        "job_number": "1300",
        "org": "zq.441284",
        "roles": ["dispatcher", "mediator"],
    }


async def test_nobodys_name_or_telephone_stands_in_the_clear(workbench: Rig) -> None:
    await workbench.post(STAFF, WANG, actor=SECURITY_ADMIN)
    for table in ("kernel.audit", "kernel.idempotency", "kernel.event", "staff"):
        for row in await workbench.rows(text(f"SELECT t::text AS line FROM {table} t")):
            assert "王磊" not in row["line"], table
            assert "13800136207" not in row["line"], table


async def test_nobody_signs_in_before_a_password_is_set(workbench: Rig) -> None:
    await workbench.post(STAFF, WANG, actor=SECURITY_ADMIN)
    for guess in ("!", PASSWORD):
        assert (await browser(workbench).sign_in("1300", guess)).json()["code"] == "login_wrong"


async def test_the_same_request_twice_opens_one_account(workbench: Rig) -> None:
    one = await workbench.post(STAFF, WANG, actor=SECURITY_ADMIN, key="k1")
    two = await workbench.post(STAFF, WANG, actor=SECURITY_ADMIN, key="k1")
    assert one.json() == two.json()
    assert len(await profiles(workbench, one.json()["staff_id"])) == 1


async def test_a_job_number_has_one_account_even_a_disabled_one(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1300", Role.MEDIATOR)
    leaving = {"name": "王磊", "roles": ["mediator"], "org": "zq", "active": False, "why": "离职"}
    await workbench.put(f"{STAFF}/{staff_id}", leaving, actor=SECURITY_ADMIN)
    again = await workbench.post(STAFF, WANG, actor=SECURITY_ADMIN)
    assert (again.status_code, again.json()["code"]) == (409, "job_number_taken")
    assert len(await workbench.rows(select(StaffRow))) == 1


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (["system_admin", "security_admin"], "roles_exclude_each_other"),
        (["audit_admin", "operator"], "roles_exclude_each_other"),
        (["system"], "invalid_input"),
        ([], "invalid_input"),
    ],
    ids=["two administrators", "an administrator with cases", "the system itself", "nothing"],
)
async def test_the_three_administrators_are_three_people(
    workbench: Rig, roles: list[str], code: str
) -> None:
    answer = await workbench.post(STAFF, WANG | {"roles": roles}, actor=SECURITY_ADMIN)
    assert answer.json()["code"] == code
    assert await workbench.rows(select(StaffRow)) == []
    assert await workbench.facts() == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("staff_no", "12"),
        ("staff_no", "1300/1"),
        ("name", " "),
        ("phone", "打给前台"),
        ("org", "gz.441284"),
        ("roles", ["boss"]),
    ],
)
async def test_a_mistake_is_named_at_its_field_and_nothing_is_stored(
    workbench: Rig, field: str, wrong: object
) -> None:
    answer = await workbench.post(STAFF, WANG | {field: wrong}, actor=SECURITY_ADMIN)
    assert answer.status_code == 422, answer.text
    assert {one["field"].split(".")[0] for one in answer.json()["errors"]} == {field}
    assert await workbench.rows(select(StaffRow)) == []


@pytest.mark.parametrize(
    ("org", "status"),
    [
        ("zq", 422),
        ("zq.441225", 422),
        ("zq.4412841", 422),
        ("zq.441284", 201),
        ("zq.441284.003", 201),
    ],
    ids=["above", "beside", "beside with the same beginning", "its own", "below"],
)
async def test_an_administrator_opens_accounts_in_their_own_part_only(
    workbench: Rig, org: str, status: int
) -> None:
    answer = await workbench.post(STAFF, WANG | {"org": org}, actor=SIHUI_ADMIN)
    assert answer.status_code == status, answer.text
    assert len(await workbench.rows(select(StaffRow))) == (status == 201)
    if status == 422:
        assert [one["code"] for one in answer.json()["errors"]] == ["org_outside"]


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SUPERVISOR])
async def test_nobody_but_the_security_administrator_opens_accounts(
    workbench: Rig, role: Role
) -> None:
    answer = await workbench.post(STAFF, WANG, actor=someone(role))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert await workbench.rows(select(StaffRow)) == []
