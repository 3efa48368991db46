"""What a message waited for never came: somebody calls instead, so that nobody waits unseen."""

from services.notify.domain.audience import UNKNOWN_CASE_TEMPLATE
from services.notify.domain.delivery import fail
from services.notify.domain.errand import CaseFile, Errand
from services.notify.domain.plan import NO_CONTACT
from services.notify.store.contacts import load_staff_near
from services.notify.store.deliveries import load_message, save_delivery
from services.notify.store.errands import (
    add_messages,
    drop_errand,
    load_errand,
    try_to_carry_out,
)
from shared.kernel.timers import DueTimer
from shared.kernel.transaction import Tx
from shared.vocabulary.people import Role
from shared.vocabulary.regions import CITY_PATH

TOLD_INSTEAD = (Role.DISPATCHER, Role.SUPERVISOR, Role.SYSTEM_ADMIN)


async def give_up_contact(timer: DueTimer, tx: Tx) -> None:
    """The person's profile did not come: a call task, if the message still waits."""
    stored = await load_message(tx, timer.owner)
    if stored is not None and stored.waits:
        save_delivery(tx, stored, fail(stored.delivery, NO_CONTACT))


async def give_up_errand(timer: DueTimer, tx: Tx) -> None:
    """The case, or anybody with the role, did not come: the city's desk is told, once per case."""
    errand = await load_errand(tx, timer.owner)
    if errand is None:
        return
    if await try_to_carry_out(tx, errand) is not None:
        await _tell_the_desk(tx, errand)
    drop_errand(tx, errand.id)


async def _tell_the_desk(tx: Tx, waited: Errand) -> None:
    about = Errand(waited.case_id, waited.case_id, waited.case_id, UNKNOWN_CASE_TEMPLATE)
    nothing_known = CaseFile(waited.case_id, "", CITY_PATH, waited.case_id, ())
    for role in TOLD_INSTEAD:
        if people := await load_staff_near(tx, role, CITY_PATH):
            await add_messages(tx, about, nothing_known, people, {})
            return
