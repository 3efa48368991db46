"""One service on a bench: its real application, its own PostgreSQL database, facts fed in and read out.

Nothing of ours is replaced but the broker: requests go through the HTTP door with real tokens, facts through the real
consumer, timers through the real worker.
"""

import importlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.sql.elements import ClauseElement

from shared.contracts.base import Event
from shared.contracts.registry import decode, encode, erased
from shared.contracts.topics import BY_NAME
from shared.kernel.auth import KeyPair, TokenIssuer, TokenVerifier, make_keys
from shared.kernel.bus import InRecord, Partition
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.clock import now
from shared.kernel.consumer import EventConsumer
from shared.kernel.context import Context
from shared.kernel.database import Database
from shared.kernel.envelope import Envelope
from shared.kernel.health import Health
from shared.kernel.schema import migrate
from shared.kernel.service import Service
from shared.kernel.timers import TimerWorker
from shared.testing.clones import Clone, Clones, Template, template
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from shared.testing.postgres import create_database, unique_name
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM, Actor

_KEYS: KeyPair = make_keys()
_TLS = httpx.create_ssl_context()
"""Made once: reading the authorities of the whole world takes longer than most tests."""
_templates: dict[str, Template] = {}


@dataclass
class Rig:
    """The service under test."""

    service: Service
    context: Context
    http: httpx.AsyncClient
    issuer: TokenIssuer
    consumer: EventConsumer
    versions: dict[UUID, int] = field(default_factory=dict)
    offsets: dict[Partition, int] = field(default_factory=dict)

    # -- door 1 ------------------------------------------------------------------------------------

    def headers(
        self, actor: Actor, key: str | None = None, if_match: int | None = None
    ) -> dict[str, str]:
        """What a command carries: token, idempotency key, version read."""
        token = self.issuer.issue(actor, self.service.name)
        match = {} if if_match is None else {"If-Match": f'"{if_match}"'}
        return {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": key or str(new_id()),
            **match,
        }

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        actor: Actor,
        key: str | None = None,
        if_match: int | None = None,
    ) -> httpx.Response:
        """Any command; a `bytes` body goes out as it is."""
        headers = self.headers(actor, key, if_match)
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        return await self.http.request(method, path, headers=headers, **content)

    async def post(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """A POST command by `actor`."""
        return await self.send("POST", path, {} if body is None else body, **options)

    async def put(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """A PUT command by `actor`."""
        return await self.send("PUT", path, {} if body is None else body, **options)

    async def get(self, path: str, *, actor: Actor, **parameters: Any) -> httpx.Response:
        """A read by `actor`."""
        return await self.http.get(path, params=parameters, headers=self.headers(actor))

    # -- door 2 ------------------------------------------------------------------------------------

    async def deliver(
        self, *events: Event, actor: Actor = SYSTEM, replay: bool = False
    ) -> list[UUID]:
        """Facts of other services arrive in one batch; returns their event ids."""
        records = [self.record(event, actor=actor, replay=replay) for event in events]
        await self.arrive([record for record, _ in records])
        return [event_id for _, event_id in records]

    def record(
        self,
        event: Event,
        *,
        actor: Actor = SYSTEM,
        version: int | None = None,
        replay: bool = False,
    ) -> tuple[InRecord, UUID]:
        """The record of a fact, numbered as the next one about its aggregate."""
        about = event.aggregate_id
        self.versions[about] = version or self.versions.get(about, 0) + 1
        envelope = Envelope(
            id=new_id(),
            type=event.name,
            version=event.version,
            source=BY_NAME[event.topic].owner,
            subject=about,
            time=now(),
            aggregate_version=self.versions[about],
            correlation_id=new_id(),
            actor_id=actor.id,
            replay=replay,
        )
        place = (event.topic, 0)
        self.offsets[place] = self.offsets.get(place, -1) + 1
        value = None if event.tombstone else encode(event)
        headers = tuple(envelope.to_headers())
        key = str(about).encode()
        return InRecord(*place, self.offsets[place], key, headers, value, 0), envelope.id

    async def arrive(self, records: Iterable[InRecord]) -> None:
        """Records come from the broker, as one batch."""
        batch = list(records)
        await self.consumer.assigned(frozenset((one.topic, one.partition) for one in batch))
        await self.consumer.apply_all(batch)

    # -- door 3 ------------------------------------------------------------------------------------

    async def fire(self, kind: str, owner: UUID, occurrence: str | None = None) -> int:
        """Make the pending timers of that kind and owner due, and fire them; how many there were."""
        due = await self.context.db.pool.fetch(
            "UPDATE kernel.timer SET due_at = now() - interval '1 second'"
            " WHERE kind = $1 AND owner = $2 AND state = 'pending'"
            " AND ($3::text IS NULL OR occurrence = $3) RETURNING id",
            kind,
            owner,
            occurrence,
        )
        worker = TimerWorker(self.context, self.service.name, self.service.timers)
        while await worker.fire_one():
            pass
        return len(due)

    async def timers(self, owner: UUID) -> dict[str, Any]:
        """Kind → due time of the pending timers of an owner."""
        found = await self.context.db.pool.fetch(
            "SELECT kind, due_at FROM kernel.timer WHERE owner = $1 AND state = 'pending'", owner
        )
        return {row["kind"]: row["due_at"] for row in found}

    # -- what came of it ---------------------------------------------------------------------------

    async def facts(self) -> list[Event]:
        """Every fact this service has told, in order."""
        told = await self.context.db.pool.fetch(
            "SELECT name, version, body, aggregate_id FROM kernel.event ORDER BY id"
        )
        found = (
            erased(row["name"], row["aggregate_id"])
            if row["body"] is None
            else decode(row["name"], row["version"], row["body"])
            for row in told
        )
        return [event for event in found if event is not None]

    async def rows(self, statement: ClauseElement) -> list[Any]:
        """Rows of the service's own tables."""
        return list(await self.context.db.all(statement))

    async def close(self) -> None:
        """Let go of connections."""
        await self.http.aclose()
        await self.context.http.aclose()
        await self.context.db.close()

    async def parked(self) -> list[tuple[str, str]]:
        """(state, code) of everything that is parked and open."""
        found = await self.context.db.pool.fetch(
            "SELECT state, code FROM kernel.parked WHERE state IN ('head', 'behind', 'dead') ORDER BY id"
        )
        return [(row["state"], row["code"]) for row in found]


async def template_of(service: str, admin_url: str) -> Template:
    """A migrated database of the service to clone from, made once in this process."""
    if service not in _templates:
        name = unique_name(f"template_{service}")
        url = create_database(admin_url, name)
        await migrate(url, service)
        _templates[service] = await template(url, name)
    return _templates[service]


ServiceRig = Callable[..., Awaitable[Rig]]


@pytest.fixture
async def service_rig(postgres_server: str, clones: Clones) -> AsyncIterator[ServiceRig]:
    """`await service_rig("intake")`: the service over a database of its own as the migrations leave it."""
    opened: list[tuple[Rig, Clone]] = []

    async def make(name: str, **settings: Any) -> Rig:
        clone = await clones.take(await template_of(name, postgres_server))
        rig = await assemble(name, clone.url, **settings)
        opened.append((rig, clone))
        return rig

    yield make
    for rig, clone in opened:
        await rig.close()
        await clones.give_back(clone)


async def assemble(
    name: str, url: str, bus: MemoryBus | None = None, *, app: FastAPI | None = None, **extra: Any
) -> Rig:
    """The service over an existing database of its own; `app`: its application, built before without a context."""
    service: Service = importlib.import_module(f"services.{name}.main").service
    values = {
        "profile": "test",
        "database_url": SecretStr(url),
        "kafka_bootstrap": "127.0.0.1:9",
        "token_public_key": _KEYS.public_pem,
        "token_private_key": SecretStr(_KEYS.private_pem),
        "field_keys": SecretStr(FIELD_KEYS),
        "blind_key": SecretStr(BLIND_KEY),
        **extra,
    }
    settings = service.settings.load(**values)
    cipher = settings.cipher
    context = Context(
        settings,
        await Database.connect(url, cipher, name=name, settings=settings),
        bus or MemoryBus(),
        httpx.AsyncClient(verify=_TLS),
        cipher,
        TokenVerifier(_KEYS.public_pem, audience=name),
        tuple(sorted({event.topic for event in service.subscriptions})),
    )
    app = app or service.app(context, Health(name))
    app.state.context = context
    http = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://test"
    )
    consumer = EventConsumer(context, name, service.subscriptions, service.projection)
    return Rig(service, context, http, TokenIssuer(_KEYS.private_pem), consumer)
