"""Named places where a crash test kills the process: `NUANLIU_FAILPOINT=name:n` dies at the n-th passage.

Unarmed, as in every installation, a passage costs one comparison.
"""

import os
import signal
from collections import Counter

_passed: Counter[str] = Counter()
_armed: tuple[str, int] | None = None
_recording = False


def arm(point: str) -> None:
    """Die at `name:n`, the n-th passage of that name (`name` alone: the first)."""
    global _armed
    name, _, nth = point.partition(":")
    _armed = (name, int(nth or 1))
    _passed.clear()


def record() -> Counter[str]:
    """Die nowhere and count the passages from now on: the list of points that a run can be killed at."""
    global _armed, _recording
    _armed, _recording = None, True
    _passed.clear()
    return _passed


def failpoint(name: str) -> None:
    """Pass the named point; under a crash test this may be the last thing the process does."""
    if _armed is None and not _recording:
        return
    _passed[name] += 1
    if _armed == (name, _passed[name]):
        os.kill(os.getpid(), signal.SIGKILL)


if _point := os.environ.get("NUANLIU_FAILPOINT"):  # noqa: TID251 - armed before any settings exist
    arm(_point)
