"""The public list's time is over: the checks run again, and the approver's queue shows the application as ready."""

from services.welfare.domain.application_state import State
from services.welfare.store import facts
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from shared.kernel.timers import DueTimer
from shared.kernel.transaction import Tx


async def end_publicity(timer: DueTimer, tx: Tx) -> None:
    """Nothing is approved by time alone: a person decides; an open objection still stops it (W10)."""
    dossier = await load_dossier(tx, timer.owner)
    if dossier.state is not State.PUBLIC:
        return
    report = await check(tx, dossier)
    told = [facts.ran(dossier.application, report)]
    await save_dossier(tx, dossier, dossier, Deed("publicity.end", told))
