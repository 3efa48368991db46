"""Keeps a library's log readable in an outage: aiokafka alone writes about a hundred lines per second then."""

import logging
import time
from typing import Final

WINDOW_S: Final = 10.0
LINES_PER_MESSAGE: Final = 2
"""Lines let through per kind of message and window; what is left out is counted on the next one."""
KINDS_MAX: Final = 500


class FloodFilter(logging.Filter):
    """Lets through the first lines of each kind (logger, level, text before formatting) in every window."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        kind = (record.name, record.levelno, str(record.msg))
        now = time.monotonic()
        since, lines = self._kinds.get(kind, (now, 0))
        if now - since > WINDOW_S:
            left_out = lines - LINES_PER_MESSAGE
            if left_out > 0:
                record.msg = f"{record.msg} (and {left_out} more like it in {now - since:.0f} s)"
            since, lines = now, 0
        if len(self._kinds) >= KINDS_MAX:
            self._kinds.clear()
        self._kinds[kind] = (since, lines + 1)
        return lines < LINES_PER_MESSAGE


_filter = FloodFilter()


def limit_flood(package: str) -> None:
    """Put the filter on every logger of `package` that exists by now; a second call changes nothing.

    A filter on a parent does not see what its children log, hence on each.
    """
    names = [
        name for name in logging.root.manager.loggerDict if (name + ".").startswith(package + ".")
    ]
    for name in (package, *names):
        logging.getLogger(name).addFilter(_filter)
