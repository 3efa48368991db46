"""DOOR 3: what time starts in notify."""

from collections.abc import Mapping

from services.notify.store.deliveries import CONTACT_OVERDUE
from services.notify.store.errands import ERRAND_OVERDUE
from services.notify.usecases.fetch_receipts import fetch_receipts
from services.notify.usecases.give_up_waiting import give_up_contact, give_up_errand
from services.notify.usecases.send_due import send_due
from shared.kernel.context import Every
from shared.kernel.timers import TimerHandler

SEND_EVERY_S = 1.0
RECEIPTS_EVERY_S = 2.0

TIMERS: Mapping[str, TimerHandler] = {
    CONTACT_OVERDUE: give_up_contact,
    ERRAND_OVERDUE: give_up_errand,
}
EVERY = (Every(SEND_EVERY_S, send_due), Every(RECEIPTS_EVERY_S, fetch_receipts))
