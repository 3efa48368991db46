"""Authenticators: added by their owner with a code that fits, taken away by the security administrator."""

import pyotp
from sqlalchemy import text

from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import (
    SECURITY_ADMIN,
    account,
    add_authenticator,
    audited,
    browser,
    hire,
    profiles,
    signed_in,
    someone,
)

OWN = "/api/workbench/authenticator"
SIHUI_ADMIN = Actor(new_id(), frozenset({Role.SECURITY_ADMIN}), "zq.441284")


def of(staff_id: str) -> str:
    return f"/api/workbench/staff/{staff_id}/authenticator"


async def has_one(rig: Rig, staff_id: str) -> bool:
    return (await account(rig, staff_id))["totp_sealed"] is not None


async def test_an_authenticator_that_was_added_is_asked_for(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    app = await add_authenticator(await signed_in(workbench, "1207"))
    assert (await browser(workbench).sign_in("1207")).json()["code"] == "totp_needed"
    assert (await browser(workbench).sign_in("1207", totp=app.now())).status_code == 201
    added = (await audited(workbench, staff_id))[-2]
    assert (added["action"], added["actor"]) == ("staff.authenticator_added", staff_id)
    row = await account(workbench, staff_id)
    assert row["version"] == len(await profiles(workbench, staff_id)) == 3


async def test_a_secret_that_was_only_shown_asks_for_nothing(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    shown = [(await one.get(OWN)).json() for _ in range(2)]
    assert shown[0]["secret"] != shown[1]["secret"]
    assert shown[0]["secret"] in shown[0]["uri"]
    assert not await has_one(workbench, staff_id)
    await signed_in(workbench, "1207")


async def test_the_secret_stands_nowhere_in_the_clear(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    app = await add_authenticator(await signed_in(workbench, "1207"))
    for table in ("kernel.audit", "kernel.idempotency", "kernel.event", "staff"):
        for row in await workbench.rows(text(f"SELECT t::text AS line FROM {table} t")):
            assert app.secret not in row["line"], table


async def test_a_code_that_does_not_fit_adds_nothing(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    secret, another = pyotp.random_base32(), pyotp.random_base32()
    refused = await one.put(OWN, {"secret": secret, "code": pyotp.TOTP(another).now()})
    assert refused.status_code == 422
    assert [(at["field"], at["code"]) for at in refused.json()["errors"]] == [
        ("code", "totp_wrong")
    ]
    assert not await has_one(workbench, staff_id)


async def test_a_secret_too_short_to_be_ours_is_refused(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    short = pyotp.random_base32()[:24]
    refused = await one.put(OWN, {"secret": short, "code": pyotp.TOTP(short).now()})
    assert [at["field"] for at in refused.json()["errors"]] == ["secret"]
    assert not await has_one(workbench, staff_id)


async def test_adding_one_takes_the_token_of_the_page(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    secret = pyotp.random_base32()
    proof = {"secret": secret, "code": pyotp.TOTP(secret).now()}
    assert (await one.put(OWN, proof, csrf="")).json()["code"] == "csrf_failed"
    assert not await has_one(workbench, staff_id)


async def test_a_lost_one_is_taken_away_its_sessions_end_and_the_password_is_enough(
    workbench: Rig,
) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    await add_authenticator(one)
    done = await workbench.send("DELETE", of(staff_id), actor=SECURITY_ADMIN)
    assert done.status_code == 204, done.text
    assert not await one.is_in()
    entry = (await audited(workbench, staff_id))[-1]
    assert (entry["action"], entry["actor"]) == (
        "staff.authenticator_removed",
        str(SECURITY_ADMIN.id),
    )
    await signed_in(workbench, "1207")


async def test_an_administrator_does_not_take_away_their_own(workbench: Rig) -> None:
    staff_id = await hire(workbench, "9001", Role.SECURITY_ADMIN)
    one = await signed_in(workbench, "9001")
    await add_authenticator(one)
    refused = await one.delete(of(staff_id))
    assert (refused.status_code, refused.json()["code"]) == (409, "own_credentials")
    assert await has_one(workbench, staff_id)


async def test_nobody_else_takes_one_away(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    await add_authenticator(await signed_in(workbench, "1207"))
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SUPERVISOR):
        refused = await workbench.send("DELETE", of(staff_id), actor=someone(role))
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    outside = await workbench.send("DELETE", of(staff_id), actor=SIHUI_ADMIN)
    assert (outside.status_code, outside.json()["code"]) == (404, "not_found")
    assert await has_one(workbench, staff_id)
