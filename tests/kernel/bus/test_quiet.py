"""A library in trouble may say so, but not a hundred times per second."""

import logging

import pytest

from shared.kernel import quiet
from shared.kernel.quiet import KINDS_MAX, LINES_PER_MESSAGE, WINDOW_S, FloodFilter, limit_flood


class Clock:
    """Stands for the `time` module."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(quiet, "time", clock)
    return clock


def a_line(text: str = "cannot reach %s", level: int = logging.ERROR) -> logging.LogRecord:
    return logging.LogRecord("aiokafka.conn", level, "", 0, text, ("broker",), None)


def test_only_the_first_lines_of_a_kind_pass(clock: Clock) -> None:
    flood = FloodFilter()
    passed = [flood.filter(a_line()) for _ in range(100)]
    assert passed == [True] * LINES_PER_MESSAGE + [False] * (100 - LINES_PER_MESSAGE)


def test_another_kind_of_line_still_passes(clock: Clock) -> None:
    flood = FloodFilter()
    for _ in range(100):
        flood.filter(a_line())
    assert flood.filter(a_line("something else %s"))
    assert flood.filter(a_line(level=logging.WARNING))


def test_the_next_line_says_how_many_were_left_out(clock: Clock) -> None:
    flood = FloodFilter()
    for _ in range(100):
        flood.filter(a_line())
    clock.now = WINDOW_S + 1
    line = a_line()
    assert flood.filter(line)
    assert (
        line.getMessage()
        == f"cannot reach broker (and {100 - LINES_PER_MESSAGE} more like it in 11 s)"
    )


def test_memory_stays_bounded_when_every_line_is_of_its_own_kind(clock: Clock) -> None:
    flood = FloodFilter()
    for number in range(KINDS_MAX * 3):
        assert flood.filter(a_line(f"line {number}"))
    assert len(flood._kinds) <= KINDS_MAX


def test_the_filter_sits_on_the_children_too_and_only_once() -> None:
    child = logging.getLogger("flooding.child")
    other = logging.getLogger("floodingother")
    limit_flood("flooding")
    limit_flood("flooding")
    assert len(child.filters) == 1
    assert other.filters == []
