"""What changes rarely and is needed all the time: working days, dispatch catalogue, phrases. Kept for a minute."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.sql.elements import ClauseElement
from sqlmodel import col, select

from services.intake.domain.categories import Track
from services.intake.domain.registration import Rules
from services.intake.domain.routing import Catalogue, Desk
from services.intake.domain.sla import table_on
from services.intake.tables import CalendarDayRow, DispatchRuleRow, PhraseRow
from shared.kernel.sql import render
from shared.kernel.storage import Pool, translated
from shared.vocabulary.calendar import CalendarDay, WorkCalendar, local_date

KEPT_S = 60.0
ANSWER = "answer"
WORK = "work"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording of the desk; an answer may close a question."""

    code: str
    kind: str
    category: str | None
    title: str
    initials: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One reading of all reference tables."""

    calendar: WorkCalendar
    catalogue: Catalogue
    phrases: tuple[Phrase, ...]
    answers: frozenset[str]
    by_version: dict[int, Rules] = field(default_factory=dict, compare=False, repr=False)

    def rules(self, at: datetime) -> Rules:
        """The rules for a case received at that moment."""
        table = table_on(local_date(at))
        found = self.by_version.get(table.version)
        if found is None:
            found = self.by_version[table.version] = Rules(table, self.calendar, self.catalogue)
        return found


@dataclass(slots=True)
class _Kept:
    reference: Reference | None = None
    until: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


_kept: WeakKeyDictionary[Pool, _Kept] = WeakKeyDictionary()


async def load_reference(pool: Pool) -> Reference:
    """The reference data, at most a minute old; while one command reads it anew, the others use the old.

    Ask for it before the first read of a transaction: it takes a connection of its own.
    """
    kept = _kept.setdefault(pool, _Kept())
    if kept.reference is not None and (monotonic() < kept.until or kept.lock.locked()):
        return kept.reference
    async with kept.lock:
        if kept.reference is None or monotonic() >= kept.until:
            kept.reference = await _read(pool)
            kept.until = monotonic() + KEPT_S
        return kept.reference


async def _read(pool: Pool) -> Reference:
    days = await _all(pool, select(CalendarDayRow))
    rules = await _all(pool, select(DispatchRuleRow))
    phrases = await _all(pool, select(PhraseRow).order_by(col(PhraseRow.position)))
    edition = max(row["edition"] for row in rules)
    desks = {Track(r["track"]): Desk(r["desk"]) for r in rules if r["edition"] == edition}
    known = tuple(
        Phrase(**{name: row[name] for name in Phrase.__dataclass_fields__}) for row in phrases
    )
    return Reference(
        calendar=WorkCalendar.of(CalendarDay(r["day"], r["kind"] == WORK) for r in days),
        catalogue=Catalogue(edition, desks),
        phrases=known,
        answers=frozenset(phrase.code for phrase in known if phrase.kind == ANSWER),
    )


async def _all(pool: Pool, statement: ClauseElement) -> list[Any]:
    text, args = render(statement)
    with translated({}):
        return await pool.fetch(text, *args)
