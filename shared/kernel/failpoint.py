"""Named places where a crash test kills the process: `NUANLIU_FAILPOINT=name:n` dies at the n-th passage.

With `NUANLIU_FAILPOINT_LOG` set, every passage is written to that file instead, so that the test knows all points.
Without either the call costs one comparison.
"""

import os
import signal
from collections import Counter

_armed = os.environ.get("NUANLIU_FAILPOINT", "")  # noqa: TID251 - must work before any settings exist
_log = os.environ.get("NUANLIU_FAILPOINT_LOG", "")  # noqa: TID251
_name, _, _nth = _armed.partition(":")
_active = bool(_armed or _log)
_passed: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Pass the named point; under a crash test this may be the last thing the process does."""
    if not _active:
        return
    _passed[name] += 1
    if _log:
        with open(_log, "a", encoding="ascii") as log:
            log.write(f"{name}:{_passed[name]}\n")
    if name == _name and _passed[name] == int(_nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
