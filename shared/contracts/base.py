"""What every event has: a wire name that is not a class name, a version, a topic and an aggregate.

Events are facts in the past tense: ids, codes, numbers, dates. No names, telephone numbers or free text;
what is personal travels only sealed (AES-GCM) on the compacted profile topics.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact told by its owner. Fields are only ever added, with a default; else the version rises."""

    name: ClassVar[str]
    version: ClassVar[int] = 1
    topic: ClassVar[str]
    about: ClassVar[str]
    """The field that holds the id of the aggregate, which is also the key that orders the facts."""
    tombstone: ClassVar[bool] = False
    """True for the fact that erases: it travels without a body, so that compaction removes the profile."""

    @property
    def aggregate_id(self) -> UUID:
        """The aggregate this fact is about."""
        aggregate_id: UUID = getattr(self, self.about)
        return aggregate_id


class DeadlineFact(msgspec.Struct, frozen=True, kw_only=True):
    """A statutory or internal date as computed: rule, source, start, raw and effective last day."""

    kind: str
    rule: str
    source: str
    start_event: str
    start: date
    raw: date
    effective: date
    provisional: bool = False
    reason: str = ""


class InstalmentFact(msgspec.Struct, frozen=True, kw_only=True):
    """One payment an agreement promises: its number from 1, the due date and the amount in fen."""

    no: int
    due: date
    amount_fen: int
