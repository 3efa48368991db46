"""The bank over HTTP: an order to pay under our id, and the question what became of it.

Only what the bank clearly said counts. Everything else (no answer, half an answer, 5xx, an answer that is not
understood) is unknown: the payment may have been made.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import httpx

from services.welfare.domain.payment import BankStatus
from services.welfare.settings import WelfareSettings
from shared.kernel.context import Context

TIMEOUT_S = 10.0
REASON_CHARACTERS_MAX = 40
REFUSED = 422
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Said:
    """What the bank said: a status, or that it never got the order, or nothing that can be relied on."""

    status: BankStatus | None
    reason: str = ""
    never_received: bool = False


UNKNOWN = Said(None)


@dataclass(frozen=True, slots=True)
class Bank:
    """The payment interface of one bank."""

    http: httpx.AsyncClient
    url: str
    key: str

    @classmethod
    def of(cls, context: Context) -> "Bank":
        """The bank of the settings."""
        settings = context.settings
        if not isinstance(settings, WelfareSettings):
            raise TypeError("welfare runs with welfare's settings")
        key = settings.bank_key.get_secret_value()
        return cls(context.http, settings.bank_url.rstrip("/"), key)

    async def pay(self, body: str) -> Said:
        """Send an order: the same body under the same id is taken once."""
        content = body.encode()
        headers = {
            "Content-Type": "application/json",
            "X-Key": self.key,
            "X-Signature": hmac.new(self.key.encode(), content, hashlib.sha256).hexdigest(),
        }
        url = f"{self.url}/v1/payments"
        try:
            answer = await self.http.post(url, content=content, headers=headers, timeout=TIMEOUT_S)
        except httpx.HTTPError:
            return UNKNOWN
        if answer.status_code == REFUSED:
            return Said(BankStatus.RETURNED, _reason(answer, "detail"))
        return _said(answer)

    async def ask(self, end_to_end_id: str) -> Said:
        """What became of an order."""
        url = f"{self.url}/v1/payments/{end_to_end_id}"
        try:
            answer = await self.http.get(url, headers={"X-Key": self.key}, timeout=TIMEOUT_S)
        except httpx.HTTPError:
            return UNKNOWN
        if answer.status_code == NOT_FOUND and _reason(answer, "detail"):
            return Said(None, never_received=True)
        return _said(answer)


def _said(answer: httpx.Response) -> Said:
    if not answer.is_success:
        return UNKNOWN
    told = _body(answer).get("status")
    known = {status.value: status for status in BankStatus}
    return Said(known.get(str(told)), _reason(answer, "reason"))


def _reason(answer: httpx.Response, name: str) -> str:
    """A reason's code; a text or a list of faults is not one."""
    reason = _body(answer).get(name)
    if not isinstance(reason, str):
        return "refused" if answer.status_code == REFUSED else ""
    return reason[:REASON_CHARACTERS_MAX]


def _body(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
