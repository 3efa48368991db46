"""Two facts may meet: one finds that something is not known yet, the other makes it known. Here one waits for the other."""

from uuid import UUID

from sqlalchemy import func, select

from shared.kernel.transaction import Tx


async def lock_until_known(tx: Tx, *ids: UUID) -> None:
    """Hold the place of cases or people that have no row to lock, until the commit; always in the same order."""
    for one in sorted(ids):
        await tx.scalar(select(func.pg_advisory_xact_lock(func.hashtextextended(str(one), 0))))
