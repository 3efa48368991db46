"""The SMS provider's HTTP API: take a message once by our id, hand out receipts by a growing number."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

import httpx
import msgspec

from services.notify.domain.delivery import Answer, Receipt
from services.notify.settings import NotifySettings
from shared.kernel.context import Context

PROVIDER = "sms"
CALL_TIMEOUT_S = 5.0
RECEIPTS_PER_CALL_MAX = 200
_PASSING = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""Not about this message: a wrong key, a wrong address or a busy provider is put right, and the message goes then."""
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Line:
    """One receipt: its number, the message (None: not one of ours), what became of it and why."""

    seq: int
    message_id: UUID | None
    receipt: Receipt
    reason: str


class _Told(msgspec.Struct):
    seq: int
    id: str
    status: str


class ProviderAway(Exception):
    """The provider gives no receipts now; asking again later loses none."""


class SmsGateway:
    """One provider."""

    def __init__(self, http: httpx.AsyncClient, url: str, key: str) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self._headers = {"X-Key": key}

    async def send(self, provider_key: str, phone: str, text: str) -> tuple[Answer, str]:
        """Hand over a message; the same key again is harmless. The answer, and a code that says why."""
        try:
            reply = await self._http.post(
                f"{self._url}/v1/messages",
                json={"id": provider_key, "phone": phone, "text": text},
                headers=self._headers,
                timeout=CALL_TIMEOUT_S,
            )
        except _NEVER_LEFT:
            return Answer.TRY_LATER, "provider_away"
        except httpx.HTTPError:
            return Answer.LOST, "answer_lost"
        if reply.is_success:
            return Answer.TAKEN, ""
        code = f"provider_{reply.status_code}"
        if reply.status_code in _PASSING:
            return Answer.TRY_LATER, code
        return (Answer.LOST if reply.is_server_error else Answer.REFUSED), code

    async def receipts(self, after: int) -> Sequence[Line]:
        """The receipts with a number above `after`, in order; ProviderAway when there is no usable answer."""
        try:
            reply = await self._http.get(
                f"{self._url}/v1/receipts",
                params={"after": after, "limit": RECEIPTS_PER_CALL_MAX},
                headers=self._headers,
                timeout=CALL_TIMEOUT_S,
            )
            told = msgspec.json.decode(reply.raise_for_status().content, type=list[_Told])
        except (httpx.HTTPError, msgspec.MsgspecError):
            raise ProviderAway from None
        return [_line(one) for one in told]


def _line(told: _Told) -> Line:
    arrived = told.status == "delivered"
    receipt = Receipt.DELIVERED if arrived else Receipt.UNDELIVERABLE
    return Line(told.seq, _our_id(told.id), receipt, "" if arrived else told.status[:40])


def _our_id(text: str) -> UUID | None:
    """Other systems may use the same account; their receipts are passed over."""
    try:
        return UUID(hex=text)
    except ValueError:
        return None


def gateway_of(context: Context) -> SmsGateway:
    """The provider of this installation."""
    settings = context.settings
    if not isinstance(settings, NotifySettings):
        raise TypeError("notify runs with NotifySettings")
    return SmsGateway(context.http, settings.sms_url, settings.sms_key.get_secret_value())
