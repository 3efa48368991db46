"""The staff list changed: lawyers and mediators come to the roster, or rest."""

from services.mediation.store.roster import load_rosters_of, save_lawyer, save_mediator
from shared.contracts.workbench import StaffProfiled
from shared.kernel.transaction import Tx
from shared.vocabulary.people import Role


async def keep_roster(event: StaffProfiled, tx: Tx) -> None:
    """Names and telephones stay sealed: the roster needs neither. Who lost the role rests like who left."""
    was_lawyer, was_mediator = await load_rosters_of(tx, event.staff_id)
    is_lawyer, is_mediator = Role.LAWYER in event.roles, Role.MEDIATOR in event.roles
    if is_lawyer or was_lawyer:
        save_lawyer(tx, event.staff_id, event.org, active=event.active and is_lawyer)
    if is_mediator or was_mediator:
        save_mediator(tx, event.staff_id, event.org, active=event.active and is_mediator)
