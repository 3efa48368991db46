"""A few commands of Redis/Valkey over one connection, for what may vanish at any time.

The client library costs 21 MB in each process; counting knocks and remembering who looks at a case needs five commands
and no more of the protocol than this (RESP2: https://valkey.io/topics/protocol/).
"""

import asyncio
from collections.abc import Sequence
from time import monotonic
from typing import Final
from urllib.parse import unquote, urlsplit

import structlog

TIMEOUT_S: Final = 0.25
RETRY_AFTER_S: Final = 10.0
REPLY_ITEMS_MAX: Final = 10_000
Reply = str | int | None | list["Reply"]
Command = tuple[str | int, ...]
log = structlog.get_logger("kernel.valkey")


class Away(Exception):
    """Not reachable just now; not asked again for a few seconds."""


class Refused(Exception):
    """The server answered with an error."""


class Valkey:
    """One connection, opened when needed; raises `Away` at once while the server is known to be unreachable."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "127.0.0.1", parts.port or 6379)
        self._hello: list[Command] = []
        if parts.password:
            self._hello.append(("AUTH", unquote(parts.password)))
        if parts.path.strip("/"):
            self._hello.append(("SELECT", parts.path.strip("/")))
        self._lock = asyncio.Lock()
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._away_until = 0.0

    async def run(self, *commands: Command) -> list[Reply]:
        """The replies to some commands, sent together."""
        if monotonic() < self._away_until:
            raise Away
        try:
            async with self._lock, asyncio.timeout(TIMEOUT_S):
                if self._open is None:
                    self._open = await asyncio.open_connection(*self._address)
                    await self._ask(self._hello)
                return await self._ask(commands)
        except (OSError, EOFError, TimeoutError, ValueError, Refused) as error:
            self._away_until = monotonic() + RETRY_AFTER_S
            await self.close()
            log.warning("valkey.away", error_type=type(error).__name__)
            raise Away from error

    async def close(self) -> None:
        """Let go of the connection."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    async def _ask(self, commands: Sequence[Command]) -> list[Reply]:
        assert self._open is not None  # noqa: S101 - opened by `run`
        reader, writer = self._open
        writer.write(b"".join(_packed(command) for command in commands))
        await writer.drain()
        return [await _reply(reader) for _ in commands]


def _packed(command: Command) -> bytes:
    parts = [str(part).encode() for part in command]
    body = b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
    return b"*%d\r\n%s" % (len(parts), body)


async def _reply(reader: asyncio.StreamReader) -> Reply:
    line = await reader.readuntil(b"\r\n")
    kind, rest = line[:1], line[1:-2].decode()
    match kind:
        case b"+":
            return rest
        case b":":
            return int(rest)
        case b"$":
            if rest == "-1":
                return None
            return (await reader.readexactly(int(rest) + 2))[:-2].decode()
        case b"*":
            if int(rest) > REPLY_ITEMS_MAX:
                raise ValueError("a reply with too many items")
            return [await _reply(reader) for _ in range(int(rest))]
        case b"-":
            raise Refused(rest.partition(" ")[0])
        case _:
            raise ValueError("not a reply")
