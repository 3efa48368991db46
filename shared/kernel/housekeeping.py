"""What every service does by itself: anchors for the audit, old answers thrown away."""

from pathlib import Path

from shared.kernel import anchor
from shared.kernel.context import Context, Every

ANCHOR_S = 600.0
TIDY_S = 3600.0
ANSWERS_KEPT_DAYS = 30
"""How long a command's answer is kept for repetitions; a service that moves money keeps them for ever."""
TIDY_ROWS = 10_000

_OLD_ANSWERS = """
DELETE FROM kernel.idempotency WHERE ctid IN (
  SELECT ctid FROM kernel.idempotency WHERE created_at < now() - make_interval(days => $1) LIMIT $2)
"""


async def anchor_audit(context: Context) -> None:
    """A line outside the database for what was audited since the last one."""
    folder = context.settings.audit_anchor_folder
    if folder:
        await anchor.drop_anchor(context.db.pool, Path(folder), context.settings.service)


async def tidy(context: Context) -> None:
    """Throw away answers that no client will ask for again."""
    if not context.settings.answers_kept_for_ever:
        await context.db.pool.fetch(_OLD_ANSWERS, ANSWERS_KEPT_DAYS, TIDY_ROWS)


HOUSEKEEPING = (Every(ANCHOR_S, anchor_audit), Every(TIDY_S, tidy))
