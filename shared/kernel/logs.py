"""Log lines without personal data: one allow-list of fields, masked values, JSON in production.

Whatever is not on the list is dropped and counted (`nuanliu_log_fields_dropped_total`): a developer who passes a name
or a phone number finds it missing, not leaked. Libraries log through the same processors. Lines about a request or an
event carry what `bound(...)` put around them.
"""

import logging
import sys
from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager
from typing import IO, Any, Final, Protocol

import msgspec
import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars

from shared.kernel import metrics, tracing
from shared.kernel.masking import MASK, PERSONAL_NUMBER_MIN, frames, masked, told

FIELDS: Final = frozenset({
    # the line itself
    "time", "level", "event", "logger", "service",
    # which work
    "use_case", "outcome", "code", "duration_ms", "kind", "occurrence", "attempt", "attempts",
    # about what
    "case_id", "aggregate_id", "aggregate_version", "event_id", "event_name", "version", "dispute_id", "application_id",
    "delivery_id", "party_id", "employer_id", "staff_id",
    # for whom and why
    "actor_id", "role", "correlation_id", "causation_id", "trace_id",
    # where
    "topic", "partition", "offset", "group", "method", "route", "path", "status", "host", "port", "profile",
    # how much
    "count", "rows", "lag", "age_s", "wait_s", "bytes",
    # what went wrong
    "error_type", "error", "caused_by", "stack",
})  # fmt: skip

_OURS: Final = ("time", "level", "logger", "service")
"""Set by `_about`, so no caller can put anything into them."""

Fields = MutableMapping[str, Any]


class LogSettings(Protocol):
    """The part of a service's settings that logging depends on."""

    @property
    def log_level(self) -> str: ...
    @property
    def profile(self) -> str: ...
    @property
    def otel_exporter_otlp_endpoint(self) -> str | None: ...


def configure(service: str, settings: LogSettings, out: IO[str] | None = None) -> None:
    """Set up logging and tracing of a process, once, before anything else is started."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    render = _console if settings.profile == "demo" else _json
    structlog.configure(
        processors=[
            merge_contextvars,
            _about(service),
            _told_error,
            _allowed,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *name: _Out(name[0] if name else "", out or sys.stdout),
        cache_logger_on_first_use=out is None,
    )
    _through_us(level)
    tracing.configure(service, settings.otel_exporter_otlp_endpoint)


def bound(**fields: object) -> AbstractContextManager[None]:
    """Every line of the block carries these fields, in tasks started in it too."""
    return bound_contextvars(**fields)


class _Out:
    """Where finished lines go; carries the name of the logger."""

    def __init__(self, name: str, stream: IO[str]) -> None:
        self.name = name
        self._stream = stream

    def msg(self, line: str) -> None:
        """Write one line at once: a line lost in a crash is the one that was needed."""
        self._stream.write(line + "\n")
        self._stream.flush()

    debug = info = warning = error = critical = fatal = exception = log = msg


def _about(service: str) -> Callable[[Any, str, Fields], Fields]:
    """Adds time, level, logger, service and trace to each line."""
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")

    def add(logger: Any, method: str, fields: Fields) -> Fields:
        fields["level"] = "error" if method == "exception" else method
        fields["service"] = service
        fields["logger"] = logger.name
        if "trace_id" not in fields and (traceparent := tracing.peek()):
            fields["trace_id"] = tracing.trace_id_of(traceparent)
        return stamp(logger, method, fields)

    return add


def _told_error(_logger: Any, _method: str, fields: Fields) -> Fields:
    """An exception as its type, its first line masked, and where it happened; no values from the stack."""
    given = fields.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        fields["error_type"] = type(error).__name__
        fields["error"] = told(error)
        fields["stack"] = frames(error.__traceback__)
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is not None:
            fields["caused_by"] = type(cause).__name__
    return fields


def _allowed(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Only fields of the list, and no value in them that looks like a person's number."""
    kept: Fields = {name: fields.pop(name) for name in _OURS}
    kept["event"] = _safe(fields.pop("event", ""))
    for name, value in fields.items():
        if name not in FIELDS:
            metrics.LOG_FIELDS_DROPPED.inc()
        elif value is not None:
            kept[name] = _safe(value)
    return kept


def _safe(value: object) -> object:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return MASK if abs(value) >= PERSONAL_NUMBER_MIN else value
    return masked(str(value))


def _json(_logger: Any, _method: str, fields: Fields) -> str:
    return msgspec.json.encode(fields).decode()


_SHOWN_FIRST = (*_OURS, "event")


def _console(_logger: Any, _method: str, fields: Fields) -> str:
    """One line for a person at a terminal: `09:30:01 info  usecase use_case  use_case=... outcome=ok`."""
    rest = " ".join(f"{name}={value}" for name, value in fields.items() if name not in _SHOWN_FIRST)
    clock = str(fields["time"])[11:19]
    return f"{clock} {fields['level']:<8}{fields['logger']} {fields['event']} {rest}".rstrip()


class _Bridge(logging.Handler):
    """Takes what libraries log and writes it as one of our lines."""

    def emit(self, record: logging.LogRecord) -> None:
        """One record of the standard library."""
        structlog.get_logger(record.name).log(
            record.levelno, record.getMessage(), exc_info=record.exc_info
        )


def _through_us(level: int) -> None:
    """Route the standard library's loggers through the bridge, and keep the talkative ones short."""
    logging.basicConfig(handlers=[_Bridge()], level=max(level, logging.INFO), force=True)
    logging.captureWarnings(True)
    for name in ("httpx", "httpcore", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Access lines hold query strings; the use case's own line says what was asked. A bug has its line already.
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").addFilter(_not_told_yet)


def _not_told_yet(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Exception in ASGI application")
