"""The connection breaks around COMMIT: nobody knows what became of it, and the same key settles it (X4, G2)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest

from shared.kernel.auth import TokenVerifier
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.context import Context
from shared.kernel.database import Database
from shared.kernel.health import Health
from shared.kernel.web import create_app
from tests.kernel.conftest import Bench
from tests.kernel.test_command import Door, router
from tests.kernel.test_command import door as door  # the fixture
from tests.kernel.test_consumer import KEYS, BenchSettings

COMMIT = b"COMMIT"


class Wire:
    """A way to PostgreSQL that is cut at the next COMMIT: before the server hears it, or after it has answered."""

    def __init__(self, url: str, *, heard: bool) -> None:
        self.server, self.heard = urlsplit(url), heard
        self.armed, self.cuts = False, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        there, away = await asyncio.open_connection(self.server.hostname, self.server.port)
        cut = asyncio.Event()
        ways = [
            asyncio.ensure_future(self._ask(reader, away, cut)),
            asyncio.ensure_future(self._answer(there, writer, cut)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        writer.close()
        away.close()

    async def _ask(
        self, reader: asyncio.StreamReader, away: asyncio.StreamWriter, cut: asyncio.Event
    ) -> None:
        while data := await reader.read(65_536):
            if self.armed and COMMIT in data:
                self.armed, self.cuts = False, self.cuts + 1
                if not self.heard:
                    return
                cut.set()
            away.write(data)

    async def _answer(
        self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
    ) -> None:
        while data := await there.read(65_536):
            if cut.is_set():
                return
            writer.write(data)


@asynccontextmanager
async def over(wire: Wire, url: str) -> AsyncIterator[str]:
    """The address of the database on that wire."""
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")
    try:
        yield urlunsplit(parts._replace(netloc=f"{place[0]}{place[1]}127.0.0.1:{port}"))
    finally:
        server.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                await server.wait_closed()


@asynccontextmanager
async def door_at(bench: Bench, url: str) -> AsyncIterator[Door]:
    """The HTTP door of a process that reaches its database at that address."""
    settings = BenchSettings.load(
        profile="test",
        database_url=url,
        kafka_bootstrap="127.0.0.1:9",
        token_public_key=KEYS.public_pem,
        field_keys="t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        blind_key="YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY=",
    )
    db = await Database.connect(url, settings.cipher, name="bench")
    verifier = TokenVerifier(KEYS.public_pem, audience="bench")
    context = Context(settings, db, MemoryBus(), httpx.AsyncClient(), settings.cipher, verifier)
    app = create_app("bench", context, [router], Health("bench"))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Door(http, bench)
    await db.close()


@pytest.mark.parametrize("heard", [True, False], ids=["answer lost", "command lost"])
async def test_a_command_cut_at_its_commit_is_settled_by_its_key(
    bench: Bench, door: Door, heard: bool
) -> None:
    thing_id = (await door.post("/things", {"title": "一"})).json()["id"]
    wire = Wire(bench.url, heard=heard)
    path, body = f"/things/{thing_id}/rename", {"title": "二"}
    async with over(wire, bench.url) as url, door_at(bench, url) as cut:
        wire.armed = True
        lost = await cut.post(path, body, key="r")
        assert (lost.status_code, lost.json()["code"]) == (503, "temporarily_unavailable")
        assert wire.cuts == 1
        again = await cut.post(path, body, key="r")
        assert again.status_code == 200, again.text
        assert ("Idempotent-Replay" in again.headers) is heard
    [row] = await bench.rows("SELECT title, version FROM thing")
    assert (row["title"], row["version"]) == ("二", 2)
    assert len(await bench.rows("SELECT 1 FROM kernel.event")) == 2
