"""Every address of the workbench, and which roles it opens for. An address that is not in this table fails the test."""

import pytest

from services.workbench.api import PREFIX, ROUTERS
from shared.kernel.health import Health
from shared.kernel.web import create_app
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.workbench.people import someone

PEOPLE = frozenset(role for role in Role if role is not Role.SYSTEM)
CASES = frozenset({
    Role.OPERATOR, Role.DISPATCHER, Role.MEDIATOR, Role.LAWYER, Role.WELFARE_OFFICER, Role.REVIEWER,
    Role.APPROVER, Role.SUPERVISOR, Role.AUDITOR,
})  # fmt: skip
QUEUE = frozenset({Role.OPERATOR, Role.DISPATCHER, Role.SUPERVISOR})
BOARD = frozenset({Role.MEDIATOR, Role.DISPATCHER, Role.SUPERVISOR})
AUDIT = frozenset({Role.AUDITOR, Role.AUDIT_ADMIN})
SECURITY = frozenset({Role.SECURITY_ADMIN})
WELFARE = frozenset(
    {Role.WELFARE_OFFICER, Role.REVIEWER, Role.APPROVER, Role.CASHIER, Role.SUPERVISOR}
)
CHOOSERS = frozenset({
    Role.DISPATCHER, Role.MEDIATOR, Role.SUPERVISOR, Role.WELFARE_OFFICER, Role.SECURITY_ADMIN,
})  # fmt: skip
TABLE: dict[str, frozenset[Role]] = {
    "GET /desk": PEOPLE,
    "GET /search": PEOPLE,
    "GET /notices": PEOPLE,
    "GET /authenticator": PEOPLE,
    "GET /cases": CASES,
    "GET /cases/{case_id}": CASES,
    "GET /cases/{case_id}/timeline": CASES,
    "GET /cases/{case_id}/notes": CASES,
    "GET /cases/{case_id}/materials": CASES,
    "GET /cases/{case_id}/documents": CASES,
    "GET /cases/{case_id}/related": CASES,
    "GET /cases/{case_id}/changes": CASES,
    "PUT /cases/{case_id}/presence": CASES,
    "GET /articles": CASES,
    "GET /callers/{party_id}/services": CASES,
    "GET /employers/{employer_id}": CASES,
    "GET /parties/{party_id}": CASES,
    "GET /parties/{party_id}/applications": CASES,
    "GET /queue": QUEUE,
    "GET /hotspots": QUEUE,
    "GET /board": BOARD,
    "GET /board/{stage}": BOARD,
    "GET /agenda": BOARD,
    "GET /offers": frozenset({Role.LAWYER}),
    "GET /lawyer/disputes": frozenset({Role.LAWYER}),
    "GET /applications": WELFARE,
    "GET /numbers": frozenset({Role.SUPERVISOR, Role.AUDITOR}),
    "GET /overview": frozenset({Role.SYSTEM_ADMIN, Role.SUPERVISOR}),
    "GET /flow": frozenset({Role.SYSTEM_ADMIN, Role.SUPERVISOR}),
    "GET /audit": AUDIT,
    "GET /audit/check": AUDIT,
    "GET /staff": CHOOSERS,
    "GET /accounts": SECURITY | {Role.AUDIT_ADMIN},
    "POST /staff": SECURITY,
    "PUT /staff/{staff_id}": SECURITY,
    "PUT /staff/{staff_id}/password": SECURITY,
    "DELETE /staff/{staff_id}/authenticator": SECURITY,
    "PUT /settings": PEOPLE,
    "PUT /password": PEOPLE,
    "PUT /authenticator": PEOPLE,
    "POST /notices/read": PEOPLE,
    "DELETE /open-work/{case_id}": PEOPLE,
}
WITHOUT_ROLES = {
    "GET /session", "POST /session", "DELETE /session", "GET /live", "GET /track/{code}",
}  # fmt: skip
BODIES: dict[str, object] = {
    "POST /staff": {"staff_no": "3001", "name": "王", "roles": ["mediator"], "org": "zq"},
    "PUT /staff/{staff_id}": {"name": "王", "roles": ["mediator"], "org": "zq", "why": "调动"},
    "PUT /staff/{staff_id}/password": {"password": "long-enough-1"},
    "PUT /cases/{case_id}/presence": {"state": "viewing"},
    "PUT /password": {"old": "x", "password": "long-enough-1"},
    "PUT /authenticator": {"secret": "A" * 32, "code": "123456"},
    "POST /notices/read": {"up_to": str(new_id())},
}
PARAMETERS = {"GET /flow": {"case": str(new_id())}}


def test_every_address_is_in_the_table() -> None:
    app = create_app("workbench", None, ROUTERS, Health("workbench"))
    found = {
        f"{method.upper()} {path.removeprefix(PREFIX)}"
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if path.startswith(PREFIX)
    }
    assert found == set(TABLE) | WITHOUT_ROLES


@pytest.mark.parametrize("address", sorted(TABLE))
async def test_an_address_opens_for_its_roles_and_for_nobody_else(
    workbench: Rig, address: str
) -> None:
    method, path = address.split(" ")
    for name in ("case_id", "employer_id", "party_id", "staff_id"):
        path = path.replace(f"{{{name}}}", str(new_id()))
    path = PREFIX + path.replace("{stage}", "meeting")
    for role in sorted(PEOPLE):
        headers = workbench.headers(someone(role))
        answer = await workbench.http.request(
            method, path, json=BODIES.get(address), headers=headers, params=PARAMETERS.get(address)
        )
        allowed = answer.status_code != 403
        assert allowed is (role in TABLE[address]), (role, answer.text)
        assert answer.status_code < 500 or answer.json()["code"] == "service_away", answer.text


async def test_without_a_session_no_address_opens(workbench: Rig) -> None:
    for address in TABLE:
        method, path = address.split(" ")
        answer = await workbench.http.request(method, PREFIX + path, json=BODIES.get(address))
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), address
