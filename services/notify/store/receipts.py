"""How far the provider's receipts were read."""

from sqlmodel import col, select

from services.notify.tables import ReceiptCursorRow
from shared.kernel.transaction import Tx


async def load_cursor(tx: Tx, provider: str) -> int:
    """The number of the last receipt that was taken, locked until the commit."""
    query = select(ReceiptCursorRow.seq).where(col(ReceiptCursorRow.provider) == provider)
    seq = await tx.scalar(query.with_for_update())
    return int(seq or 0)


def save_cursor(tx: Tx, provider: str, seq: int) -> None:
    """Receipts up to this number are taken."""
    tx.upsert(ReceiptCursorRow, {"provider": provider, "seq": seq}, ("provider",))
