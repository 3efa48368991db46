"""Who callers and colleagues are is kept as their owners tell it, sealed; what is erased there is erased here."""

from services.welfare.store.people import remove_party, save_party, save_staff
from shared.contracts.intake import PartyErased, PartyProfiled
from shared.contracts.workbench import StaffProfiled
from shared.kernel.transaction import Tx


async def keep_party(event: PartyProfiled, tx: Tx) -> None:
    """The newest profile of a caller."""
    save_party(tx, event.party_id, event.sealed)


async def forget_party(event: PartyErased, tx: Tx) -> None:
    """The caller's profile is gone; what was paid stays on record as the accounts require (PIPL 47)."""
    remove_party(tx, event.party_id)


async def keep_staff(event: StaffProfiled, tx: Tx) -> None:
    """A colleague's name, for the signatures of a page."""
    save_staff(tx, event.staff_id, event.org, event.sealed, active=event.active)
