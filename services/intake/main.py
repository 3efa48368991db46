"""Intake as a process. Commands: see shared/kernel/service.py."""

import shared.kernel.lean  # noqa: F401 - the first, before the libraries
from services.intake.api import ROUTERS
from services.intake.schedule import EVERY, TIMERS
from services.intake.settings import IntakeSettings
from services.intake.subscriptions import SUBSCRIPTIONS
from services.intake.tables import SEALED
from shared.kernel.service import Service

service = Service(
    name="intake",
    settings=IntakeSettings,
    routers=ROUTERS,
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    every=EVERY,
    sealed=SEALED,
)

if __name__ == "__main__":
    service.run()
