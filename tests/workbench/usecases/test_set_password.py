"""Setting passwords: for somebody, for oneself; what is too weak, whose sessions end, and what leaves no trace."""

import pytest
from sqlalchemy import text

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
    profiles,
    signed_in,
    someone,
)

OWN = "/api/workbench/password"
NEW = "battery-staple-7"
SIHUI_ADMIN = Actor(new_id(), frozenset({Role.SECURITY_ADMIN}), "zq.441284")


def of(staff_id: str) -> str:
    return f"/api/workbench/staff/{staff_id}/password"


async def test_a_password_set_by_the_administrator_replaces_the_old_one(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    done = await workbench.put(of(staff_id), {"password": NEW}, actor=SECURITY_ADMIN)
    assert done.status_code == 204, done.text
    assert (await browser(workbench).sign_in("1207", PASSWORD)).json()["code"] == "login_wrong"
    await signed_in(workbench, "1207", NEW)
    row = await account(workbench, staff_id)
    assert row["password_hash"].startswith("$argon2id$")
    assert row["version"] == len(await profiles(workbench, staff_id)) == 3


async def test_the_sessions_of_that_person_end_and_no_others(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    await hire(workbench, "1208", Role.OPERATOR)
    one, phone = await signed_in(workbench, "1207"), await signed_in(workbench, "1207")
    other = await signed_in(workbench, "1208")
    await workbench.put(of(staff_id), {"password": NEW}, actor=SECURITY_ADMIN)
    assert [await each.is_in() for each in (one, phone, other)] == [False, False, True]


async def test_the_audit_says_who_set_it_and_nothing_of_the_password(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    entry = (await audited(workbench, staff_id))[-1]
    assert (entry["action"], entry["actor"]) == ("staff.password_set", str(SECURITY_ADMIN.id))
    assert (entry["before"], entry["after"], entry["why"]) == (None, None, None)


async def test_no_password_reaches_the_database(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    assert (await one.put(OWN, {"old": PASSWORD, "password": NEW})).status_code == 204
    for table in ("kernel.audit", "kernel.idempotency", "kernel.event", "staff", "login_try"):
        for row in await workbench.rows(text(f"SELECT t::text AS line FROM {table} t")):
            assert PASSWORD not in row["line"], table
            assert NEW not in row["line"], table


async def test_a_person_changes_their_own_with_the_old_one_and_signs_in_anew(
    workbench: Rig,
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one, phone = await signed_in(workbench, "1207"), await signed_in(workbench, "1207")
    done = await one.put(OWN, {"old": PASSWORD, "password": NEW})
    assert done.status_code == 204, done.text
    assert [await each.is_in() for each in (one, phone)] == [False, False]
    assert (await one.sign_in("1207", PASSWORD)).status_code == 401
    assert (await one.sign_in("1207", NEW)).status_code == 201
    set_by = [
        one for one in await audited(workbench, staff_id) if one["action"] == "staff.password_set"
    ]
    assert [entry["actor"] for entry in set_by] == [str(SECURITY_ADMIN.id), staff_id]


async def test_a_wrong_old_password_changes_nothing(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    refused = await one.put(OWN, {"old": "not-the-one-1", "password": NEW})
    assert refused.status_code == 422
    assert [(at["field"], at["code"]) for at in refused.json()["errors"]] == [
        ("old", "password_wrong")
    ]
    assert await one.is_in()
    assert (await account(workbench, staff_id))["version"] == 2
    await signed_in(workbench, "1207", PASSWORD)


@pytest.mark.parametrize(
    "weak",
    ["short-1", "onlyletters", "1234567890", "x1207-secret", "a1" * 65],
    ids=["too short", "letters only", "digits only", "with the job number", "too long"],
)
async def test_a_weak_password_is_refused_and_the_old_one_stays(workbench: Rig, weak: str) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    by_admin = await workbench.put(of(staff_id), {"password": weak}, actor=SECURITY_ADMIN)
    by_owner = await one.put(OWN, {"old": PASSWORD, "password": weak})
    for refused in (by_admin, by_owner):
        assert refused.status_code == 422
        assert [at["field"] for at in refused.json()["errors"]] == ["password"]
        assert weak not in refused.text
    assert await one.is_in()
    assert (await account(workbench, staff_id))["version"] == 2


async def test_the_administrators_own_password_takes_the_old_one(workbench: Rig) -> None:
    staff_id = await hire(workbench, "9001", Role.SECURITY_ADMIN)
    one = await signed_in(workbench, "9001")
    refused = await one.put(of(staff_id), {"password": NEW})
    assert (refused.status_code, refused.json()["code"]) == (409, "own_credentials")
    assert await one.is_in()
    assert (await one.put(OWN, {"old": PASSWORD, "password": NEW})).status_code == 204


async def test_an_account_outside_ones_part_is_not_there(workbench: Rig) -> None:
    for org in ("zq", "zq.441223"):
        staff_id = await hire(workbench, f"1207-{org[-3:].strip('.')}", Role.OPERATOR, org=org)
        refused = await workbench.put(of(staff_id), {"password": NEW}, actor=SIHUI_ADMIN)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
        assert (await account(workbench, staff_id))["version"] == 2


async def test_nobody_but_the_security_administrator_sets_the_passwords_of_others(
    workbench: Rig,
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SUPERVISOR, Role.OPERATOR):
        refused = await workbench.put(of(staff_id), {"password": NEW}, actor=someone(role))
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await account(workbench, staff_id))["version"] == 2


async def test_changing_ones_password_takes_the_token_of_the_page(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    refused = await one.put(OWN, {"old": PASSWORD, "password": NEW}, csrf="")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    await signed_in(workbench, "1207", PASSWORD)
