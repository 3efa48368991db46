"""Welfare as a process: `python -m services.welfare.main serve|api|worker|migrate|republish|parked|verify-audit`."""

import shared.kernel.lean  # noqa: F401 - the first, before the libraries
from services.welfare.api import ROUTERS
from services.welfare.schedule import EVERY, TIMERS
from services.welfare.settings import WelfareSettings
from services.welfare.subscriptions import SUBSCRIPTIONS
from services.welfare.tables import SEALED
from shared.kernel.service import Service

service = Service(
    name="welfare",
    settings=WelfareSettings,
    routers=ROUTERS,
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    every=EVERY,
    sealed=SEALED,
)

if __name__ == "__main__":
    service.run()
