"""What the live stream tells a browser: that something changed, never what it holds. Ids only, small enough to pack."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.workbench.domain.scope import may_see
from services.workbench.domain.summary import Seen
from shared.vocabulary.people import Actor

PACK_BYTES_MAX = 7_900
"""PostgreSQL takes less than 8,000 bytes in one notification."""
PACKS_MAX = 8
"""A batch that needs more packs than this is a catch-up: browsers are told to fetch everything anew."""
RESYNC = "resync"
CHANNEL = "workbench_changes"
"""Under which name the processes of the workbench hear of changes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, and who may hear of it (`only`: a message for one person)."""

    kind: str
    id: UUID
    version: int
    actor: UUID
    at: datetime
    seen: Seen
    only: UUID | None = None

    def is_for(self, actor: Actor) -> bool:
        """Whether that person may hear of it."""
        return self.only == actor.id if self.only else may_see(actor, self.seen)

    def shown(self) -> dict[str, object]:
        """What goes to the browser."""
        return {
            "type": self.kind,
            "id": str(self.id),
            "version": self.version,
            "actor": str(self.actor),
            "at": self.at.isoformat(),
        }

    def to_json(self) -> str:
        """The whole change as one compact JSON text."""
        who = self.seen
        seen = [sorted(who.orgs), _texts(who.staff), _texts(who.lawyers), who.desk]
        only = str(self.only) if self.only else None
        return json.dumps([self.shown(), seen, only], separators=(",", ":"))


def _texts(ids: Iterable[UUID]) -> list[str]:
    return sorted(str(one) for one in ids)


def packed(changes: Iterable[Change]) -> list[str]:
    """The changes as notification payloads: JSON arrays, or one `resync` when there are too many."""
    packs: list[list[str]] = [[]]
    size = 2
    for text in (change.to_json() for change in changes):
        if size + len(text) + 1 > PACK_BYTES_MAX:
            packs.append([])
            size = 2
        packs[-1].append(text)
        size += len(text) + 1
    if len(packs) > PACKS_MAX:
        return [RESYNC]
    return [f"[{','.join(pack)}]" for pack in packs if pack]


def unpacked(payload: str) -> Iterator[Change]:
    """The changes of a payload that is not `resync`."""
    for shown, (orgs, staff, lawyers, desk), only in json.loads(payload):
        yield Change(
            shown["type"],
            UUID(shown["id"]),
            shown["version"],
            UUID(shown["actor"]),
            datetime.fromisoformat(shown["at"]),
            Seen(
                frozenset(orgs),
                frozenset(UUID(one) for one in staff),
                frozenset(UUID(one) for one in lawyers),
                desk,
            ),
            UUID(only) if only else None,
        )
