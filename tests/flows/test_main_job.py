"""The main job, whole: from a hotline call to settlement, aid and notices, on real Kafka and PostgreSQL."""

import importlib
import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from deploy.demo.aid import Aid, application_of
from deploy.demo.client import Services
from deploy.demo.people import PASSWORD, STAFF
from deploy.demo.seed import enter
from deploy.demo.story import Handling, Told
from deploy.local.sql import in_own_loop
from shared.kernel.crypto import FieldCipher, parse_key, parse_keys
from shared.kernel.rotation import Sealed
from shared.testing.system import RunningSystem
from shared.vocabulary.people import Actor

pytestmark = pytest.mark.timeout(400)
PATIENCE_S = 60.0
SERVICES = ("intake", "mediation", "welfare", "notify", "workbench")


@pytest.fixture(scope="module")
def services(system: RunningSystem) -> Iterator[Services]:
    before = dict(os.environ)
    os.environ.update(system.env)
    talking = Services()
    yield talking
    talking.close()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def staff(services: Services) -> dict[str, Actor]:
    return {person.number: enter(services, person) for person in STAFF}


class Browser:
    """A signed-in member of staff at the workbench."""

    def __init__(self, url: str, number: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20, trust_env=False)
        body = {"staff_no": number, "password": PASSWORD, "totp": None}
        session = self.http.post("/api/workbench/session", json=body)
        assert session.status_code == 201, session.text
        self.csrf = session.json()["csrf_token"]

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_error: object) -> None:
        self.http.close()

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def until(self, path: str, done: Callable[[Any], bool]) -> Any:
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            answer = self.http.get(path)
            if answer.status_code == 200 and done(answer.json()):
                return answer.json()
            time.sleep(0.2)
        raise AssertionError(f"{path}: {answer.status_code} {answer.text[:1500]}")

    def post(self, path: str, body: Any, key: str) -> Any:
        headers = {"X-CSRF-Token": self.csrf, "Idempotency-Key": key}
        answer = self.http.post(path, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None


CALL = {
    "phone": "13927106688",
    "caller_name": "陈永康",
    "employer_name": "四会市星火铸造有限公司",
    "narrative": "车间23个工友三个月没发工资，要求本月内付清。",
    "category": "wage_arrears",
    "handling": "dispatch",
    "region": "441284",
    "claimant_count": 23,
    "amount_fen": 46_920_000,
}


def test_a_call_ends_in_a_settlement_aid_paid_once_and_a_call_back(
    system: RunningSystem, services: Services, staff: dict[str, Actor]
) -> None:
    with Browser(system.url, "1207") as operator:
        settle(system, services, staff, operator)
    system.verify()


def settle(
    system: RunningSystem, services: Services, staff: dict[str, Actor], operator: "Browser"
) -> None:
    """From the call to the call-back."""
    registered = operator.post("/api/intake/calls", CALL, "flow-call")
    case_id = registered["case_id"]
    assert registered["case_no"].startswith("ZQ-")
    told = Told(0, "wage_arrears", "", 23, 46_920_000, "performance")
    handling = Handling(services, staff, told, case_id)
    handling.go()
    page = handling.page()
    assert (page["claimant_count"], page["grade"]) == (23, "G1")
    assert page["lawyer_id"]
    help_out(services, staff, case_id, handling, page["claimant_ids"][0])
    archive(handling)
    wait_for_state(services, staff, case_id, "handled")
    body = {"result": "reached", "satisfaction": 5, "handler_at_fault": False, "note": "已收到首期"}
    operator.post(f"/api/intake/cases/{case_id}/call-backs", body, "flow-call-back")
    wait_for_state(services, staff, case_id, "closed")
    lanes = {"intake", "mediation", "welfare"}
    operator.until(
        f"/api/workbench/cases/{case_id}/timeline",
        lambda found: lanes <= {one["service"] for one in found["items"]},
    )
    assert CALL["phone"] in told_by_sms(system) or night()


def help_out(
    services: Services, staff: dict[str, Actor], case_id: str, handling: Handling, party: str
) -> None:
    """The mediator sees hardship; welfare pays once."""
    handling.do("/hardship", {"party_id": party, "programme": "accident"})
    aid = Aid(services, staff, application_of(services, staff, case_id))
    aid.submit(684, "陈永康", phone="13927106688", address="四会市东城街道")
    aid.pay()


def archive(handling: Handling) -> None:
    """The last instalment, the choice of the parties, the papers, the archive."""
    handling.do("/instalments/2", {"state": "paid"})
    handling.do("/agreement/review", {"choice": "waived"})
    handling.do("/advance", {"from_stage": "performance"})
    for paper in ("application", "agreement"):
        handling.do("/papers", {"paper": paper})
    handling.do("/archive")


def test_every_sealed_field_lies_where_it_says_and_can_be_sealed_anew(
    system: RunningSystem,
) -> None:
    cipher = FieldCipher(parse_keys(system.env["FIELD_KEYS"]), parse_key(system.env["BLIND_KEY"]))
    opened = 0
    for service in SERVICES:
        for one in importlib.import_module(f"services.{service}.tables").SEALED:
            for row, value in in_own_loop(sealed_values(system, service, one)):
                assert cipher.open(value, one.where(row))
                opened += 1
    assert opened > len(STAFF)
    resealed = system.run("services.intake.main", "reseal")
    assert resealed.returncode == 0, resealed.stderr
    assert {json.loads(line)["resealed"] for line in resealed.stdout.splitlines()} == {0}


async def sealed_values(system: RunningSystem, service: str, one: Sealed) -> list[tuple[UUID, str]]:
    connection = await asyncpg.connect(system.env[f"DATABASE_URL_{service.upper()}"])
    try:
        rows = await connection.fetch(
            f"SELECT {one.key}, {one.column} FROM {one.table} WHERE {one.column} IS NOT NULL"
        )
        return [(row[0], row[1]) for row in rows]
    finally:
        await connection.close()


def told_by_sms(system: RunningSystem) -> set[str]:
    """The numbers whose phones showed a message."""
    sent = httpx.get(
        f"{system.env['SMS_URL']}/v1/outbox?limit=1000",
        headers={"X-Key": system.env["SMS_KEY"]},
        trust_env=False,
    )
    return {one["phone"] for one in sent.json()}


def night() -> bool:
    """Service messages wait for the morning between 21:00 and 08:00 (rule 66)."""
    hour = (time.gmtime().tm_hour + 8) % 24
    return not 8 <= hour < 21


def wait_for_state(services: Services, staff: dict[str, Actor], case_id: str, wanted: str) -> None:
    services.wait(
        "intake",
        f"/cases/{case_id}",
        staff["5101"],
        lambda case: wanted in str(case.get("state")),
    )
