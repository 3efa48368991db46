"""The staff list changed: lawyers and mediators come to the roster, or rest."""

from services.mediation.store.roster import save_lawyer, save_mediator
from shared.contracts.workbench import StaffProfiled
from shared.kernel.transaction import Tx
from shared.vocabulary.people import Role


async def keep_roster(event: StaffProfiled, tx: Tx) -> None:
    """Names and telephones stay sealed: the roster needs neither."""
    if Role.LAWYER in event.roles:
        save_lawyer(tx, event.staff_id, event.org, active=event.active)
    if Role.MEDIATOR in event.roles:
        save_mediator(tx, event.staff_id, event.org, active=event.active)
