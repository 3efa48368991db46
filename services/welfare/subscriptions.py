"""DOOR 2, events: what other services tell and what it does here."""

from services.welfare.usecases.keep_people import forget_party, keep_party, keep_staff
from services.welfare.usecases.open_application import open_for_case, open_for_hardship
from shared.contracts.intake import CaseRegistered, PartyErased, PartyProfiled
from shared.contracts.mediation import HardshipFlagged
from shared.contracts.workbench import StaffProfiled
from shared.kernel.consumer import Subscriptions

SUBSCRIPTIONS: Subscriptions = {
    CaseRegistered: [open_for_case],
    HardshipFlagged: [open_for_hardship],
    PartyProfiled: [keep_party],
    PartyErased: [forget_party],
    StaffProfiled: [keep_staff],
}
