"""Changing accounts: rights take effect at once, every change has a reason, nobody changes their own."""

from typing import Any

import pytest
from sqlalchemy import select

from services.workbench.tables import SessionRow
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import (
    SECURITY_ADMIN,
    account,
    audited,
    hire,
    person_in,
    profiles,
    signed_in,
    someone,
)

STAFF = "/api/workbench/staff"
SIHUI, GUANGNING = "zq.441284", "zq.441223"
SIHUI_ADMIN = Actor(new_id(), frozenset({Role.SECURITY_ADMIN}), SIHUI)
WANTED: dict[str, Any] = {
    "name": "李婉",
    "phone": "13900136207",
    "roles": ["dispatcher"],
    "org": SIHUI,
    "seat": "3",
    "why": "调往四会",
}


async def unchanged(rig: Rig, staff_id: str) -> bool:
    """Whether the account is as `hire` left it: opened, then given a password."""
    row = await account(rig, staff_id)
    told = await profiles(rig, staff_id)
    return (row["version"], row["active"], len(told)) == (2, True, 2)


async def test_a_change_is_stored_told_as_a_whole_and_audited_with_its_reason(
    workbench: Rig,
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    answer = await workbench.put(f"{STAFF}/{staff_id}", WANTED, actor=SECURITY_ADMIN, if_match=2)
    assert answer.json() == {"staff_id": staff_id, "version": 3}
    row = await account(workbench, staff_id)
    assert (row["roles"], row["org"], row["seat"], row["version"]) == (
        ["dispatcher"],
        SIHUI,
        "3",
        3,
    )
    told = (await profiles(workbench, staff_id))[-1]
    assert (told.roles, told.org, told.active) == (("dispatcher",), SIHUI, True)
    person = person_in(workbench, told)
    assert person == {"name": "李婉", "phone": "13900136207", "job_number": "1207"}
    entry = (await audited(workbench, staff_id))[-1]
    assert (entry["action"], entry["why"]) == ("staff.changed", "调往四会")
    assert entry["before"] == {"roles": ["operator"], "org": "zq", "active": True}
    assert entry["after"] == {"roles": ["dispatcher"], "org": SIHUI, "active": True}


@pytest.mark.parametrize(("said", "kept"), [({}, True), ({"phone": None}, False)])
async def test_a_telephone_that_is_not_mentioned_stays(
    workbench: Rig, said: dict[str, Any], kept: bool
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    first = await workbench.put(f"{STAFF}/{staff_id}", WANTED, actor=SECURITY_ADMIN)
    assert first.status_code == 200, first.text
    wanted = {name: value for name, value in WANTED.items() if name != "phone"} | said
    await workbench.put(f"{STAFF}/{staff_id}", wanted, actor=SECURITY_ADMIN)
    person = person_in(workbench, (await profiles(workbench, staff_id))[-1])
    assert person["phone"] == ("13900136207" if kept else None)


async def test_changed_rights_need_a_new_sign_in_and_hold_from_then_on(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    await hire(workbench, "1208", Role.OPERATOR)
    one, other = await signed_in(workbench, "1207"), await signed_in(workbench, "1208")
    await workbench.put(f"{STAFF}/{staff_id}", WANTED, actor=SECURITY_ADMIN)
    assert not await one.is_in()
    assert await other.is_in()
    again = await signed_in(workbench, "1207")
    assert (await again.get("/api/workbench/session")).json()["roles"] == ["dispatcher"]


async def test_a_disabled_account_is_out_at_once_and_everybody_is_told(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one, phone = await signed_in(workbench, "1207"), await signed_in(workbench, "1207")
    leaving = WANTED | {"active": False, "why": "调离"}
    changed = await workbench.put(f"{STAFF}/{staff_id}", leaving, actor=SECURITY_ADMIN)
    assert changed.status_code == 200, changed.text
    assert not await one.is_in()
    assert not await phone.is_in()
    assert await workbench.rows(select(SessionRow)) == []
    assert (await one.sign_in("1207")).json()["code"] == "login_wrong"
    assert (await profiles(workbench, staff_id))[-1].active is False


async def test_an_account_enabled_again_signs_in_with_its_password(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    for active in (False, True):
        wanted = WANTED | {"active": active}
        await workbench.put(f"{STAFF}/{staff_id}", wanted, actor=SECURITY_ADMIN)
    await signed_in(workbench, "1207")


async def test_nobody_changes_their_own_rights(workbench: Rig) -> None:
    staff_id = await hire(workbench, "9001", Role.SECURITY_ADMIN)
    one = await signed_in(workbench, "9001")
    answer = await one.put(f"{STAFF}/{staff_id}", WANTED | {"roles": ["supervisor"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "own_account")
    assert await unchanged(workbench, staff_id)


async def test_a_page_older_than_the_account_changes_nothing(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    answer = await workbench.put(f"{STAFF}/{staff_id}", WANTED, actor=SECURITY_ADMIN, if_match=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    assert answer.json()["details"]["current_version"] == 2
    assert await unchanged(workbench, staff_id)
    assert await one.is_in()


async def test_the_same_request_twice_is_one_change(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    path = f"{STAFF}/{staff_id}"
    one = await workbench.put(path, WANTED, actor=SECURITY_ADMIN, key="k1", if_match=2)
    two = await workbench.put(path, WANTED, actor=SECURITY_ADMIN, key="k1", if_match=2)
    assert (two.status_code, two.json()) == (200, one.json())
    assert len(await profiles(workbench, staff_id)) == 3


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"roles": ["audit_admin", "operator"]}, 409, "roles_exclude_each_other"),
        ({"roles": ["system"]}, 422, "invalid_input"),
        ({"phone": "打给前台"}, 422, "invalid_input"),
        ({"why": ""}, 422, "invalid_input"),
        ({"staff_no": "1300"}, 422, "invalid_input"),
    ],
    ids=["roles of two people", "the system", "no telephone", "no reason", "the number is fixed"],
)
async def test_a_change_that_may_not_be_leaves_the_account_as_it_was(
    workbench: Rig, wrong: dict[str, object], status: int, code: str
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    path = f"{STAFF}/{staff_id}"
    answer = await workbench.put(path, WANTED | wrong, actor=SECURITY_ADMIN)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await unchanged(workbench, staff_id)


@pytest.mark.parametrize(
    ("home", "wanted"),
    [(GUANGNING, SIHUI), ("zq", SIHUI), (SIHUI, GUANGNING), (SIHUI, "zq")],
    ids=["of a neighbour", "of the city", "given to a neighbour", "given to the city"],
)
async def test_accounts_neither_come_from_outside_ones_part_nor_leave_it(
    workbench: Rig, home: str, wanted: str
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR, org=home)
    path = f"{STAFF}/{staff_id}"
    answer = await workbench.put(path, WANTED | {"org": wanted}, actor=SIHUI_ADMIN)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert await unchanged(workbench, staff_id)


async def test_an_account_that_never_was_is_not_found(workbench: Rig) -> None:
    answer = await workbench.put(f"{STAFF}/{new_id()}", WANTED, actor=SECURITY_ADMIN)
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SUPERVISOR])
async def test_nobody_but_the_security_administrator_changes_accounts(
    workbench: Rig, role: Role
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    answer = await workbench.put(f"{STAFF}/{staff_id}", WANTED, actor=someone(role))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert await unchanged(workbench, staff_id)
