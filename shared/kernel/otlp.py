"""Sends spans to an OpenTelemetry collector as OTLP/HTTP JSON; the official exporter would bring protobuf and requests."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import msgspec
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

EXPORT_TIMEOUT_S = 5.0


class OtlpJsonExporter(SpanExporter):
    """Posts batches to `<endpoint>/v1/traces`; what a collector does not take is given up, never retried here."""

    def __init__(self, endpoint: str, transport: httpx.BaseTransport | None = None) -> None:
        self._url = f"{endpoint.rstrip('/')}/v1/traces"
        self._http = httpx.Client(timeout=EXPORT_TIMEOUT_S, transport=transport)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send one batch."""
        try:
            answer = self._http.post(
                self._url,
                content=msgspec.json.encode(as_otlp(spans)),
                headers={"content-type": "application/json"},
            )
        except httpx.HTTPError:
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS if answer.is_success else SpanExportResult.FAILURE

    def shutdown(self) -> None:
        """Close the connection."""
        self._http.close()


def as_otlp(spans: Sequence[ReadableSpan]) -> dict[str, Any]:
    """The body of an ExportTraceServiceRequest, in the JSON encoding of OTLP 1.x; all spans have one resource."""
    resource = _attributes(spans[0].resource.attributes) if spans else []
    scope = {"scope": {"name": "nuanliu"}, "spans": [_span(one) for one in spans]}
    return {"resourceSpans": [{"resource": {"attributes": resource}, "scopeSpans": [scope]}]}


def _span(one: ReadableSpan) -> dict[str, Any]:
    here = one.get_span_context()
    return {
        "traceId": f"{here.trace_id:032x}" if here else "",
        "spanId": f"{here.span_id:016x}" if here else "",
        "parentSpanId": f"{one.parent.span_id:016x}" if one.parent else "",
        "name": one.name,
        "kind": one.kind.value + 1,
        "startTimeUnixNano": str(one.start_time),
        "endTimeUnixNano": str(one.end_time),
        "attributes": _attributes(one.attributes or {}),
        "status": {"code": one.status.status_code.value, "message": one.status.description or ""},
    }


def _attributes(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": _value(value)} for key, value in given.items()]


def _value(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value)}
        case float():
            return {"doubleValue": value}
        case _:
            return {"stringValue": str(value)}
