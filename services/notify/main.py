"""Notify: messages to callers and staff. Commands: see shared/kernel/service.py."""

import shared.kernel.lean  # noqa: F401 - the first, before the libraries
from services.notify.api import ROUTERS
from services.notify.schedule import EVERY, TIMERS
from services.notify.settings import NotifySettings
from services.notify.subscriptions import SUBSCRIPTIONS
from services.notify.tables import SEALED
from shared.kernel.service import Service

service = Service(
    name="notify",
    settings=NotifySettings,
    routers=ROUTERS,
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    every=EVERY,
    sealed=SEALED,
)

if __name__ == "__main__":
    service.run()
