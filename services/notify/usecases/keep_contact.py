"""A person's profile came: kept sealed, and what waited for it may leave."""

from services.notify.store.contacts import save_party, save_staff
from services.notify.store.deliveries import load_outgoing_of, save_reachable
from services.notify.store.errands import carry_out_waiting
from services.notify.store.locks import lock_until_known
from shared.contracts.intake import PartyProfiled
from shared.contracts.workbench import StaffProfiled
from shared.kernel.transaction import Tx


async def keep_party(event: PartyProfiled, tx: Tx) -> None:
    """A caller's; whether the number and the consent are there is looked at when the message leaves."""
    await lock_until_known(tx, event.party_id)
    save_party(tx, event.party_id, event.sealed)
    for stored in await load_outgoing_of(tx, event.party_id, waiting=True):
        save_reachable(tx, stored)


async def keep_staff(event: StaffProfiled, tx: Tx) -> None:
    """A colleague's; messages for somebody with that role may have waited."""
    await lock_until_known(tx, event.staff_id)
    save_staff(
        tx,
        event.staff_id,
        event.sealed,
        roles=event.roles,
        org=event.org,
        active=event.active,
    )
    for stored in await load_outgoing_of(tx, event.staff_id, waiting=True):
        save_reachable(tx, stored)
    await tx.flush()
    await carry_out_waiting(tx, roles=event.roles)
