"""Cookie, CSRF token, idle time and tokens: what a browser carries, and what does not count as carrying anything."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from services.workbench.tables import SessionRow, StaffRow
from shared.kernel.auth import TOKEN_TTL_S, TokenIssuer, make_keys
from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.workbench.people import (
    PASSWORD,
    SECURITY_ADMIN,
    browser,
    hire,
    shift_sessions,
    signed_in,
)

SESSION = "/api/workbench/session"
DESK = "/api/workbench/desk"
STAFF = "/api/workbench/staff"
WANG = {"staff_no": "1300", "name": "王磊", "roles": ["mediator"], "org": "zq"}
STALE_COOKIE = {"Cookie": "nuanliu=a-guess"}


async def test_a_write_without_the_csrf_token_is_refused(workbench: Rig) -> None:
    await hire(workbench, "9001", Role.SECURITY_ADMIN)
    one, other = await signed_in(workbench, "9001"), await signed_in(workbench, "9001")
    for wrong in ("", "guessed", other.csrf):
        refused = await one.post(STAFF, WANG, csrf=wrong)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert len(await workbench.rows(select(StaffRow))) == 1
    assert (await one.post(STAFF, WANG)).status_code == 201


async def test_reading_takes_the_cookie_alone(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    assert (await one.get(DESK)).status_code == 200


async def test_a_guessed_cookie_is_no_session_but_keeps_nobody_from_signing_in(
    workbench: Rig,
) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    refused = await workbench.http.get(DESK, headers=STALE_COOKIE)
    assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")
    one = browser(workbench)
    one.http.cookies["nuanliu"] = "a-guess"
    assert (await one.sign_in("1207")).status_code == 201
    tracked = await workbench.http.get("/api/workbench/track/7K3M9Q2X", headers=STALE_COOKIE)
    assert tracked.status_code == 404


@pytest.mark.parametrize(
    ("roles", "idle", "alive"),
    [
        ([Role.OPERATOR], timedelta(minutes=14), True),
        ([Role.OPERATOR], timedelta(minutes=16), False),
        ([Role.LAWYER], timedelta(hours=11), True),
        ([Role.LAWYER], timedelta(hours=13), False),
        ([Role.LAWYER, Role.MEDIATOR], timedelta(minutes=16), False),
    ],
    ids=[
        "operator in time",
        "operator idle",
        "lawyer in the field",
        "lawyer idle",
        "lawyer with a desk in the house",
    ],
)
async def test_an_idle_session_ends(
    workbench: Rig, roles: list[Role], idle: timedelta, alive: bool
) -> None:
    await hire(workbench, "1207", *roles)
    one = await signed_in(workbench, "1207")
    await shift_sessions(workbench, idle)
    assert ((await one.get(SESSION)).status_code == 200) is alive


async def test_what_a_person_does_keeps_the_session_alive(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    for _ in range(2):
        await shift_sessions(workbench, timedelta(minutes=10))
        assert (await one.get(SESSION)).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers"),
    [(SESSION, {"X-Background": "1"}), (DESK, {})],
    ids=["a marked refetch", "the badges"],
)
async def test_what_the_page_repeats_by_itself_is_no_activity(
    workbench: Rig, path: str, headers: dict[str, str]
) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    await shift_sessions(workbench, timedelta(minutes=10))
    assert (await one.http.get(path, headers=headers)).status_code == 200
    await shift_sessions(workbench, timedelta(minutes=6))
    assert (await one.get(SESSION)).status_code == 401


async def test_a_busy_browser_does_not_write_with_every_click(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    [before] = await workbench.rows(select(SessionRow))
    await one.get(SESSION)
    [after] = await workbench.rows(select(SessionRow))
    assert after["seen_at"] == before["seen_at"]


async def test_no_session_outlives_the_day_however_busy_it_is(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.LAWYER)
    one = await signed_in(workbench, "1207")
    [row] = await workbench.rows(select(SessionRow))
    assert row["ends_at"] - row["created_at"] == timedelta(hours=12)
    await workbench.context.db.pool.fetch("UPDATE session SET ends_at = now()")
    refused = await one.get(SESSION)
    assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")


async def test_a_session_acts_with_the_roles_its_account_has_now(workbench: Rig) -> None:
    await hire(workbench, "9001", Role.SECURITY_ADMIN)
    one = await signed_in(workbench, "9001")
    await workbench.context.db.pool.fetch("UPDATE staff SET roles = '[\"operator\"]'")
    refused = await one.post(STAFF, WANG)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


async def test_a_session_of_an_account_that_is_not_active_opens_nothing(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    await workbench.context.db.pool.fetch("UPDATE staff SET active = false")
    assert (await one.get(DESK)).json()["code"] == "not_signed_in"


async def test_the_cookie_decides_whatever_token_a_browser_sends_along(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    headers = workbench.headers(SECURITY_ADMIN) | {"X-CSRF-Token": one.csrf}
    command = await one.http.post(STAFF, json=WANG, headers=headers)
    plain = await one.http.put(
        f"{STAFF}/{staff_id}/password", json={"password": PASSWORD}, headers=headers
    )
    reading = await one.http.get("/api/workbench/accounts", headers=headers)
    for refused in (command, plain, reading):
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await workbench.post(STAFF, WANG, actor=SECURITY_ADMIN)).status_code == 201


async def test_a_forged_a_foreign_and_an_old_token_open_nothing(workbench: Rig) -> None:
    then = time.time() - TOKEN_TTL_S - 1
    genuine = workbench.issuer.issue(SECURITY_ADMIN, "workbench")
    private = workbench.context.settings.model_dump()["token_private_key"].get_secret_value()
    tokens = {
        TokenIssuer(make_keys().private_pem).issue(SECURITY_ADMIN, "workbench"): "token_forged",
        genuine[:-4] + ("AAAA" if genuine[-4:] != "AAAA" else "BBBB"): "token_forged",
        workbench.issuer.issue(SECURITY_ADMIN, "intake"): "token_wrong_audience",
        TokenIssuer(private, lambda: then).issue(SECURITY_ADMIN, "workbench"): "token_expired",
    }
    for token, code in tokens.items():
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
        refused = await workbench.http.post(STAFF, json=WANG, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (401, code)
    assert await workbench.rows(select(StaffRow)) == []
    headers = {"Authorization": f"Bearer {genuine}", "Idempotency-Key": "k1"}
    assert (await workbench.http.post(STAFF, json=WANG, headers=headers)).status_code == 201


async def test_a_refusal_at_the_door_is_a_problem_with_words_and_a_trace(workbench: Rig) -> None:
    refused = await workbench.http.get(DESK)
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["zh"]
    assert problem["en"]
    assert problem["trace_id"]
