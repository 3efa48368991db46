"""The working days, kept for a minute: every date of a dispute is counted by them."""

from time import monotonic
from weakref import WeakKeyDictionary

from sqlmodel import col, select

from services.mediation.tables import CalendarDayRow
from shared.kernel.storage import Pool
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import CalendarDay, WorkCalendar

KEPT_S = 60.0
WORK = "work"
_kept: WeakKeyDictionary[Pool, tuple[float, WorkCalendar]] = WeakKeyDictionary()


async def load_calendar(tx: Tx) -> WorkCalendar:
    """The work calendar as its table says; years it does not know give provisional dates."""
    until, calendar = _kept.get(tx.pool, (0.0, None))
    if calendar is None or until < monotonic():
        rows = await tx.all(select(CalendarDayRow).order_by(col(CalendarDayRow.day)))
        calendar = WorkCalendar.of(CalendarDay(row["day"], row["kind"] == WORK) for row in rows)
        _kept[tx.pool] = (monotonic() + KEPT_S, calendar)
    return calendar
