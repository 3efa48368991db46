"""DOOR 2: what notify hears of the others. What is kept of a fact comes before what is told of it."""

from services.notify.usecases.erase_contact import erase_contact
from services.notify.usecases.keep_case import (
    keep_case,
    keep_claimants,
    keep_deadline,
    keep_unit,
)
from services.notify.usecases.keep_contact import keep_party, keep_staff
from services.notify.usecases.keep_people import (
    keep_application,
    keep_dispute_people,
    keep_handler,
)
from services.notify.usecases.tell_people import tell_people
from shared.contracts.intake import (
    CaseAnswered,
    CaseClosed,
    CaseExtended,
    CaseHandled,
    CaseMerged,
    CaseOverdue,
    CaseRedispatched,
    CaseRegistered,
    CaseReminded,
    CaseReopened,
    CaseReturned,
    CaseSupervised,
    ClaimantsJoined,
    ExtensionRefused,
    ExtensionRequested,
    PartyErased,
    PartyProfiled,
    ReturnRefused,
)
from shared.contracts.mediation import (
    AgreementSigned,
    ConferenceScheduled,
    DisputeOpened,
    DisputeProgressed,
    GradeChanged,
    InstalmentOverdue,
    LawyerAssigned,
    LawyerOffered,
    LawyerPoolEmpty,
    MediationFailed,
    MediatorAssigned,
    StageAdvanced,
)
from shared.contracts.notify import MessageFailed
from shared.contracts.welfare import (
    ApplicationApproved,
    ApplicationMoved,
    ApplicationOpened,
    ApplicationRejected,
    ObjectionRaised,
    PaymentReturned,
    PaymentSettled,
    PaymentUnknown,
    PublicityStarted,
)
from shared.contracts.workbench import StaffProfiled
from shared.kernel.consumer import Subscriptions

SUBSCRIPTIONS: Subscriptions = {
    PartyProfiled: [keep_party],
    PartyErased: [erase_contact],
    StaffProfiled: [keep_staff],
    CaseRegistered: [keep_case, tell_people],
    ClaimantsJoined: [keep_claimants],
    CaseReopened: [keep_deadline, tell_people],
    CaseReturned: [tell_people],
    ReturnRefused: [tell_people],
    CaseRedispatched: [keep_unit, tell_people],
    ExtensionRequested: [tell_people],
    CaseMerged: [tell_people],
    CaseSupervised: [tell_people],
    CaseExtended: [keep_deadline, tell_people],
    ExtensionRefused: [tell_people],
    CaseAnswered: [tell_people],
    CaseReminded: [tell_people],
    CaseOverdue: [tell_people],
    CaseHandled: [tell_people],
    CaseClosed: [tell_people],
    DisputeProgressed: [keep_dispute_people],
    DisputeOpened: [tell_people],
    MediatorAssigned: [tell_people],
    LawyerOffered: [tell_people],
    LawyerAssigned: [tell_people],
    LawyerPoolEmpty: [tell_people],
    StageAdvanced: [tell_people],
    GradeChanged: [tell_people],
    ConferenceScheduled: [tell_people],
    AgreementSigned: [tell_people],
    MediationFailed: [tell_people],
    InstalmentOverdue: [tell_people],
    ApplicationOpened: [keep_application, tell_people],
    ApplicationMoved: [keep_handler],
    ApplicationApproved: [tell_people],
    ApplicationRejected: [tell_people],
    PublicityStarted: [tell_people],
    ObjectionRaised: [tell_people],
    PaymentSettled: [tell_people],
    PaymentUnknown: [tell_people],
    PaymentReturned: [tell_people],
    MessageFailed: [tell_people],
}
