"""What administrators may change: working days (kept for a minute), programmes and the lines of hardship."""

from time import monotonic
from weakref import WeakKeyDictionary

import msgspec
from sqlmodel import col, select

from services.welfare.domain.hardship import Standard
from services.welfare.domain.programme import Programme
from services.welfare.tables import CalendarDayRow, ProgrammeRow, StandardRow
from shared.kernel.storage import Pool
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.calendar import CalendarDay, WorkCalendar
from shared.vocabulary.errors import NotFound

KEPT_S = 60.0
WORK = "work"
DAYS_MAX = 4_000
PROGRAMMES_MAX = 200
_kept: WeakKeyDictionary[Pool, tuple[float, WorkCalendar]] = WeakKeyDictionary()


async def load_calendar(tx: Tx) -> WorkCalendar:
    """The work calendar as its table says; years it does not know give provisional dates."""
    until, calendar = _kept.get(tx.pool, (0.0, None))
    if calendar is None or until < monotonic():
        rows = await tx.all(select(CalendarDayRow).limit(DAYS_MAX))
        calendar = calendar_of(rows)
        _kept[tx.pool] = (monotonic() + KEPT_S, calendar)
    return calendar


def calendar_of(rows: list[Record]) -> WorkCalendar:
    """The calendar that the rows make."""
    return WorkCalendar.of(CalendarDay(row["day"], row["kind"] == WORK) for row in rows)


async def load_programme(tx: Tx, code: str, year: int) -> Programme:
    """A programme of a year; NotFound when there is none."""
    row = await tx.one(
        select(ProgrammeRow).where(col(ProgrammeRow.code) == code, col(ProgrammeRow.year) == year)
    )
    if row is None:
        raise NotFound("programme", f"{code} {year}")
    return programme_of(row)


async def has_programme(tx: Tx, code: str, year: int) -> bool:
    """Whether there is such a programme."""
    where = (col(ProgrammeRow.code) == code, col(ProgrammeRow.year) == year)
    return await tx.one(select(ProgrammeRow.code).where(*where)) is not None


def programme_of(row: Record) -> Programme:
    """A row's plan as the rules read it."""
    return msgspec.convert(row["plan"], Programme)


def save_programme(tx: Tx, programme: Programme) -> None:
    """A new edition of a programme."""
    values = {
        "code": programme.code,
        "year": programme.year,
        "edition": programme.version,
        "plan": msgspec.to_builtins(programme),
    }
    tx.upsert(ProgrammeRow, values, ("code", "year"))


async def load_standard(tx: Tx, year: int) -> Standard:
    """The lines of hardship of a year; NotFound until they are set."""
    row = await tx.one(select(StandardRow).where(col(StandardRow.year) == year))
    if row is None:
        raise NotFound("standard", year)
    return standard_of(row)


def standard_of(row: Record) -> Standard:
    """A row as the rules read it."""
    return Standard(row["edition"], row["line_fen"], row["relative_times"], row["calamity_percent"])
