"""Anchors: what the audit chains looked like, written outside the database, so that cutting off their ends shows.

A chain alone cannot show that its last links were removed, or that all of it was written anew. So every some minutes a
line goes to a file on other storage (AUDIT_ANCHOR_FOLDER; append-only, off the database's machine in production): the
span of time it covers, how many links that span holds, and a digest over them that includes the line before.
"""

import asyncio
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.kernel.clock import now
from shared.kernel.storage import Pool

SETTLED = timedelta(seconds=90)
"""Links are stamped when their transaction begins; after this time none can still commit."""
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

_SPAN = """
SELECT chain, seq, hash FROM kernel.audit WHERE at > $1 AND at <= $2 ORDER BY at, chain, seq
"""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line: the span (open at `since`, closed at `until`), its links and the digest."""

    since: str
    until: str
    links: int
    digest: str


def read_anchors(file: Path) -> list[Anchor]:
    """The lines of an anchor file, oldest first."""
    if not file.exists():
        return []
    return [Anchor(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


async def drop_anchor(pool: Pool, folder: Path, service: str) -> Anchor | None:
    """Add a line for everything since the last one; None when there is nothing new."""
    file = folder / f"{service}.anchors"
    lines = await asyncio.to_thread(read_anchors, file)
    last = lines[-1] if lines else None
    since = datetime.fromisoformat(last.until) if last else BEGINNING
    until = now() - SETTLED
    links, digest = await _digest(pool, since, until, last.digest if last else "")
    if not links:
        return None
    anchor = Anchor(since.isoformat(), until.isoformat(), links, digest)
    await asyncio.to_thread(_append, file, anchor)
    return anchor


async def first_broken(pool: Pool, folder: Path, service: str) -> Anchor | None:
    """The first anchor that the database no longer agrees with."""
    before = ""
    for anchor in await asyncio.to_thread(read_anchors, folder / f"{service}.anchors"):
        since, until = (datetime.fromisoformat(text) for text in (anchor.since, anchor.until))
        if await _digest(pool, since, until, before) != (anchor.links, anchor.digest):
            return anchor
        before = anchor.digest
    return None


async def _digest(pool: Pool, since: datetime, until: datetime, before: str) -> tuple[int, str]:
    rows = await pool.fetch(_SPAN, since, until)
    digest = hashlib.sha256(before.encode())
    for row in rows:
        digest.update(row["chain"].bytes + row["seq"].to_bytes(4, "big") + row["hash"])
    return len(rows), digest.hexdigest()


def _append(file: Path, anchor: Anchor) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(anchor)) + "\n")
