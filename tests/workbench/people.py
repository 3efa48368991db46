"""Accounts and browsers for tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pyotp
from sqlalchemy import select, text
from sqlmodel import col

from services.workbench.tables import StaffRow
from shared.contracts.workbench import StaffProfiled
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

    async def send(
        self, method: str, path: str, body: Any = None, *, csrf: str | None = None
    ) -> httpx.Response:
        """Write, as the pages do."""
        headers = {
            "X-CSRF-Token": self.csrf if csrf is None else csrf,
            "Idempotency-Key": str(new_id()),
        }
        return await self.http.request(method, path, json=body or {}, headers=headers)

    async def post(self, path: str, body: Any = None, *, csrf: str | None = None) -> httpx.Response:
        """Write something new."""
        return await self.send("POST", path, body, csrf=csrf)

    async def put(self, path: str, body: Any = None, *, csrf: str | None = None) -> httpx.Response:
        """Write something over."""
        return await self.send("PUT", path, body, csrf=csrf)

    async def delete(self, path: str, *, csrf: str | None = None) -> httpx.Response:
        """Take something away."""
        return await self.send("DELETE", path, csrf=csrf)

    async def is_in(self) -> bool:
        """Whether the session is alive; asking does not prolong it."""
        headers = {"X-Background": "1"}
        answer = await self.http.get("/api/workbench/session", headers=headers)
        return answer.status_code == 200


def browser(rig: Rig) -> Browser:
    """A new browser; it shares nothing with others."""
    return Browser(httpx.AsyncClient(transport=rig.http._transport, base_url="http://test"))


async def signed_in(rig: Rig, number: str, password: str = PASSWORD) -> Browser:
    """A browser in which that person signed in."""
    one = browser(rig)
    answer = await one.sign_in(number, password)
    assert answer.status_code == 201, answer.text
    return one


async def add_authenticator(one: Browser) -> pyotp.TOTP:
    """The person of this browser adds an authenticator; returns it."""
    secret = (await one.get("/api/workbench/authenticator")).json()["secret"]
    app = pyotp.TOTP(secret)
    proof = {"secret": secret, "code": app.now()}
    added = await one.put("/api/workbench/authenticator", proof)
    assert added.status_code == 204, added.text
    return app


async def shift_sessions(rig: Rig, back: timedelta) -> None:
    """As if nobody had done anything for that much longer."""
    await rig.context.db.pool.fetch("UPDATE session SET seen_at = seen_at - $1::interval", back)


async def audited(rig: Rig, object_id: str | UUID) -> list[dict[str, Any]]:
    """What the audit says about an object, in order."""
    found = await rig.rows(
        text("SELECT content FROM kernel.audit WHERE chain = :chain ORDER BY seq").bindparams(
            chain=UUID(str(object_id))
        )
    )
    return [msgspec.json.decode(row["content"]) for row in found]


async def profiles(rig: Rig, staff_id: str | UUID) -> list[StaffProfiled]:
    """What was told about an account, in order."""
    return [
        fact
        for fact in await rig.facts()
        if isinstance(fact, StaffProfiled) and str(fact.staff_id) == str(staff_id)
    ]


def person_in(rig: Rig, fact: StaffProfiled) -> dict[str, Any]:
    """The person sealed in a profile."""
    person: dict[str, Any] = msgspec.json.decode(
        rig.context.cipher.open(fact.sealed, str(fact.staff_id))
    )
    return person


async def account(rig: Rig, staff_id: str | UUID) -> Any:
    """The row of an account."""
    [row] = await rig.rows(select(StaffRow).where(col(StaffRow.id) == UUID(str(staff_id))))
    return row
