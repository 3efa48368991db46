"""Identifiers: time-ordered UUIDs (version 7, RFC 9562), and ids derived from their cause."""

import hashlib
import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0
_RANDOM_AT_ONCE = 4096
"""Bytes asked of the operating system at a time; one call for each id costs more than the id."""
_random = b""
_used = 0


def new_id() -> UUID:
    """A UUIDv7 that is greater than every id this process made before (index-friendly, sortable)."""
    global _last, _random, _used
    with _lock:
        _last = ticks = max((time.time_ns() << 12) // 1_000_000, _last + 1)
        if _used + 8 > len(_random):
            _random, _used = os.urandom(_RANDOM_AT_ONCE), 0
        eight = _random[_used : _used + 8]
        _used += 8
    millis, fraction = ticks >> 12, ticks & 0xFFF
    tail = int.from_bytes(eight, "big") & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=(millis << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | tail)


def derived_id(cause: UUID, name: str) -> UUID:
    """The same id for the same cause and name, for ever: what leaves the system before a commit uses it."""
    digest = hashlib.sha256(cause.bytes + name.encode()).digest()
    value = int.from_bytes(digest[:16], "big")
    value = (value & ~(0xF << 76)) | (0x8 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0b10 << 62))


def _forget_randomness() -> None:
    """A forked child must not hand out its parent's ids."""
    global _random, _used
    _random, _used = b"", 0


os.register_at_fork(after_in_child=_forget_randomness)
