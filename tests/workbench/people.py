"""Accounts and browsers for tests."""

from dataclasses import dataclass
from typing import Any

import httpx

from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role

PASSWORD = "correct-horse-9"
SECURITY_ADMIN = Actor(new_id(), frozenset({Role.SECURITY_ADMIN}), "zq")


def someone(*roles: Role, org: str = "zq") -> Actor:
    """A person without an account: tokens name them."""
    return Actor(new_id(), frozenset(roles), org)


async def hire(rig: Rig, number: str, *roles: Role, org: str = "zq", name: str = "李婉仪") -> str:
    """An account with the usual password; returns the staff id."""
    body = {
        "staff_no": number,
        "name": name,
        "phone": "13800136207",
        "roles": list(roles),
        "org": org,
    }
    answer = await rig.post("/api/workbench/staff", body, actor=SECURITY_ADMIN)
    assert answer.status_code == 201, answer.text
    staff_id = answer.json()["staff_id"]
    path = f"/api/workbench/staff/{staff_id}/password"
    done = await rig.put(path, {"password": PASSWORD}, actor=SECURITY_ADMIN)
    assert done.status_code == 204, done.text
    return str(staff_id)


@dataclass
class Browser:
    """A browser with its own cookies."""

    http: httpx.AsyncClient
    csrf: str = ""

    async def sign_in(
        self, number: str, password: str = PASSWORD, totp: str | None = None
    ) -> httpx.Response:
        """Fill in the form."""
        body = {"staff_no": number, "password": password, "totp": totp}
        answer = await self.http.post("/api/workbench/session", json=body)
        if answer.status_code == 201:
            self.csrf = answer.json()["csrf_token"]
        return answer

    async def get(self, path: str, **parameters: Any) -> httpx.Response:
        """Read."""
        return await self.http.get(path, params=parameters)

    async def post(self, path: str, body: Any = None, *, csrf: str | None = None) -> httpx.Response:
        """Write, as the pages do."""
        headers = {
            "X-CSRF-Token": self.csrf if csrf is None else csrf,
            "Idempotency-Key": str(new_id()),
        }
        return await self.http.post(path, json=body or {}, headers=headers)


def browser(rig: Rig) -> Browser:
    """A new browser; it shares nothing with others."""
    return Browser(httpx.AsyncClient(transport=rig.http._transport, base_url="http://test"))
