"""Signing in, being locked out, and how long a session lives."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, text

from services.workbench.tables import SessionRow
from shared.contracts.workbench import StaffProfiled
from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.workbench.people import PASSWORD, SECURITY_ADMIN, browser, hire


async def shift_sessions(rig: Rig, back: timedelta) -> None:
    await rig.context.db.pool.fetch("UPDATE session SET seen_at = seen_at - $1::interval", back)


async def test_the_right_password_opens_a_session_that_says_who_one_is(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    answer = await one.sign_in("1207")
    assert answer.status_code == 201, answer.text
    shown = (await one.get("/api/workbench/session")).json()
    assert shown["staff_id"] == staff_id
    assert shown["title"]["zh"] == "话务 1207"
    assert shown["name"] == "李婉仪"
    assert shown["idle_timeout_s"] == 900
    assert shown["csrf_token"] == one.csrf
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


async def test_the_table_of_sessions_does_not_hold_the_cookie(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await one.sign_in("1207")
    [row] = await workbench.rows(select(SessionRow))
    assert one.http.cookies["nuanliu"].encode() not in bytes(row["id"])


async def test_unknown_and_wrong_get_the_same_answer(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    wrong = (await browser(workbench).sign_in("1207", "not-the-one-1")).json()
    unknown = (await browser(workbench).sign_in("9999", "not-the-one-1")).json()
    wrong.pop("trace_id"), unknown.pop("trace_id")
    assert wrong == unknown
    assert wrong["code"] == "login_wrong"


async def test_the_fifth_wrong_try_locks_and_the_text_says_for_how_long(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    answers = [await one.sign_in("1207", "not-the-one-1") for _ in range(5)]
    assert [answer.json()["code"] for answer in answers] == ["login_wrong"] * 4 + ["login_locked"]
    assert "再错 3 次将锁定 15 分钟" in answers[1].text
    right = await one.sign_in("1207")
    assert right.status_code == 429
    assert "15 分钟后再试" in right.text


async def test_a_lock_ends_after_a_quarter_of_an_hour(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    for _ in range(5):
        await one.sign_in("1207", "not-the-one-1")
    await workbench.context.db.pool.fetch(
        "UPDATE login_try SET locked_until = now(), last_at = now() - interval '15 minutes'"
    )
    assert (await one.sign_in("1207")).status_code == 201


async def test_parallel_guesses_are_all_counted(workbench: Rig) -> None:
    import asyncio  # noqa: PLC0415 - only here

    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await asyncio.gather(*(one.sign_in("1207", "not-the-one-1") for _ in range(5)))
    assert (await one.sign_in("1207")).json()["code"] == "login_locked"


async def test_a_write_without_the_csrf_token_is_refused(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.SECURITY_ADMIN)
    one = browser(workbench)
    await one.sign_in("1207")
    body = {"staff_no": "1300", "name": "王磊", "roles": ["mediator"], "org": "zq"}
    refused = await one.post("/api/workbench/staff", body, csrf="")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert (await one.post("/api/workbench/staff", body)).status_code == 201


@pytest.mark.parametrize(
    ("roles", "idle", "alive"),
    [
        ([Role.OPERATOR], timedelta(minutes=14), True),
        ([Role.OPERATOR], timedelta(minutes=16), False),
        ([Role.LAWYER], timedelta(hours=11), True),
        ([Role.LAWYER], timedelta(hours=13), False),
    ],
    ids=["operator in time", "operator idle", "lawyer in the field", "lawyer idle"],
)
async def test_an_idle_session_ends(
    workbench: Rig, roles: list[Role], idle: timedelta, alive: bool
) -> None:
    await hire(workbench, "1207", *roles)
    one = browser(workbench)
    await one.sign_in("1207")
    await shift_sessions(workbench, idle)
    answer = await one.get("/api/workbench/session")
    assert (answer.status_code == 200) is alive


async def test_what_the_page_repeats_by_itself_is_no_activity(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await one.sign_in("1207")
    await shift_sessions(workbench, timedelta(minutes=10))
    await one.http.get("/api/workbench/session", headers={"X-Background": "1"})
    await shift_sessions(workbench, timedelta(minutes=6))
    assert (await one.get("/api/workbench/session")).status_code == 401


async def test_signing_out_ends_the_session_on_the_server(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await one.sign_in("1207")
    stolen = one.http.cookies["nuanliu"]
    out = await one.http.delete("/api/workbench/session", headers={"X-CSRF-Token": one.csrf})
    assert out.status_code == 204
    headers = {"Cookie": f"nuanliu={stolen}"}
    assert (await workbench.http.get("/api/workbench/session", headers=headers)).status_code == 401


async def test_a_disabled_account_is_out_at_once(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await one.sign_in("1207")
    body = {
        "name": "李婉仪",
        "roles": ["operator"],
        "org": "zq",
        "active": False,
        "why": "调离",
    }
    changed = await workbench.put(f"/api/workbench/staff/{staff_id}", body, actor=SECURITY_ADMIN)
    assert changed.status_code == 200, changed.text
    assert (await one.get("/api/workbench/session")).status_code == 401
    assert (await one.sign_in("1207")).json()["code"] == "login_wrong"


async def test_an_authenticator_is_asked_for_and_its_code_works_once(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await one.sign_in("1207")
    secret = (await one.get("/api/workbench/authenticator")).json()["secret"]
    code = pyotp.TOTP(secret).now()
    headers = {"X-CSRF-Token": one.csrf}
    added = await one.http.put(
        "/api/workbench/authenticator", json={"secret": secret, "code": code}, headers=headers
    )
    assert added.status_code == 204, added.text
    assert (await browser(workbench).sign_in("1207")).json()["code"] == "totp_needed"
    assert (await browser(workbench).sign_in("1207", totp="000000")).json()["code"] == "totp_wrong"
    assert (await browser(workbench).sign_in("1207", totp=code)).status_code == 201
    assert (await browser(workbench).sign_in("1207", totp=code)).json()["code"] == "totp_wrong"


async def test_an_account_is_told_without_its_owners_name(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    told = [fact for fact in await workbench.facts() if isinstance(fact, StaffProfiled)]
    assert told[0].roles == ("operator",)
    assert "李婉仪" not in told[0].sealed
    assert "李婉仪" in workbench.context.cipher.open(told[0].sealed, str(told[0].staff_id))


async def test_no_password_reaches_the_database_or_the_audit(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    for table in ("kernel.audit", "kernel.idempotency", "kernel.event", "staff"):
        found = await workbench.rows(text(f"SELECT t::text AS line FROM {table} t"))
        assert not any(PASSWORD in row["line"] for row in found)


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (["system_admin", "security_admin"], "roles_exclude_each_other"),
        (["audit_admin", "operator"], "roles_exclude_each_other"),
        (["system"], "invalid_input"),
    ],
)
async def test_the_three_administrators_are_three_people(
    workbench: Rig, roles: list[str], code: str
) -> None:
    body = {"staff_no": "1300", "name": "王磊", "roles": roles, "org": "zq"}
    answer = await workbench.post("/api/workbench/staff", body, actor=SECURITY_ADMIN)
    assert answer.json()["code"] == code


async def test_nobody_changes_their_own_rights(workbench: Rig) -> None:
    staff_id = await hire(workbench, "9001", Role.SECURITY_ADMIN)
    one = browser(workbench)
    await one.sign_in("9001")
    body = {"name": "何", "roles": ["supervisor"], "org": "zq", "active": True, "why": "试试"}
    headers = {"X-CSRF-Token": one.csrf, "Idempotency-Key": "k1"}
    answer = await one.http.put(f"/api/workbench/staff/{staff_id}", json=body, headers=headers)
    assert answer.json()["code"] == "own_account"
