"""Mediation: labour disputes from acceptance to the archive. Commands: see shared/kernel/service.py."""

import shared.kernel.lean  # noqa: F401 - the first, before the libraries
from services.mediation.api import ROUTERS
from services.mediation.schedule import TIMERS
from services.mediation.settings import MediationSettings
from services.mediation.store.schemes import load_schemes
from services.mediation.subscriptions import SUBSCRIPTIONS
from services.mediation.tables import SEALED
from shared.kernel.service import Service

load_schemes()

service = Service(
    name="mediation",
    settings=MediationSettings,
    routers=ROUTERS,
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    sealed=SEALED,
)

if __name__ == "__main__":
    service.run()
