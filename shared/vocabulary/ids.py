"""Identifiers: time-ordered UUIDs (version 7, RFC 9562), and ids derived from their cause."""

import hashlib
import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A UUIDv7 that is greater than every id this process made before (index-friendly, sortable)."""
    global _last
    with _lock:
        ticks = max((time.time_ns() << 12) // 1_000_000, _last + 1)
        _last = ticks
    millis, fraction = ticks >> 12, ticks & 0xFFF
    tail = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=(millis << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | tail)


def derived_id(cause: UUID, name: str) -> UUID:
    """The same id for the same cause and name, for ever: what leaves the system before a commit uses it."""
    digest = hashlib.sha256(cause.bytes + name.encode()).digest()
    value = int.from_bytes(digest[:16], "big")
    value = (value & ~(0xF << 76)) | (0x8 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0b10 << 62))
