"""What a running service holds in its hands: settings, database, bus, the way out to the world, the cipher."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from shared.kernel.auth import TokenVerifier
from shared.kernel.bus import Bus
from shared.kernel.crypto import FieldCipher
from shared.kernel.database import Database
from shared.kernel.settings import ServiceSettings


@dataclass(frozen=True, slots=True)
class Context:
    """The resources of one service process."""

    settings: ServiceSettings
    db: Database
    bus: Bus
    http: httpx.AsyncClient
    cipher: FieldCipher
    verifier: TokenVerifier
    listens: tuple[str, ...] = ()
    """The topics this service reads."""


@dataclass(frozen=True, slots=True)
class Every:
    """Work that time starts: `run(context)` again `seconds` after it last ended, on one replica or several."""

    seconds: float
    run: Callable[[Context], Awaitable[None]]
