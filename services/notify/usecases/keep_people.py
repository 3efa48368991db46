"""Who works on a dispute or an application is kept: messages go to those people, not to their whole unit."""

from services.notify.store.files import add_application, save_dispute_people, save_handler
from shared.contracts.mediation import DisputeProgressed
from shared.contracts.welfare import ApplicationMoved, ApplicationOpened
from shared.kernel.transaction import Tx


async def keep_dispute_people(event: DisputeProgressed, tx: Tx) -> None:
    """Mediators and lawyer as they are now."""
    save_dispute_people(tx, event)


async def keep_application(event: ApplicationOpened, tx: Tx) -> None:
    """Whom the application is for."""
    add_application(tx, event)


async def keep_handler(event: ApplicationMoved, tx: Tx) -> None:
    """An officer took it up."""
    if event.handler_id is not None:
        save_handler(tx, event.application_id, event.handler_id)
