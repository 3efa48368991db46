"""An answer leaves in one piece, a stream as it comes, and nothing written is lost when the connection closes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import Receive, Scope, Send

from shared.kernel.http_protocol import JoinedWrites, Protocol

LARGE = b"x" * 3_000_000
REQUEST = "GET {} HTTP/1.1\r\nHost: here\r\n{}\r\n"


class Wire(asyncio.Protocol):
    """A client that remembers in which pieces an answer came."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.closed = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self.pieces.append(data)

    def connection_lost(self, _error: Exception | None) -> None:
        self.closed.set()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers in parts, as every ASGI application does."""
    start = {"type": "http.response.start", "status": 200, "headers": []}
    if scope["path"] == "/stream":
        await send(start)
        for n in range(3):
            await send({"type": "http.response.body", "body": b"%d" % n, "more_body": True})
            await asyncio.sleep(0.05)
        await send({"type": "http.response.body"})
        return
    body = LARGE if scope["path"] == "/large" else b"small"
    start["headers"] = [(b"content-length", b"%d" % len(body))]
    await send(start)
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def serving() -> AsyncIterator[int]:
    config = uvicorn.Config(app, port=0, http=Protocol, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


async def ask(port: int, path: str) -> list[bytes]:
    loop = asyncio.get_running_loop()
    transport, wire = await loop.create_connection(Wire, "127.0.0.1", port)
    transport.write(REQUEST.format(path, "Connection: close\r\n").encode())
    async with asyncio.timeout(10):
        await wire.closed.wait()
    return wire.pieces


class Sends(asyncio.Transport):
    """A socket's place: what each system call would have sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        self.sent.append(b"<closed>")


async def test_head_and_body_leave_together() -> None:
    sends = Sends()
    joined = JoinedWrites(sends, asyncio.get_running_loop())
    joined.write(b"head ")
    joined.write(b"body")
    assert sends.sent == []
    await asyncio.sleep(0)
    assert sends.sent == [b"head body"]
    joined.write(b"next")
    joined.close()
    await asyncio.sleep(0)
    assert sends.sent == [b"head body", b"next", b"<closed>"]


async def test_an_answer_is_whole() -> None:
    async with serving() as port:
        assert b"".join(await ask(port, "/small")).endswith(b"\r\n\r\nsmall")


async def test_a_stream_leaves_as_it_comes() -> None:
    async with serving() as port:
        assert len(await ask(port, "/stream")) >= 3


async def test_nothing_of_a_large_answer_is_lost_when_the_connection_closes_behind_it() -> None:
    async with serving() as port:
        answer = b"".join(await ask(port, "/large"))
    assert answer.partition(b"\r\n\r\n")[2] == LARGE


async def test_requests_on_one_connection_are_answered_in_turn() -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(REQUEST.format("/small", "").encode() * 3)
        answers = [await reader.readuntil(b"small") for _ in range(3)]
        writer.close()
    assert all(one.startswith(b"HTTP/1.1 200") for one in answers)
