"""DOOR 3, time: what wakes a case."""

from collections.abc import Mapping

from shared.kernel.timers import TimerHandler

TIMERS: Mapping[str, TimerHandler] = {}
