"""Commands to the services in the name of the demonstration's staff; repeating one changes nothing."""

import os
import time
import uuid
from typing import Any

import httpx

from shared.kernel.auth import TokenIssuer
from shared.vocabulary.ids import derived_id
from shared.vocabulary.people import SYSTEM_ID, Actor

PATIENCE_S = 60.0
POLL_S = 0.1
TRIES_MAX = 40
SEED = uuid.UUID("0198a000-0000-7000-8000-0000000005ed")


class Refused(Exception):
    """A service said no; the seed stops and shows what it said."""


class Services:
    """The services' addresses, and tokens signed with the installation's key."""

    def __init__(self) -> None:
        self.issuer = TokenIssuer(os.environ["TOKEN_PRIVATE_KEY"].replace("\\n", "\n"))
        self.http = httpx.Client(timeout=30.0, trust_env=False)

    def close(self) -> None:
        """Let go of the connections."""
        self.http.close()

    def send(self, method: str, service: str, path: str, body: Any, actor: Actor) -> Any:
        """One command, with a key derived from what it does; an unavailable service is waited for."""
        key = str(derived_id(SEED, f"{method} {service} {path} {body!r} {actor.id}"))
        for _ in range(TRIES_MAX):
            try:
                answer = self.http.request(
                    method,
                    self._url(service, path),
                    json=body,
                    headers=self._headers(service, actor, key),
                )
            except httpx.TransportError:
                time.sleep(POLL_S * 5)
                continue
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(POLL_S * 5)
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise Refused(f"{method} {service}{path}: {answer.status_code} {answer.text[:600]}")
        return answer.json() if answer.content else None

    def post(self, service: str, path: str, body: Any, actor: Actor) -> Any:
        """A POST command."""
        return self.send("POST", service, path, body, actor)

    def get(self, service: str, path: str, actor: Actor) -> Any:
        """A read; None when there is no such thing (yet)."""
        answer = self.http.get(
            self._url(service, path), headers=self._headers(service, actor, str(SYSTEM_ID))
        )
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        answer.raise_for_status()
        return answer.json()

    def wait(self, service: str, path: str, actor: Actor, done: Any = bool) -> Any:
        """Read again and again until `done` holds: the fact is on its way through Kafka."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = self.get(service, path, actor)
            if found is not None and done(found):
                return found
            time.sleep(POLL_S)
        raise Refused(f"{service}{path} did not come about within {PATIENCE_S:.0f} s")

    def _url(self, service: str, path: str) -> str:
        return os.environ[f"{service.upper()}_URL"] + path

    def _headers(self, service: str, actor: Actor, key: str) -> dict[str, str]:
        token = self.issuer.issue(actor, service)
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
