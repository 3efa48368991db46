"""Application numbers: BF-20261116-000203, counted by day."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert

from services.welfare.tables import SerialRow
from shared.kernel.transaction import Tx
from shared.kernel.writeset import table_of

NUMBER = "BF-{day:%Y%m%d}-{serial:06d}"


async def take_number(tx: Tx, day: date) -> str:
    """The next application number of that day; the row is held until the commit, so no number is skipped."""
    serial = table_of(SerialRow)
    begun = insert(serial).values(day=day, last=1)
    counted = begun.on_conflict_do_update(
        index_elements=["day"], set_={"last": serial.c.last + 1}
    ).returning(serial.c.last)
    return NUMBER.format(day=day, serial=await tx.scalar(counted))
