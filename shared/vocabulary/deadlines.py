"""A deadline that can explain itself: which rule, from which event, as counted and as extended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from shared.vocabulary.calendar import Due, WorkCalendar


class Unit(StrEnum):
    """How a period is counted."""

    NATURAL = "natural"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One last day of one case, with all that is needed to show, defend and recalculate it.

    `rule` is `<rule id>@<version>`; `raw` is the warning date, `effective` the legal last day;
    `workdays` is the length when the rule counts working days (else 0); `rolls` says whether a last
    day off moves to the next workday; `reason` says why the date differs from the rule's first result.
    """

    kind: str
    rule: str
    source: str
    start_event: str
    start: date
    raw: date
    effective: date
    provisional: bool = False
    reason: str = ""
    workdays: int = 0
    rolls: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON columns and events; dates as ISO text."""
        return {
            "kind": self.kind,
            "rule": self.rule,
            "source": self.source,
            "start_event": self.start_event,
            "start": self.start.isoformat(),
            "raw": self.raw.isoformat(),
            "effective": self.effective.isoformat(),
            "provisional": self.provisional,
            "reason": self.reason,
            "workdays": self.workdays,
            "rolls": self.rolls,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Deadline":
        """The deadline `to_dict` wrote; fields of later versions are ignored, missing ones default."""
        return cls(
            kind=plain["kind"],
            rule=plain["rule"],
            source=plain["source"],
            start_event=plain["start_event"],
            start=date.fromisoformat(plain["start"]),
            raw=date.fromisoformat(plain["raw"]),
            effective=date.fromisoformat(plain["effective"]),
            provisional=plain.get("provisional", False),
            reason=plain.get("reason", ""),
            workdays=plain.get("workdays", 0),
            rolls=plain.get("rolls", True),
        )

    def recalculated(self, calendar: WorkCalendar) -> "Deadline":
        """The same deadline by a calendar that knows more; equal to itself when nothing moved."""
        calendar = calendar.rolling(self.rolls)
        if self.workdays:
            due = calendar.workday(self.start, self.workdays)
        else:
            due = calendar.roll(self.raw)
        return self._with(due)

    def moved_to(self, day: date, *, rule: str, reason: str, calendar: WorkCalendar) -> "Deadline":
        """The deadline set to another day by decision or consent; the reason is kept with it."""
        moved = replace(self, rule=rule, reason=reason, workdays=0)
        return moved._with(calendar.rolling(self.rolls).roll(day))

    def is_over(self, today: date) -> bool:
        """Whether the legal last day has passed."""
        return today > self.effective

    def days_left(self, today: date) -> int:
        """Natural days to the legal last day; negative once it has passed."""
        return (self.effective - today).days

    def _with(self, due: Due) -> "Deadline":
        return replace(self, raw=due.raw, effective=due.effective, provisional=due.provisional)


@dataclass(frozen=True, slots=True)
class Rule:
    """A period fixed by a text: its id and version, its length, and the article it comes from.

    `always_rolls` marks the periods for which the roll-over over days off is certain in law;
    the others follow the switch of the calendar.
    """

    id: str
    kind: str
    unit: Unit
    length: int
    source: str
    start_event: str
    version: int = 1
    always_rolls: bool = False

    @property
    def name(self) -> str:
        """What a deadline remembers of the rule: `R16@1`."""
        return f"{self.id}@{self.version}"

    def deadline(self, start: date, calendar: WorkCalendar, *, reason: str = "") -> Deadline:
        """The deadline that begins to run on `start`."""
        if self.always_rolls:
            calendar = calendar.rolling(True)
        due = self._due(start, calendar)
        return Deadline(
            kind=self.kind,
            rule=self.name,
            source=self.source,
            start_event=self.start_event,
            start=start,
            raw=due.raw,
            effective=due.effective,
            provisional=due.provisional,
            reason=reason,
            workdays=self.length if self.unit is Unit.WORKDAY else 0,
            rolls=calendar.roll_over,
        )

    def _due(self, start: date, calendar: WorkCalendar) -> Due:
        match self.unit:
            case Unit.NATURAL:
                return calendar.natural(start, self.length)
            case Unit.WORKDAY:
                return calendar.workday(start, self.length)
            case Unit.MONTH:
                return calendar.months(start, self.length)
            case Unit.YEAR:
                return calendar.years(start, self.length)
