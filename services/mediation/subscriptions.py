"""DOOR 2: what mediation hears of the others."""

from services.mediation.usecases.add_claimants import add_claimants
from services.mediation.usecases.keep_roster import keep_roster
from services.mediation.usecases.open_dispute import open_dispute
from shared.contracts.intake import CaseRegistered, ClaimantsJoined
from shared.contracts.workbench import StaffProfiled
from shared.kernel.consumer import Subscriptions

SUBSCRIPTIONS: Subscriptions = {
    CaseRegistered: [open_dispute],
    ClaimantsJoined: [add_claimants],
    StaffProfiled: [keep_roster],
}
