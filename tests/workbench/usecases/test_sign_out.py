"""Signing out ends the session on the server, of this browser only."""

from sqlalchemy import select

from services.workbench.tables import SessionRow
from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.workbench.people import SECURITY_ADMIN, audited, hire, signed_in

SESSION = "/api/workbench/session"


async def test_signing_out_ends_the_session_on_the_server(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    stolen = one.http.cookies["nuanliu"]
    out = await one.delete(SESSION)
    assert out.status_code == 204
    assert await workbench.rows(select(SessionRow)) == []
    headers = {"Cookie": f"nuanliu={stolen}"}
    assert (await workbench.http.get(SESSION, headers=headers)).status_code == 401
    entry = (await audited(workbench, staff_id))[-1]
    assert (entry["action"], entry["actor"]) == ("session.closed", staff_id)


async def test_the_browser_forgets_its_cookie(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    out = await one.delete(SESSION)
    assert out.headers["set-cookie"].startswith('nuanliu="";')
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert "nuanliu" not in one.http.cookies


async def test_the_persons_other_browsers_stay_signed_in(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one, phone = await signed_in(workbench, "1207"), await signed_in(workbench, "1207")
    await one.delete(SESSION)
    assert await phone.is_in()


async def test_another_page_cannot_sign_anybody_out(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    refused = await one.delete(SESSION, csrf="")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert await one.is_in()


async def test_who_is_out_already_is_told_so(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    await one.delete(SESSION)
    assert (await one.delete(SESSION)).json()["code"] == "not_signed_in"
    closed = [
        one for one in await audited(workbench, staff_id) if one["action"] == "session.closed"
    ]
    assert len(closed) == 1


async def test_a_token_without_a_browser_has_no_session_to_end(workbench: Rig) -> None:
    out = await workbench.send("DELETE", SESSION, actor=SECURITY_ADMIN)
    assert out.status_code == 204
    assert await audited(workbench, SECURITY_ADMIN.id) == []
