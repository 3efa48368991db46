"""A load generator: many connections that send prepared requests, as fast as answers come or at a fixed rate.

It shares the machine with what it measures, so it does as little as it can: `run` it on a fast event loop.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any, TypeVar

import uvloop

Make = Callable[[int], bytes]
"""The n-th request, as bytes of HTTP/1.1."""
Answer = TypeVar("Answer")
HOST = "127.0.0.1"
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


def run(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run a measurement to its end."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


@dataclass
class Result:
    """What came of a run: latencies in seconds of good answers, and how many were bad."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failed: int = 0
    sample: bytes = b""
    """The first bad answer, to be shown."""

    @property
    def per_s(self) -> float:
        """Good answers per second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        """A percentile of the latencies, in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0

    def take(self, answer: bytes, since: float) -> None:
        """Count one answer to a request that was due at `since`."""
        if answer[9:10] == b"2":
            self.latencies.append(perf_counter() - since)
        else:
            self.failed += 1
            self.sample = self.sample or answer[:600]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One request on a kept connection."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + HEAD_END + body


class Line(asyncio.Protocol):
    """One kept connection: a request, its answer, the next request."""

    def __init__(self) -> None:
        self._transport: Any = None
        self._received = b""
        self._answered: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The loop has connected it."""
        self._transport = transport

    async def ask(self, request_bytes: bytes) -> bytes:
        """Send it and wait for the whole answer: head and body."""
        self._received = b""
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request_bytes)
        return await self._answered

    def data_received(self, data: bytes) -> None:
        """Some bytes of an answer."""
        self._received += data
        body_at = self._received.find(HEAD_END) + len(HEAD_END)
        if body_at < len(HEAD_END) or self._answered is None:
            return
        head = self._received[:body_at].lower()
        at = head.index(LENGTH) + len(LENGTH)
        if len(self._received) >= body_at + int(head[at : head.index(b"\r", at)]):
            self._answered.set_result(self._received)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up, or `close` was called."""
        if self._answered and not self._answered.done():
            self._answered.set_exception(exc or ConnectionResetError("the server hung up"))

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


@asynccontextmanager
async def _lines(ports: Sequence[int], clients: int) -> AsyncIterator[list[Line]]:
    """Connections to each of the processes in turn, as behind a balancer."""
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(Line, HOST, ports[n % len(ports)]))[1] for n in range(clients)
    ]
    try:
        yield made
    finally:
        for line in made:
            line.close()


async def closed_loop(ports: Sequence[int], make: Make, *, clients: int, seconds: float) -> Result:
    """`clients` connections, each sending again as soon as it was answered."""
    result, numbers = Result(), count()

    async def client(line: Line) -> None:
        while (since := perf_counter()) < ends:
            result.take(await line.ask(make(next(numbers))), since)

    async with _lines(ports, clients) as lines:
        began = perf_counter()
        ends = began + seconds
        await asyncio.gather(*map(client, lines))
        result.seconds = perf_counter() - began
    return result


async def open_loop(
    ports: Sequence[int], make: Make, *, per_s: float, seconds: float, clients: int = 64
) -> Result:
    """A fixed arrival rate; latency counts from when the request was due, so waiting in line is not hidden."""
    result, due = Result(), asyncio.Queue[tuple[int, float]]()

    async def client(line: Line) -> None:
        while (job := await due.get())[0] >= 0:
            result.take(await line.ask(make(job[0])), job[1])

    async def arrivals(began: float) -> None:
        for number in range(int(per_s * seconds)):
            at = began + number / per_s
            if (pause := at - perf_counter()) > 0:
                await asyncio.sleep(pause)
            due.put_nowait((number, at))
        for _ in range(clients):
            due.put_nowait((-1, 0.0))

    async with _lines(ports, clients) as lines:
        began = perf_counter()
        await asyncio.gather(arrivals(began), *map(client, lines))
        result.seconds = perf_counter() - began
    return result
