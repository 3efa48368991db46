"""A person is to be forgotten: the profile goes, and what has not left yet never will (PIPL 47)."""

from dataclasses import replace

from services.notify.domain.delivery import fail
from services.notify.domain.plan import ERASED
from services.notify.store.contacts import save_erased
from services.notify.store.deliveries import load_outgoing_of, save_delivery
from services.notify.store.locks import lock_until_known
from shared.contracts.intake import PartyErased
from shared.kernel.transaction import Tx


async def erase_contact(event: PartyErased, tx: Tx) -> None:
    """Nobody is asked to call: there is no number left to call."""
    await lock_until_known(tx, event.party_id)
    save_erased(tx, event.party_id)
    await tx.flush()
    for stored in await load_outgoing_of(tx, event.party_id):
        failed = replace(fail(stored.delivery, ERASED), call_task=False)
        save_delivery(tx, stored, failed)
        await tx.flush()
