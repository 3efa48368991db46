"""What leaves a process as a log line: allow-listed fields, no personal numbers, one form for everybody's lines."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel import logs, metrics, tracing
from shared.kernel.logs import bound
from shared.kernel.masking import MASK, masked
from shared.vocabulary.ids import new_id

PHONE, ID_NUMBER, BANK = "13812345678", "44120219900101123X", "6222021234567890123"


@dataclass
class Settings:
    """The part of the settings that logging reads."""

    log_level: str = "INFO"
    profile: str = "production"
    otel_exporter_otlp_endpoint: str | None = None


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("intake", Settings(), stream)
    yield stream
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers, root.level = handlers, level


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_says_when_who_and_what(out: io.StringIO) -> None:
    case = new_id()
    structlog.get_logger("usecase").info(
        "use_case", use_case="intake.register_call", outcome="ok", case_id=case
    )
    (line,) = lines(out)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info", "logger": "usecase", "service": "intake", "event": "use_case",
        "use_case": "intake.register_call", "outcome": "ok", "case_id": str(case),
    }  # fmt: skip


def test_a_field_off_the_list_is_dropped_and_counted(out: io.StringIO) -> None:
    before = metrics.REGISTRY.get_sample_value("nuanliu_log_fields_dropped_total") or 0
    structlog.get_logger("usecase").info("use_case", worker_name="张三", phone=PHONE, outcome="ok")
    assert "张三" not in out.getvalue()
    assert PHONE not in out.getvalue()
    assert metrics.REGISTRY.get_sample_value("nuanliu_log_fields_dropped_total") == before + 2


@pytest.mark.parametrize(
    "number", [PHONE, ID_NUMBER, BANK, int(PHONE), f"tel:{PHONE}", {"deep": [PHONE]}]
)
def test_a_personal_number_is_hidden_in_allowed_fields_too(
    out: io.StringIO, number: object
) -> None:
    structlog.get_logger("usecase").info(f"call from {PHONE}", code=number, count=number)
    assert not any(secret in out.getvalue() for secret in (PHONE, ID_NUMBER, BANK))
    assert MASK in out.getvalue()


def test_service_and_level_cannot_be_forged(out: io.StringIO) -> None:
    structlog.get_logger("usecase").warning(
        "x", service=PHONE, level=PHONE, time=PHONE, logger=PHONE
    )
    assert PHONE not in out.getvalue()
    assert lines(out)[0]["service"] == "intake"


def test_an_error_is_told_without_values(out: io.StringIO) -> None:
    try:
        try:
            raise ValueError("inner 李四")
        except ValueError as inner:
            raise RuntimeError(
                f"failed for {PHONE}\nDETAIL:  Key (name)=(张三) already exists."
            ) from inner
    except RuntimeError:
        structlog.get_logger("kernel").exception("task.failed")
    (line,) = lines(out)
    assert line["error_type"] == "RuntimeError"
    assert line["error"] == f"failed for {MASK}"
    assert line["caused_by"] == "ValueError"
    assert "test_logs.py" in line["stack"]
    assert not any(secret in out.getvalue() for secret in (PHONE, "张三", "李四"))


def test_libraries_log_through_the_same_door(out: io.StringIO) -> None:
    logging.getLogger("asyncpg.pool").warning("lost connection of %s", PHONE)
    logging.getLogger("uvicorn.access").info("GET /calls?phone=%s", PHONE)
    logging.getLogger("aiokafka").debug("noise")
    try:
        raise OSError(f"no route to {PHONE}")
    except OSError:
        logging.getLogger("aiokafka.conn").exception("connect failed")
    pool, kafka = lines(out)
    assert (pool["logger"], pool["level"], pool["event"]) == (
        "asyncpg.pool",
        "warning",
        f"lost connection of {MASK}",
    )
    assert (kafka["error_type"], kafka["error"]) == ("OSError", f"no route to {MASK}")


def test_what_is_bound_is_on_every_line_of_the_block_only(out: io.StringIO) -> None:
    correlation = new_id()
    with bound(correlation_id=correlation):
        structlog.get_logger("a").info("inside")
        logging.getLogger("b").warning("inside too")
    structlog.get_logger("a").info("outside")
    first, second, third = lines(out)
    assert first["correlation_id"] == second["correlation_id"] == str(correlation)
    assert "correlation_id" not in third


def test_a_line_names_its_trace(out: io.StringIO) -> None:
    with tracing.continue_from("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"):
        structlog.get_logger("a").info("x")
    assert lines(out)[0]["trace_id"] == "0af7651916cd43dd8448eb211c80319c"


def test_lines_below_the_level_are_not_written(out: io.StringIO) -> None:
    structlog.get_logger("a").debug("quiet")
    assert lines(out) == []


def test_the_demo_writes_for_people() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("intake", Settings(profile="demo"), stream)
    structlog.get_logger("usecase").info(
        "use_case", use_case="intake.register_call", outcome=f"ok {PHONE}"
    )
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers, root.level = handlers, level
    assert stream.getvalue().endswith(
        f"info    usecase use_case use_case=intake.register_call outcome=ok {MASK}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        PHONE, "138 1234 5678", "138-1234-5678", "1 3 8 1 2 3 4 5 6 7 8", "１３８１２３４５６７８", "tel13812345678x",
        ID_NUMBER, ID_NUMBER.lower(), "441202 19900101 123X", "441202900101123", BANK, "6222 0212 3456 7890 123",
        "0758-27888888", f"a{PHONE}b", f"{PHONE},{BANK}",
    ],
)  # fmt: skip
def test_numbers_of_persons_are_hidden(text: str) -> None:
    assert sum(c.isdigit() for c in masked(text)) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "01a2102e-99cc-7909-9db9-cc93a0d8bedc", "11111111-1111-7111-8111-111111111111@7",
        "0af7651916cd43dd8448eb211c80319c", "ZQ-20261122-000123", "2026-11-25 10:15:00", "127.0.0.1:49152",
        "offset 1234567890", "no digits at all", "12345 rows in 0.5 s",
    ],
)  # fmt: skip
def test_names_of_things_stay_readable(text: str) -> None:
    assert masked(text) == text


@given(before=st.text(), after=st.text(), phone=st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_no_surroundings_reveal_a_phone_number(before: str, after: str, phone: str) -> None:
    hexadecimal = set("0123456789abcdef-")
    if hexadecimal & set(before[-1:] + after[:1]):
        return  # it may be a part of a longer name of a thing
    assert phone not in masked(before + phone + after)
