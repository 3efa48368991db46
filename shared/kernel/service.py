"""One service as a process: the rooms wired together, and its commands."""

import argparse
import asyncio
import gc
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import uvicorn
from fastapi import APIRouter, FastAPI

from shared.kernel import anchor, audit, gauges, logs, parked, tracing
from shared.kernel.auth import TokenVerifier
from shared.kernel.bus_kafka import KafkaBus
from shared.kernel.consumer import EventConsumer, Projection, Subscriptions
from shared.kernel.context import Context, Every
from shared.kernel.database import Database
from shared.kernel.health import Health
from shared.kernel.housekeeping import HOUSEKEEPING
from shared.kernel.http_protocol import Protocol
from shared.kernel.outbox import Relay
from shared.kernel.parked_retry import ParkedRetry
from shared.kernel.republish import republish, republish_unflushed
from shared.kernel.rotation import Sealed, rotate_column
from shared.kernel.settings import ServiceSettings
from shared.kernel.supervisor import Supervisor
from shared.kernel.timers import TimerHandler, TimerWorker
from shared.kernel.web import create_app
from shared.vocabulary.people import SYSTEM

OUTSIDE_TIMEOUT_S = 10.0
SHUTDOWN_S = 10
GC_THRESHOLD = (10_000, 50, 50)
COMMANDS = ("serve", "api", "worker", "migrate", "republish", "parked", "verify-audit", "reseal")


@dataclass(frozen=True)
class Service:
    """What `main.py` wires: the name, the settings and the three doors."""

    name: str
    settings: type[ServiceSettings]
    routers: Sequence[APIRouter]
    subscriptions: Subscriptions = field(default_factory=dict)
    projection: Projection | None = None
    timers: Mapping[str, TimerHandler] = field(default_factory=dict)
    every: Sequence[Every] = ()
    sealed: Sequence[Sealed] = ()
    """Every column that `reseal` moves under the current key."""
    extend: Callable[[FastAPI], None] | None = None
    """Adds what only this service's HTTP door has (the workbench: the built UI)."""

    def run(self, arguments: Sequence[str] | None = None) -> None:
        """Do what the command line says."""
        parser = argparse.ArgumentParser(prog=f"services.{self.name}.main")
        parser.add_argument("command", choices=COMMANDS)
        parser.add_argument("rest", nargs="*", help="parked: list | replay ID | skip ID REASON")
        parser.add_argument("--aggregate", type=UUID, action="append", help="republish only these")
        parser.add_argument(
            "--unflushed", action="store_true", help="republish what a power cut may have lost"
        )
        asked = parser.parse_args(arguments)
        settings = self.settings()
        logs.configure(self.name, settings)
        tracing.configure(self.name, settings.otel_exporter_otlp_endpoint)
        match asked.command:
            case "migrate":
                # Only here: Alembic and what it brings would stay in the memory of every other process.
                from shared.kernel.schema import migrate  # noqa: PLC0415

                asyncio.run(migrate(_url(settings), self.name))
            case "republish":
                asyncio.run(self._republish(settings, asked.aggregate, asked.unflushed))
            case "verify-audit":
                asyncio.run(self._verify_audit(settings))
            case "reseal":
                asyncio.run(self._reseal(settings))
            case "parked":
                asyncio.run(self._parked(settings, asked.rest))
            case mode:
                _run_loop(self._process(settings, api=mode != "worker", worker=mode != "api"))

    # -- the process -------------------------------------------------------------------------------

    @asynccontextmanager
    async def context(self, settings: ServiceSettings) -> AsyncIterator[Context]:
        """The resources of a process, closed in order at the end."""
        cipher = settings.cipher
        db = await Database.connect(_url(settings), cipher, name=self.name, settings=settings)
        bus = KafkaBus(settings.kafka)
        async with httpx.AsyncClient(timeout=OUTSIDE_TIMEOUT_S) as http:
            verifier = TokenVerifier(settings.token_public_key, audience=self.name)
            topics = tuple(sorted({event.topic for event in self.subscriptions}))
            try:
                yield Context(settings, db, bus, http, cipher, verifier, topics)
            finally:
                await bus.aclose()
                await db.close()

    async def _process(self, settings: ServiceSettings, *, api: bool, worker: bool) -> None:
        async with self.context(settings) as context, Supervisor() as tasks:
            health = Health(self.name)
            if worker:
                self.start_work(context, tasks, health)
            app = self.app(context, health)
            await _listen(app, settings, tasks) if api else await _until_signal()

    def app(self, context: Context, health: Health) -> FastAPI:
        """The HTTP door."""
        app = create_app(self.name, context, self.routers, health)
        if self.extend:
            self.extend(app)
        return app

    def start_work(self, context: Context, tasks: Supervisor, health: Health) -> None:
        """Relay, consumer, parked messages, timers and periodic work."""
        settings = context.settings
        relay = Relay(_url(settings), context.db.pool, context.bus, self.name)
        tasks.keep("relay", health.watched("relay", relay.run))
        if self.subscriptions:
            consumer = EventConsumer(context, self.name, self.subscriptions, self.projection)
            tasks.keep("consumer", health.watched("consumer", consumer.run))
            tasks.keep("parked", health.watched("parked", ParkedRetry(consumer).run))
        if self.timers:
            worker = TimerWorker(context, self.name, self.timers)
            tasks.keep("timers", health.watched("timers", worker.run))
        tasks.keep("gauges", gauges.watching(self.name, context.db.pool))
        for one in (*HOUSEKEEPING, *self.every):
            tasks.keep(one.run.__name__, _repeat(one, context))

    # -- other commands ----------------------------------------------------------------------------

    async def _republish(
        self, settings: ServiceSettings, only: list[UUID] | None, unflushed: bool
    ) -> None:
        async with self.context(settings) as context:
            pool, bus = context.db.pool, context.bus
            if unflushed:
                told = await republish_unflushed(pool, bus, self.name)
            else:
                told = await republish(pool, bus, self.name, only=only)
            _say({"service": self.name, "republished": told})

    async def _reseal(self, settings: ServiceSettings) -> None:
        async with self.context(settings) as context:
            for one in self.sealed:
                moved = await rotate_column(context.cipher, one, context.db.pool.fetch)
                _say({"table": one.table, "column": one.column, "resealed": moved})

    async def _verify_audit(self, settings: ServiceSettings) -> None:
        async with self.context(settings) as context:
            state = await audit.verify(context.db.pool)
            _say({"service": self.name, "ok": state.ok, "links": state.links, "why": state.why})
            if not state.ok:
                _say({"bad_chain": str(state.bad_chain), "bad_seq": state.bad_seq})
                sys.exit(1)
            if settings.audit_anchor_folder:
                folder = Path(settings.audit_anchor_folder)
                broken = await anchor.first_broken(context.db.pool, folder, self.name)
                if broken:
                    _say({"broken_anchor": broken.until, "links_then": broken.links})
                    sys.exit(1)

    async def _parked(self, settings: ServiceSettings, rest: Sequence[str]) -> None:
        async with self.context(settings) as context:
            match list(rest):
                case ["replay", event_id]:
                    async with context.db.transaction(actor=SYSTEM) as tx:
                        await parked.replay(tx, UUID(event_id))
                case ["skip", event_id, reason]:
                    async with context.db.transaction(actor=SYSTEM) as tx:
                        await parked.skip(tx, UUID(event_id), reason)
                case _:
                    for row in await context.db.pool.fetch(parked.LIST):
                        _say({key: str(value) for key, value in row.items()})


def _repeat(one: Every, context: Context) -> Callable[[], Any]:
    async def run() -> None:
        while True:
            await one.run(context)
            await asyncio.sleep(one.seconds)

    return run


async def _listen(app: FastAPI, settings: ServiceSettings, tasks: Supervisor) -> None:
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=Protocol,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
        timeout_keep_alive=30,
    )
    _settle()
    await uvicorn.Server(config).serve()


def _settle() -> None:
    """What the start made stays, and is never again searched for garbage: that took 90 ms at a time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)


async def _until_signal() -> None:
    _settle()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def _run_loop(main: Any) -> None:
    uvicorn_loop = uvicorn.Config("", loop="uvloop").get_loop_factory()
    with asyncio.Runner(loop_factory=uvicorn_loop) as runner:
        runner.run(main)


def _url(settings: ServiceSettings) -> str:
    return settings.database_url.get_secret_value()


def _say(fact: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(fact, ensure_ascii=False) + "\n")
