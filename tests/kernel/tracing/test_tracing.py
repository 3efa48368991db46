"""One trace goes through requests, events and consumers, with or without somebody collecting it."""

import asyncio
import json
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from shared.kernel import tracing
from shared.kernel.health import Health
from shared.kernel.otlp import OtlpJsonExporter
from shared.kernel.tracing import (
    TRACEPARENT,
    continue_from,
    correlation_of,
    current_traceparent,
    span,
)
from shared.kernel.web import create_app
from shared.testing.calls import calls_in

TRACE = "0af7651916cd43dd8448eb211c80319c"
GIVEN = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """Spans made while the test runs."""
    exporter = InMemorySpanExporter()
    monkeypatch.setattr(tracing, "_tracer", None)
    provider = tracing.collect("intake", exporter)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    yield exporter
    provider.shutdown()


def test_work_without_a_trace_begins_one_and_stays_in_it() -> None:
    with continue_from(None) as first:
        assert TRACEPARENT.fullmatch(first)
        assert current_traceparent() == first


def test_a_trace_that_came_along_is_continued_and_left_again() -> None:
    with continue_from(None) as outer:
        with continue_from(GIVEN) as inner:
            assert inner == GIVEN
            assert tracing.current_trace_id() == TRACE
        assert current_traceparent() == outer


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        "nonsense",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        GIVEN.upper(),
        GIVEN + "\nx",
    ],
)
def test_a_malformed_trace_is_not_passed_on(malformed: str) -> None:
    with continue_from(malformed) as begun:
        assert begun != malformed
        assert TRACEPARENT.fullmatch(begun)


async def test_tasks_keep_their_traces_apart() -> None:
    async def work() -> str:
        with continue_from(None):
            before = current_traceparent()
            await asyncio.sleep(0)
            assert current_traceparent() == before
            return before

    assert len(set(await asyncio.gather(*(work() for _ in range(20))))) == 20


def test_a_span_is_a_child_and_what_travels_on_names_it(collected: InMemorySpanExporter) -> None:
    with continue_from(GIVEN), span("relay.send", count=3):
        travelling = current_traceparent()
    made = collected.get_finished_spans()[0]
    here = made.get_span_context()
    assert here is not None
    assert made.parent is not None
    assert f"{here.trace_id:032x}" == TRACE
    assert f"{made.parent.span_id:016x}" == "b7ad6b7169203331"
    assert travelling == f"00-{TRACE}-{here.span_id:016x}-01"
    assert dict(made.attributes or {}) == {"count": 3}


def test_a_failed_span_tells_the_type_of_the_error_only(collected: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="13812345678"), span("x"):
        raise ValueError("13812345678")
    made = collected.get_finished_spans()[0]
    assert made.status.description == "ValueError"
    assert not made.events


async def test_a_request_continues_its_trace_and_the_answer_names_it() -> None:
    async def show(_request: Request) -> PlainTextResponse:
        return PlainTextResponse(current_traceparent())

    app = tracing.TraceMiddleware(Starlette(routes=[Route("/", show)]))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://t"
    ) as http:
        continued = await http.get("/", headers={"traceparent": GIVEN})
        begun = await http.get("/")
    assert continued.text == GIVEN
    assert continued.headers["trace-id"] == TRACE
    assert begun.text[3:35] == begun.headers["trace-id"] != TRACE


async def test_the_framework_makes_no_spans_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    app = create_app("intake", None, [], Health("intake"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://t"
    ) as http:
        assert (await http.get("/metrics?q=13812345678")).is_success
    assert exporter.get_finished_spans() == ()


def test_a_correlation_id_is_taken_over_or_made() -> None:
    given = UUID(int=7)
    assert correlation_of(str(given)) == given
    assert correlation_of(None) != correlation_of("nonsense")


def test_spans_go_to_the_collector_as_otlp_json(collected: InMemorySpanExporter) -> None:
    with continue_from(GIVEN), span("consumer.apply", topic="intake.cases", count=2):
        pass
    asked: list[httpx.Request] = []

    def collector(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200 if len(asked) == 1 else 503)

    exporter = OtlpJsonExporter("http://collector:4318/", httpx.MockTransport(collector))
    spans = collected.get_finished_spans()[:1]
    assert exporter.export(spans).name == "SUCCESS"
    assert exporter.export(spans).name == "FAILURE"
    assert str(asked[0].url) == "http://collector:4318/v1/traces"
    (resource,) = json.loads(asked[0].content)["resourceSpans"]
    assert resource["resource"]["attributes"] == [
        {"key": "service.name", "value": {"stringValue": "nuanliu-intake"}}
    ]
    (told,) = resource["scopeSpans"][0]["spans"]
    assert (told["traceId"], told["parentSpanId"], told["name"]) == (
        TRACE,
        "b7ad6b7169203331",
        "consumer.apply",
    )
    assert {"key": "count", "value": {"intValue": "2"}} in told["attributes"]
    assert int(told["endTimeUnixNano"]) >= int(told["startTimeUnixNano"])
    exporter.shutdown()


def test_a_span_costs_next_to_nothing_while_nobody_collects() -> None:
    def spanned() -> None:
        with span("x"):
            pass

    with continue_from(GIVEN):
        made = calls_in(spanned)
    assert len(made) <= 10
