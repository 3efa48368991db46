"""A load generator: many connections that send prepared requests, as fast as answers come or at a fixed rate."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

Make = Callable[[int], bytes]
"""The n-th request, as bytes of HTTP/1.1."""


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


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One request on a kept connection."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def closed_loop(port: int, make: Make, *, clients: int, seconds: float) -> Result:
    """`clients` connections, each sending again as soon as it was answered."""
    result, count = Result(), iter(range(10**9))
    ends = perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while perf_counter() < ends:
            await _one(reader, writer, make(next(count)), perf_counter(), result)
        writer.close()

    began = perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    result.seconds = perf_counter() - began
    return result


async def open_loop(
    port: int, make: Make, *, per_s: float, seconds: float, clients: int = 64
) -> Result:
    """A fixed arrival rate; latency counts from when the request was due, so waiting in line is not hidden."""
    result, due = Result(), asyncio.Queue[tuple[int, float]]()
    began = perf_counter()

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            number, at = await due.get()
            if number < 0:
                break
            await _one(reader, writer, make(number), at, result)
        writer.close()

    async def arrivals() -> None:
        for number in range(int(per_s * seconds)):
            at = began + number / per_s
            if (pause := at - perf_counter()) > 0:
                await asyncio.sleep(pause)
            due.put_nowait((number, at))
        for _ in range(clients):
            due.put_nowait((-1, 0.0))

    await asyncio.gather(arrivals(), *(client() for _ in range(clients)))
    result.seconds = perf_counter() - began
    return result


async def _one(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    request_bytes: bytes,
    since: float,
    result: Result,
) -> None:
    writer.write(request_bytes)
    head = await reader.readuntil(b"\r\n\r\n")
    at = head.lower().index(b"content-length:") + 15
    body = await reader.readexactly(int(head[at : head.index(b"\r", at)]))
    if head[9:10] == b"2":
        result.latencies.append(perf_counter() - since)
    else:
        result.failed += 1
        result.sample = result.sample or head[:12] + b" " + body[:400]
