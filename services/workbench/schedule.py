"""DOOR 3: what time starts here."""

from services.workbench.store.sessions import purge
from shared.kernel.context import Context, Every

PURGE_EVERY_S = 600.0


async def forget_old_sessions(context: Context) -> None:
    """Ended sessions, old wrong attempts and used codes leave."""
    await purge(context.db)


EVERY = [Every(seconds=PURGE_EVERY_S, run=forget_old_sessions)]
