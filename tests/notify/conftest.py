"""Notify on the bench, with the simulated provider as a process of its own, reached over a real connection."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
from pydantic import SecretStr

from services.notify.usecases.fetch_receipts import fetch_receipts
from services.notify.usecases.send_due import send_due
from shared.contracts.base import DeadlineFact
from shared.contracts.intake import CaseRegistered, PartyProfiled
from shared.contracts.mediation import LawyerOffered
from shared.contracts.workbench import StaffProfiled
from shared.testing.rig import Rig, ServiceRig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role

ORG = "zq.441284"
KEY = "simulated"
PATIENCE_S = 20
TOLD_AT = datetime(2026, 11, 24, 6, 32, tzinfo=UTC)


def person(role: Role, org: str = ORG) -> Actor:
    """Somebody with one role."""
    return Actor(new_id(), frozenset({role}), org)


@dataclass
class Provider:
    """The simulator, asked and disturbed as its own API allows."""

    url: str
    process: subprocess.Popen[bytes]

    async def outbox(self) -> list[dict[str, str]]:
        """What phones would show, newest first."""
        async with httpx.AsyncClient() as http:
            answer = await http.get(f"{self.url}/v1/outbox", headers={"X-Key": KEY})
        found: list[dict[str, str]] = answer.json()
        return found

    async def to(self, phone: str) -> list[str]:
        """The texts that one phone shows, newest first."""
        return [one["text"] for one in await self.outbox() if one["phone"] == phone]

    async def disturb(self, **faults: int) -> None:
        """How the next calls go wrong."""
        async with httpx.AsyncClient() as http:
            answer = await http.put(f"{self.url}/v1/faults", json=faults)
        assert answer.status_code == 200


@pytest.fixture(scope="session")
def provider_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """One simulator for all tests; phones keep them apart."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = start_simulator(port, tmp_path_factory.mktemp("sms"))
    provider = Provider(url, process)
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            if httpx.get(f"{url}/health/ready").is_success:
                break
        except httpx.HTTPError:
            assert process.poll() is None, "the simulator died"
        assert time.monotonic() < deadline, "the simulator does not answer"
        time.sleep(0.1)
    yield provider
    process.terminate()
    process.wait(timeout=10)


def start_simulator(port: int, folder: Path) -> subprocess.Popen[bytes]:
    """`python -m deploy.simulators.sms`, delivering at once."""
    env = {
        **os.environ,
        "SMS_PORT": str(port),
        "SMS_KEY": KEY,
        "SMS_DELIVERY_S": "0",
        "SIMULATOR_DATA": str(folder),
    }
    return subprocess.Popen([sys.executable, "-m", "deploy.simulators.sms"], env=env)


@pytest.fixture
async def provider(provider_process: Provider) -> AsyncIterator[Provider]:
    """The simulator without faults."""
    await provider_process.disturb()
    yield provider_process
    await provider_process.disturb()


_phones = iter(range(13_800_100_000, 13_900_000_000, 10))


def new_phone(ending: str = "2") -> str:
    """A number that no other test uses."""
    number = str(next(_phones))
    return number[: -len(ending)] + ending


@dataclass
class Notify:
    """The service, and short words for what tests do with it."""

    rig: Rig
    provider: Provider
    phones: dict[UUID, str] = field(default_factory=dict)

    def party(self, party_id: UUID | None = None, **said: Any) -> PartyProfiled:
        """The profile of a caller who takes text messages, unless `said` otherwise."""
        who = party_id or new_id()
        profile = {"name": "陈小红", "phone": new_phone(), "sms_consent": True, **said}
        self.phones[who] = profile["phone"]
        sealed = self.rig.context.cipher.seal(msgspec.json.encode(profile).decode(), str(who))
        return PartyProfiled(party_id=who, sealed=sealed)

    def staff(self, role: Role, org: str = ORG, **said: Any) -> StaffProfiled:
        """The profile of a colleague."""
        who = new_id()
        profile = {"name": "李律师", "phone": new_phone(), "job_number": "1207", **said}
        self.phones[who] = profile["phone"]
        sealed = self.rig.context.cipher.seal(msgspec.json.encode(profile).decode(), str(who))
        return StaffProfiled(staff_id=who, roles=(role.value,), org=org, active=True, sealed=sealed)

    def case(self, caller_id: UUID, *, code: str = "7K3M9Q2T", **changes: Any) -> CaseRegistered:
        """A case of that caller."""
        case_id = new_id()
        sealed = self.rig.context.cipher.seal(code, str(case_id)) if code else ""
        told: dict[str, Any] = {
            "case_id": case_id,
            "case_number": "ZQ-20261124-000123",
            "tracking_blind": "blind",
            "tracking_sealed": sealed,
            "channel": "phone",
            "category": "A1",
            "level": "ordinary",
            "track": "dispute",
            "urgency": "normal",
            "handling": "forward",
            "org": ORG,
            "region": ORG,
            "employer_id": None,
            "caller_id": caller_id,
            "claimant_ids": (caller_id,),
            "claimant_count": 1,
            "amount_fen": None,
            "operator_id": new_id(),
            "received_at": TOLD_AT,
            "deadlines": (deadline(),),
        }
        return CaseRegistered(**{**told, **changes})

    def offer(self, case_id: UUID, lawyer_id: UUID, **changes: Any) -> LawyerOffered:
        """A dispute of the case is offered to the lawyer."""
        told: dict[str, Any] = {
            "dispute_id": new_id(),
            "case_id": case_id,
            "offer_id": new_id(),
            "lawyer_id": lawyer_id,
            "attempt": 1,
            "open_disputes": 0,
            "considered": 1,
            "excluded_conflict": 0,
            "excluded_full": 0,
            "expires_at": datetime.now(UTC) + timedelta(hours=24),
        }
        return LawyerOffered(**{**told, **changes})

    async def known_caller(self, **said: Any) -> UUID:
        """A caller whose profile is here."""
        profile = self.party(**said)
        await self.rig.deliver(profile)
        return profile.party_id

    async def daytime(self) -> None:
        """What waits for the morning, or for its next try, is due now; urgent or not (the clock of the test is the real one)."""
        await self.rig.context.db.pool.fetch(
            "UPDATE outgoing SET send_after = now() - interval '1 second', urgent = true"
        )

    async def send(self) -> None:
        """Time passes until everything is due; the worker runs once."""
        await self.daytime()
        await send_due(self.rig.context)

    async def receipts(self) -> None:
        """The worker asks for receipts."""
        await fetch_receipts(self.rig.context)

    async def told(self) -> list[str]:
        """Names of the facts told, in order, without the service."""
        return [one.name.removeprefix("notify.") for one in await self.rig.facts()]

    async def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table."""
        found = await self.rig.context.db.pool.fetch(f"SELECT * FROM {table}")
        return [dict(row) for row in found]


def deadline() -> DeadlineFact:
    """The last day of a case."""
    day = date(2026, 12, 8)
    return DeadlineFact(
        kind="handling",
        rule="41",
        source="GB/T 33358",
        start_event="received",
        start=date(2026, 11, 24),
        raw=day,
        effective=day,
    )


@pytest.fixture
async def notify(service_rig: ServiceRig, provider: Provider) -> Notify:
    """The service over a fresh database, with the simulated provider."""
    rig = await service_rig("notify", sms_url=provider.url, sms_key=SecretStr(KEY))
    return Notify(rig, provider)
