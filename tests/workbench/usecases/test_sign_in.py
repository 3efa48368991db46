"""Signing in: what one is told, how often one may err, and what the authenticator adds."""

import asyncio

import pyotp
from sqlalchemy import select

from services.workbench.domain.sign_in import TRIES_MAX
from services.workbench.tables import LoginTryRow, SessionRow
from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.workbench.people import (
    PASSWORD,
    add_authenticator,
    audited,
    browser,
    hire,
    signed_in,
)


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
    await hire(workbench, "1207", Role.OPERATOR)
    one = browser(workbench)
    await asyncio.gather(*(one.sign_in("1207", "not-the-one-1") for _ in range(5)))
    assert (await one.sign_in("1207")).json()["code"] == "login_locked"


async def test_opening_a_session_and_being_refused_one_are_audited(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    await browser(workbench).sign_in("1207", "not-the-one-1")
    await browser(workbench).sign_in("1207")
    refused, opened = (await audited(workbench, staff_id))[-2:]
    assert (refused["action"], refused["after"]) == ("session.refused", {"failures": 1})
    assert (opened["action"], opened["actor"]) == ("session.opened", refused["actor"])


async def test_a_code_of_the_authenticator_works_once(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    app = await add_authenticator(await signed_in(workbench, "1207"))
    code = app.now()
    assert (await browser(workbench).sign_in("1207", totp=code)).status_code == 201
    again = await browser(workbench).sign_in("1207", totp=code)
    assert (again.status_code, again.json()["code"]) == (401, "totp_wrong")


async def test_wrong_and_used_codes_are_wrong_tries_and_lock(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    app = await add_authenticator(await signed_in(workbench, "1207"))
    used, wrong = app.now(), pyotp.TOTP(pyotp.random_base32()).now()
    one = browser(workbench)
    await one.sign_in("1207", totp=used)
    answers = [await one.sign_in("1207", totp=code) for code in (used, wrong, used, wrong, used)]
    codes = [answer.json()["code"] for answer in answers]
    assert codes == ["totp_wrong"] * (TRIES_MAX - 1) + ["login_locked"]


async def test_a_right_password_without_a_code_is_no_wrong_try(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    await add_authenticator(await signed_in(workbench, "1207"))
    needed = await browser(workbench).sign_in("1207")
    assert (needed.status_code, needed.json()["code"]) == (401, "totp_needed")
    assert await workbench.rows(select(LoginTryRow)) == []


async def test_a_code_does_not_make_up_for_a_wrong_password(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    app = await add_authenticator(await signed_in(workbench, "1207"))
    wrong = await browser(workbench).sign_in("1207", PASSWORD[:-1], totp=app.now())
    assert wrong.json()["code"] == "login_wrong"
