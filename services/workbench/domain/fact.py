"""What a fold needs of an event: its wire name, its fields, its number, when and by whom it came about.

The folds read fields by name (`fact.body.stage`) and never import the contracts, so that the rules of the read model
stay plain values in, plain values out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

Side = TypeVar("Side")


@dataclass(frozen=True, slots=True)
class Fact:
    """One event as it is folded; `number` counts the facts about `about` from 1."""

    name: str
    body: Any
    about: UUID
    number: int
    at: datetime
    actor: UUID


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a case as its owner computed it: rule, start, last day as counted and as extended."""

    kind: str
    rule: str
    source: str
    start_event: str
    start: str
    raw: str
    effective: str
    provisional: bool = False
    reason: str = ""


def days_of(deadlines: Any) -> tuple[Day, ...]:
    """The dates of an event; calendar days are kept as ISO text, as they are stored."""
    return tuple(
        Day(
            kind=one.kind,
            rule=one.rule,
            source=one.source,
            start_event=one.start_event,
            start=one.start.isoformat(),
            raw=one.raw.isoformat(),
            effective=one.effective.isoformat(),
            provisional=one.provisional,
            reason=one.reason,
        )
        for one in deadlines
    )


def put(side: Side, **known: Any) -> Side:
    """Set fields of something that is being folded, in place.

    Whoever folds owns what is folded (it was just read, or begun blank): copying a frozen one for each fact was nine
    tenths of the cost of a rebuild.
    """
    for name, value in known.items():
        setattr(side, name, value)
    return side
