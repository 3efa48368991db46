"""Two facts may meet: one finds that something is not known yet, the other makes it known. Here one waits for the other."""

from uuid import UUID

from sqlalchemy import text

from shared.kernel.transaction import Tx

_LOCK = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(CAST(one AS text), 0))"
    " FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS asked(one, n) ORDER BY n"
)


async def lock_until_known(tx: Tx, *ids: UUID) -> None:
    """Hold the place of cases or people that have no row to lock, until the commit; always in the same order."""
    await tx.all(_LOCK.bindparams(ids=sorted(ids)))
