"""One trace from the browser's request through outbox and Kafka to the last consumer.

What travels is the W3C `traceparent`: in the request's header, in the event row, in the record's headers. It is kept
and passed on whether or not anybody collects traces; spans are made only where OTEL_EXPORTER_OTLP_ENDPOINT says where
to send them. Attributes of spans are names and codes from the source, never input.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import UUID

from opentelemetry import trace
from opentelemetry.context import Context
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.vocabulary.ids import new_id

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
SPAN_LINES_MAX = 2_048

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)
_tracer: trace.Tracer | None = None


def configure(service: str, endpoint: str | None) -> "TracerProvider | None":
    """Send spans to the collector at `endpoint` (OTLP over HTTP); without one, make none."""
    if endpoint is None:
        return None
    # Only here, as the SDK below: who collects nothing does not pay megabytes for it.
    from shared.kernel.otlp import OtlpJsonExporter  # noqa: PLC0415

    return collect(service, OtlpJsonExporter(endpoint))


def collect(service: str, exporter: "SpanExporter") -> "TracerProvider":
    """Make spans and hand them to `exporter`, in batches, from a thread of its own."""
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    global _tracer
    provider = TracerProvider(resource=Resource({"service.name": f"nuanliu-{service}"}))
    provider.add_span_processor(BatchSpanProcessor(exporter, max_queue_size=SPAN_LINES_MAX))
    _tracer = provider.get_tracer("nuanliu")
    return provider


def new_traceparent() -> str:
    """The beginning of a new trace."""
    raw = os.urandom(24).hex()
    return f"00-{raw[:32]}-{raw[32:]}-01"


def current_traceparent() -> str:
    """The trace that the running work belongs to; begins one where there is none."""
    current = _current.get()
    if current is None:
        current = new_traceparent()
        _current.set(current)
    return current


def peek() -> str | None:
    """The trace that the running work belongs to, if it belongs to one."""
    return _current.get()


def current_trace_id() -> str:
    """The 32 digits that a person can quote and an operator can search for."""
    return trace_id_of(current_traceparent())


def trace_id_of(traceparent: str) -> str:
    """The trace id of a traceparent."""
    return traceparent[3:35]


@contextmanager
def continue_from(traceparent: str | None) -> Iterator[str]:
    """The block belongs to the trace that came with a request or event; a malformed one begins a new trace."""
    valid = traceparent is not None and TRACEPARENT.fullmatch(traceparent)
    token = _current.set(traceparent if valid else new_traceparent())
    try:
        yield current_traceparent()
    finally:
        _current.reset(token)


@contextmanager
def span(name: str, **attributes: str | int | float) -> Iterator[None]:
    """A named piece of the trace; costs next to nothing while nobody collects."""
    if _tracer is None:
        yield
        return
    made = _tracer.start_span(name, _parent(current_traceparent()), attributes=attributes)
    inner = made.get_span_context()
    token = _current.set(f"00-{inner.trace_id:032x}-{inner.span_id:016x}-{inner.trace_flags:02x}")
    try:
        yield
    except BaseException as error:
        # Only the type: texts of errors may quote input.
        made.set_status(trace.StatusCode.ERROR, type(error).__name__)
        raise
    finally:
        _current.reset(token)
        made.end()


def correlation_of(header: str | None) -> UUID:
    """The correlation id a request brought along, or a new one when it has none or no valid one."""
    try:
        return UUID(header) if header else new_id()
    except ValueError:
        return new_id()


class TraceMiddleware:
    """Puts each HTTP request into its trace, and tells the trace id with the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI call."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = next((v for k, v in scope["headers"] if k == b"traceparent"), b"")
        with continue_from(given.decode("latin-1") or None) as traceparent:
            # For the handler of bugs, which answers outside this middleware.
            scope["traceparent"] = traceparent
            if _tracer is None:
                await self.app(scope, receive, _telling(send))
                return
            with span(f"HTTP {scope['method']}"):
                await self.app(scope, receive, _telling(send))


def _telling(send: Send) -> Send:
    told = (b"trace-id", current_trace_id().encode())

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), told]
        await send(message)

    return sending


def _parent(traceparent: str) -> Context:
    _, trace_id, span_id, flags = traceparent.split("-")
    remote = trace.SpanContext(
        int(trace_id, 16),
        int(span_id, 16),
        is_remote=True,
        trace_flags=trace.TraceFlags(int(flags, 16)),
    )
    return trace.set_span_in_context(trace.NonRecordingSpan(remote))
