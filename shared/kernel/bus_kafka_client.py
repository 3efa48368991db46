"""What aiokafka's producer, consumer and admin client have in common here: access, patience, and a stop that ends.

The private attributes used in this file are those of aiokafka 0.14; the tests that stop clients without a broker
fail when a later version moves them.
"""

import asyncio
import contextlib
import secrets
import ssl
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError

START_S: Final = 20.0
STOP_S: Final = 5.0
BACKOFF_FIRST_S: Final = 0.1
BACKOFF_MAX_S: Final = 5.0
METADATA_MAX_AGE_MS: Final = 30_000
"""A topic or broker that was not there at first is noticed within this time."""

CLIENT_FAULTS: Final = (KafkaError, OSError, TimeoutError, AssertionError)
"""What a client throws when it is of no more use. aiokafka wraps its own surprises in `KafkaError`."""


@dataclass(frozen=True, slots=True)
class KafkaAccess:
    """Where the cluster is and how to get in: in clear, with TLS, or with TLS and SCRAM-SHA-512."""

    bootstrap: str
    ca_file: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def options(self) -> dict[str, Any]:
        """The arguments every aiokafka client takes."""
        options: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap,
            "metadata_max_age_ms": METADATA_MAX_AGE_MS,
        }
        if self.ca_file is None and self.username is None:
            return options
        options |= {
            "security_protocol": "SSL",
            "ssl_context": ssl.create_default_context(cafile=self.ca_file),
        }
        if self.username is not None:
            options |= {
                "security_protocol": "SASL_SSL",
                "sasl_mechanism": "SCRAM-SHA-512",
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password,
            }
        return options


class Backoff:
    """Doubling waits with jitter, so that many processes do not come back in step."""

    def __init__(self) -> None:
        self._failures = 0
        self._not_before = 0.0

    def failed(self) -> None:
        """Put off the next try."""
        longest = min(BACKOFF_MAX_S, BACKOFF_FIRST_S * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        self._not_before = time.monotonic() + longest * (0.5 + secrets.randbelow(501) / 1000)

    def succeeded(self) -> None:
        """Start over with the shortest wait."""
        self._failures = 0

    async def wait(self, at_most_s: float) -> bool:
        """Wait until the next try is due, but not longer than `at_most_s`; whether it is due."""
        left = self._not_before - time.monotonic()
        if left > 0:
            await asyncio.sleep(min(left, max(at_most_s, 0)))
        return left <= at_most_s


async def stop_consumer(raw: AIOKafkaConsumer) -> None:
    """Stop whatever the state: without a broker `stop()` raises CancelledError and leaves tasks behind."""
    await _bounded(raw.stop())
    raw._closed = True  # else a consumer that never started warns when collected
    if raw._coordinator is not None and raw._group_id is not None:
        await _bounded(raw._coordinator._stop_heartbeat_task())
        await _bounded(raw._coordinator._stop_commit_offsets_refresh_task())
    if raw._fetcher is not None:
        await _bounded(raw._fetcher.close())
    await _bounded(raw._client.close())


async def discard_producer(raw: AIOKafkaProducer) -> None:
    """Stop without sending what is left: `stop()` would wait for it for ever when the broker is away."""
    raw._closed = True
    await _bounded(raw.client.close())  # first: requests in flight then fail at once
    await _bounded(raw._sender.close())
    await _bounded(raw.client.close())


async def _bounded(stopping: Awaitable[object]) -> None:
    """Await for at most `STOP_S`; swallow every failure except that the caller itself is being cancelled."""
    task = asyncio.current_task()
    cancels = task.cancelling() if task else 0
    try:
        with contextlib.suppress(*CLIENT_FAULTS):
            async with asyncio.timeout(STOP_S):
                await stopping
    except asyncio.CancelledError:
        if task and task.cancelling() > cancels:
            raise
